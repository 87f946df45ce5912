"""Add the watches that come with the project, paused until somebody has tried them out."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tracker.watch.shipping import load_watches


class Command(BaseCommand):
    """Add the shipped watches; a second run adds none."""

    help = "Add the watches that come with the project, paused until somebody has tried them out."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were added."""
        added = load_watches(timezone.now())
        self.stdout.write(f"{added} watches added, paused: try one out, then resume it.")
