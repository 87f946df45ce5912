"""Article 10: the record of NATO accessions, and its pages."""

# Imported here so that every process of the project, web or worker, sends its jobs to the same broker.
from tracker.celery import app as celery_app

__all__ = ["celery_app"]
