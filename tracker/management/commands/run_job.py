"""Run one job now, as the schedule does: `manage.py run_job NAME`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tracker.operations.jobs import JOBS


class Command(BaseCommand):
    """The job, by hand; a second run finds nothing left to do."""

    help = "Run one job now, as the schedule does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one."""
        parser.add_argument("name", choices=sorted(JOBS), help="the name of the job")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how much it did."""
        job = JOBS[options["name"]]
        self.stdout.write(f"{job.run()} {job.counts}.")
