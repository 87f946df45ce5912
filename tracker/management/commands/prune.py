"""Let go of what nothing rests on, as the scheduled job does."""

from typing import Any

from django.core.management.base import BaseCommand

from tracker.operations.jobs import prune


class Command(BaseCommand):
    """Delete old copies and notes; a second run finds nothing."""

    help = "Let go of archived copies and notes that nothing rests on, as the scheduled job does."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how much was let go."""
        self.stdout.write(f"{prune()} things let go.")
