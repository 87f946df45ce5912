"""What the log tells since a position: `python new_since.py http://localhost:8000 2500`."""

from __future__ import annotations

import sys
from collections import Counter

from article10 import Client


def main(site: str, after: int) -> None:
    """How many entries of each type there are."""
    counted: Counter[str] = Counter(entry["type"] for entry in Client(site).changes(after=after))
    for kind, count in counted.most_common():
        sys.stdout.write(f"{count:6} {kind}\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
