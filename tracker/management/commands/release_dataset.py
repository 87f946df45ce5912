"""Make the next release of the shipped data, or the unpublished ones anew."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from tracker.domain.exceptions import TrackerError
from tracker.domain.merkle import edition_name
from tracker.exchange.dataset import SHIPPED
from tracker.exchange.dataset.releasing import occasion_on, read_reasons, release, remake
from tracker.exchange.dataset.shipped_log import Release


class Command(BaseCommand):
    """Compare the facts with the log, and add what is new, put right or better sourced to the log, as one release."""

    help = (
        "Compare the shipped facts with the shipped log, and add what is new, put right or better sourced to the log, "
        "as one release. Works in an empty database, such as DATABASE_URL=sqlite://:memory: makes one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which facts, when, what for, and why."""
        parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED, help="where the facts and the log lie")
        parser.add_argument("--day", type=date.fromisoformat, help="the day of the release, such as 2026-11-29")
        parser.add_argument("--note", default="", help="one sentence that stands with every entry of the release")
        parser.add_argument(
            "--reasons", type=Path, help="JSON Lines with subject, key and reason for each fact that is put right"
        )
        parser.add_argument(
            "--remake",
            action="store_true",
            help="make the releases anew in the form that facts have today, the last one from the files; "
            "only before they are published",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Show progress, and say what was made."""
        call_command("migrate", verbosity=0)
        if not options["remake"] and (options["day"] is None or not options["note"]):
            raise CommandError("A release has a --day and a --note.")
        try:
            with tqdm(desc="Making the release", unit="fact") as bar:
                made = remake(options["folder"], bar.update) if options["remake"] else [self._release(bar, options)]
        except TrackerError as refusal:
            raise CommandError(str(refusal)) from refusal
        for one in made:
            self.stdout.write(
                f"Release {one.number}: {len(one.entries)} entries, to {edition_name(one.last, one.root)}."
            )

    def _release(self, bar: "tqdm[Any]", options: dict[str, Any]) -> Release:
        reasons = read_reasons(options["reasons"]) if options["reasons"] else {}
        made, differences = release(
            options["folder"], occasion_on(options["day"], options["note"], reasons), bar.update
        )
        self.stdout.write("\n".join(differences.lines()))
        return made
