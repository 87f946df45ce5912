"""The tasks of Celery: one a job, three lines each. A task holds no rules."""

from celery import shared_task

from tracker.operations import jobs


@shared_task(acks_late=True)
def settle_standings() -> int:
    """Bring every stored standing up to date with its events."""
    return jobs.settle_standings()


@shared_task(acks_late=True)
def poll_watches() -> int:
    """Poll the watches that are due."""
    return jobs.poll_watches()


@shared_task(acks_late=True)
def check_links() -> int:
    """Ask cited addresses whether they still answer."""
    return jobs.check_links()


@shared_task(acks_late=True)
def prune() -> int:
    """Let go of what nothing rests on."""
    return jobs.prune()


@shared_task(acks_late=True)
def publish_snapshot() -> int:
    """Build the data package of the newest edition."""
    return jobs.publish_snapshot()
