"""Fail if the description in the repository is not what the code says, or breaks what clients rely on."""

import json
import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from drf_spectacular.generators import SchemaGenerator

from api.description.breaking import breaking_differences
from api.description.schema import FILE


class Command(BaseCommand):
    """Compare the code with the file, and the file with the one of an earlier commit."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what is wrong, all of it."""
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]
        made = json.loads(json.dumps(generator.get_schema(public=True)))  # type: ignore[no-untyped-call]
        kept = json.loads(FILE.read_text(encoding="utf-8"))
        if made != kept:
            raise CommandError("api/openapi.json is not what the code says: run `make describe` and look at it.")
        earlier = _of_version(_earlier(), kept["info"]["version"])
        broken = [sentence for description in earlier for sentence in breaking_differences(description, kept)]
        if broken:
            raise CommandError("This breaks what clients rely on:\n" + "\n".join(dict.fromkeys(broken)))
        self.stdout.write("The description is what the code says, and breaks nothing.")


def _earlier() -> list[dict[str, Any]]:
    """The last two descriptions in the history: what clients know, whether the change is committed yet or not."""
    commits = _git("log", "-2", "--format=%H", "--", "api/openapi.json").split()
    return [json.loads(_git("show", f"{commit}:api/openapi.json")) for commit in commits]


def _of_version(descriptions: list[dict[str, Any]], version: str) -> list[dict[str, Any]]:
    """Those that make the same promise: another version has said in `docs/api.md` what it breaks."""
    return [description for description in descriptions if description["info"]["version"] == version]


def _git(*arguments: str) -> str:
    """What git says; nothing outside of a repository."""
    root = Path(__file__).resolve().parents[3]
    told = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)  # noqa: S603, S607
    return told.stdout
