"""The Celery application. Tasks and schedule are those of the jobs in `tracker.operations.jobs`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("article10")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["tracker.operations"], related_name="jobs")
