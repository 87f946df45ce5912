"""Write the examples in the description of the API: real answers over the shipped data, cut short."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.test import Client

from api.description.examples import ASKED, REPORT, shorten
from api.description.schema import EXAMPLES


class Command(BaseCommand):
    """Ask the API over the database at hand, which should hold the shipped data and nothing else."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Write `api/examples.json`."""
        client = Client()
        answers = {name: client.get(path, SERVER_NAME="localhost") for name, path in ASKED.items()}
        if refused := [name for name, answer in answers.items() if answer.status_code != 200]:
            raise CommandError(f"These examples are no answers: {', '.join(refused)}.")
        examples = {name: shorten(answer.json()) for name, answer in answers.items()}
        text = json.dumps({**examples, "file_report": REPORT}, ensure_ascii=False, indent=1, sort_keys=True)
        EXAMPLES.write_text(f"{text}\n", encoding="utf-8")
        self.stdout.write(f"{len(examples)} examples written")
