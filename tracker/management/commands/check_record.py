"""Read every entry of the log and work out its root anew: `manage.py check_record`. Prints the edition."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from tracker.operations.verifying import NotWhole, verify_record
from tracker.readmodel.record import current_edition


class Command(BaseCommand):
    """For after a restore, and for whoever wants to be sure."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Say the edition, or where the log is broken."""
        try:
            with tqdm(total=current_edition(), desc="Checking the record", unit="entry") as bar:
                mark = verify_record(lambda position: bar.update())
        except NotWhole as broken:
            raise CommandError(str(broken)) from broken
        self.stdout.write(mark.name)
