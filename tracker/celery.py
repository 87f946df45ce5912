"""The Celery application and the schedule of the jobs.

A message is a wake-up and carries no facts: a job finds its work by query, so a lost or doubled
message costs nothing. What a job does stands in `tracker.operations.tasks`.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("article10")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["tracker"])

# The schedule stands here and not in database rows, which a deployment can lose.
# Each job claims what is due, so a second scheduler by mistake does no harm.
app.conf.beat_schedule = {
    "settle-standings": {
        "task": "tracker.operations.tasks.settle_standings",
        "schedule": 60.0,
        # A wake-up nobody took in time is followed by the next; a queue of them would only repeat.
        "options": {"expires": 55},
    },
    "poll-watches": {"task": "tracker.operations.tasks.poll_watches", "schedule": 60.0, "options": {"expires": 55}},
    "check-links": {"task": "tracker.operations.tasks.check_links", "schedule": 600.0, "options": {"expires": 550}},
    "prune": {"task": "tracker.operations.tasks.prune", "schedule": 6 * 3600.0, "options": {"expires": 3600}},
    "publish-snapshot": {
        "task": "tracker.operations.tasks.publish_snapshot",
        "schedule": 120.0,
        "options": {"expires": 110},
    },
}
