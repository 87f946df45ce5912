"""Write the facts on record into files, as the shipped dataset has them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from tracker.exchange.dataset import export_dataset


class Command(BaseCommand):
    """Write the facts on record into a folder."""

    help = "Write the facts on record into a folder, as the files that the shipped dataset came in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to write."""
        parser.add_argument("folder", type=Path, help="where to write the files")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many lines went into which file."""
        for name, lines in export_dataset(options["folder"]).items():
            self.stdout.write(f"{name}: {lines} lines")
