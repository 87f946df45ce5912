"""Prints the hash of everything that a record hands out, on the database that the environment names.

With `--upgraded` the record is made of the first release, and brought up to the newest afterwards.
"""

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from tests.api.resources import EVERYTHING, INCLUDES, with_parameter  # noqa: E402
from tracker.exchange.dataset import SHIPPED, load_shipped  # noqa: E402
from tracker.exchange.dataset.shipped_log import LOG, read_log  # noqa: E402
from tracker.exchange.package import build_package  # noqa: E402
from tracker.readmodel import open_newest  # noqa: E402

# Jobs, and what else happens on one site alone.
NOT_THE_RECORD = {"status/"}
AS_OF = "2024-06-01"
# What is told by position alone, and the words that are the same on every day.
WITHOUT_A_DAY = ("changes", "snapshot", "rectifications", "vocabularies")


def main() -> None:
    """Make the record, and print its hashes by what they are of."""
    call_command("migrate", verbosity=0)
    first = read_log()[0]
    if "--upgraded" in sys.argv:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
            for path in sorted((Path(folder) / LOG.name).iterdir())[1:]:
                path.unlink()
            load_shipped(folder=Path(folder))
    load_shipped()
    package = {f"package {name}": body for name, body in build_package(open_newest()).items()}
    sys.stdout.write(
        json.dumps(
            {
                name: hashlib.sha256(body).hexdigest()
                for name, body in (package | answers("") | answers(str(first.last))).items()
            }
        )
    )


def answers(known_at: str) -> dict[str, bytes]:
    """What the API answers under each address, and the whole log, as of a day."""
    client = Client(SERVER_NAME="localhost")
    found = {}
    for path in {*EVERYTHING, *INCLUDES, "changes/?limit=1000", "changes/?limit=1000&after=1000"} - NOT_THE_RECORD:
        address = with_parameter(f"/api/v1/{path}", f"known_at={known_at}") if known_at else f"/api/v1/{path}"
        if not path.startswith(WITHOUT_A_DAY):
            address = with_parameter(address, f"as_of={AS_OF}")
        response = client.get(address)
        found[f"{address} {response.status_code}"] = response.content
    return found


main()
