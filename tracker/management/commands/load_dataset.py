"""Bring the record up to the shipped log, or load other facts in the same files."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from tracker.domain.exceptions import TrackerError
from tracker.exchange.dataset import (
    SHIPPED,
    Differences,
    find_differences,
    load_dataset,
    load_shipped,
    read_dataset,
    try_dataset,
)
from tracker.exchange.dataset.lines import compare_with_published
from tracker.exchange.dataset.loading import Tick
from tracker.readmodel.record import current_mark


class Command(BaseCommand):
    """Load the shipped log, or other facts: all of it or nothing; a second run changes nothing."""

    help = (
        "Bring the record up to the shipped log; or load the facts in a folder, in the same files. "
        "All of it or nothing; a second run changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the files lie, and whether to load or only to look."""
        parser.add_argument("folder", nargs="?", type=Path, help="where other facts than the shipped ones lie")
        parser.add_argument("--dry-run", action="store_true", help="show the difference, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show progress while loading, and say what was loaded."""
        try:
            if options["dry_run"]:
                dataset = read_dataset(options["folder"] or SHIPPED)
                self.stdout.write("\n".join(find_differences(dataset).lines()))
                try_dataset(dataset)
            elif options["folder"]:
                self._load(lambda tick: _lines(load_dataset(read_dataset(options["folder"]), tick)))
            else:
                self._load(load_shipped)
                self._say_where_it_differs()
        except TrackerError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _load(self, load: Callable[[Tick], list[str]]) -> None:
        with tqdm(desc="Loading the record", unit="entry") as bar:
            loaded = load(bar.update)
        nothing = ["The record has all facts of the dataset already; nothing was loaded."]
        self.stdout.write("\n".join(loaded or nothing))

    def _say_where_it_differs(self) -> None:
        mark = current_mark()
        line = compare_with_published(mark.edition, mark.root)
        if line.differs_since is not None:
            self.stdout.write(
                f"This record has entries of its own: from position {line.differs_since} on it is another than the "
                "published one. It keeps them, and has what is new."
            )


def _lines(differences: Differences) -> list[str]:
    return [] if differences.nothing else differences.lines()
