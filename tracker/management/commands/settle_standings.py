"""Bring every stored standing up to date with its events, as the scheduled job does."""

from typing import Any

from django.core.management.base import BaseCommand

from tracker.operations.jobs import settle_standings


class Command(BaseCommand):
    """Settle every stored standing; a second run finds nothing to do."""

    help = "Bring every stored standing up to date with its events, as the scheduled job does."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many entries of the log it took."""
        self.stdout.write(f"{settle_standings()} entries written to the log.")
