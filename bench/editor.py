"""Somebody who records one act after another, and does not give up: `DATABASE_URL=… python bench/editor.py --every 2`.

Of each act a line says its key, its position in the log, and the moments (seconds since 1970) at which it was begun and
was on record. An act whose saving failed is saved again under the same key until it is on record, as a person would.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

import django

django.setup()

from django.db import Error, connection  # noqa: E402

from tests.facts import event, record_event  # noqa: E402


def record(key: str) -> int:
    """Put one act on record, however often it takes; its position."""
    fact = event(key, "statement", "FIN", "2023-01-01", None, title=f"Trial {key}")
    while True:
        try:
            return int(record_event(fact).recorded)
        except Error:
            connection.close()
            time.sleep(0.5)


def main() -> None:
    """Record until so many are on record, or for ever."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=float, default=2.0)
    parser.add_argument("--acts", type=int, default=10**9)
    given = parser.parse_args()
    for number in range(given.acts):
        began = time.time()
        position = record(f"trial-{number}")
        told = {"key": f"trial-{number}", "position": position, "began": began, "done": time.time()}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        time.sleep(max(0.0, began + given.every - time.time()))


if __name__ == "__main__":
    main()
