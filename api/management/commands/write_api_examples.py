"""Write the examples in the description of the API: real answers over the shipped data, cut short."""

import json
from typing import Any

from django.core.management.base import BaseCommand
from django.test import Client

from api.examples import ASKED, REPORT, shorten
from api.schema import EXAMPLES


class Command(BaseCommand):
    """Ask the API over the database at hand, which should hold the shipped data and nothing else."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write `api/examples.json`."""
        client = Client()
        found = {name: shorten(client.get(path, SERVER_NAME="localhost").json()) for name, path in ASKED.items()}
        text = json.dumps({**found, "file_reports": REPORT}, ensure_ascii=False, indent=1, sort_keys=True)
        EXAMPLES.write_text(f"{text}\n", encoding="utf-8")
        self.stdout.write(f"{len(found)} examples written")
