"""Fail if the description in the repository is not what the code says, or breaks what clients rely on."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from drf_spectacular.generators import SchemaGenerator

from api.description.breaking import breaking_differences
from api.description.released import read_released, write_released
from api.description.schema import FILE


class Command(BaseCommand):
    """Compare the code with the file, and the file with what was promised at the last release."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether this is a release."""
        parser.add_argument("--release", action="store_true", help="promise from now on what the description says")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is wrong, all of it."""
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]
        made = json.loads(json.dumps(generator.get_schema(public=True)))  # type: ignore[no-untyped-call]
        kept = json.loads(FILE.read_text(encoding="utf-8"))
        if made != kept:
            raise CommandError("api/openapi.json is not what the code says: run `make describe` and look at it.")
        if broken := _broken(read_released(), kept):
            raise CommandError("This breaks what clients rely on:\n" + "\n".join(broken))
        if options["release"]:
            write_released(kept)
        self.stdout.write("The description is what the code says, and breaks nothing.")


def _broken(released: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What is no longer so; nothing under another version, which says in `docs/api.md` what it breaks."""
    if released["info"]["version"] != now["info"]["version"]:
        return []
    return breaking_differences(released, now)
