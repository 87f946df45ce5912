"""Build the data package of the newest edition, as the schedule does."""

from typing import Any

from django.core.management.base import BaseCommand

from tracker.operations import jobs


class Command(BaseCommand):
    """The job, by hand."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Say whether there was anything to build."""
        built = jobs.publish_snapshot()
        self.stdout.write("The package of the newest edition was built." if built else "It is there already.")
