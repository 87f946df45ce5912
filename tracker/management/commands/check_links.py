"""Ask cited addresses whether they still answer, as the scheduled job does."""

from typing import Any

from django.core.management.base import BaseCommand

from tracker.models import Link
from tracker.operations.jobs import check_links, is_checking


class Command(BaseCommand):
    """Ask the addresses that are due, some at a time."""

    help = "Ask cited addresses whether they still answer, as the scheduled job does. Needs CHECK_LINKS=true."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were asked, and which are gone."""
        asked = check_links()
        if not is_checking():
            self.stdout.write("CHECK_LINKS is off: nothing was asked.")
        for link in Link.objects.broken():
            self.stdout.write(f"{link.get_state_display()}: {link.url} ({link.detail})")
        self.stdout.write(f"{asked} addresses asked, {Link.objects.count()} looked after.")
