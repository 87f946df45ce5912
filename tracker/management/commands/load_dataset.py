"""Load the shipped dataset, or another in the same files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from tracker.domain.exceptions import TrackerError
from tracker.exchange.dataset import SHIPPED, Dataset, find_differences, load_dataset, read_dataset, try_dataset
from tracker.exchange.dataset.loading import count_of


class Command(BaseCommand):
    """Load a dataset: all of it or nothing; a second run changes nothing."""

    help = "Load the shipped dataset, or another in the same files: all of it or nothing. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the files lie, and whether to load or only to look."""
        parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED, help="where the files lie")
        parser.add_argument("--dry-run", action="store_true", help="show the difference, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show progress while loading, and say what was loaded."""
        try:
            dataset = read_dataset(options["folder"])
            if options["dry_run"]:
                self.stdout.write("\n".join(find_differences(dataset).lines()))
                try_dataset(dataset)
            else:
                self._load(dataset)
        except TrackerError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _load(self, dataset: Dataset) -> None:
        found = find_differences(dataset)
        if found.nothing:
            self.stdout.write("The record has all facts of the dataset already; nothing was loaded.")
            return
        with tqdm(total=count_of(found), desc="Loading the record", unit="fact") as bar:
            loaded = load_dataset(dataset, bar.update)
        self.stdout.write("\n".join(loaded.lines()))
