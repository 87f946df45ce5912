"""The tables of a data package, without a site: `python offline.py article10/ SWE 2023-10-30`."""

from __future__ import annotations

import sys
from collections import Counter

from article10 import Package


def main(folder: str, accession: str, day: str) -> None:
    """Who was missing, and the publishers that are cited most."""
    package = Package(folder)
    sys.stdout.write(f"{', '.join(package.missing(accession, as_of=day))}\n")
    cited: Counter[str] = Counter(str(row["publisher"]) for row in package.rows("sources"))
    for publisher, count in cited.most_common(3):
        sys.stdout.write(f"{count:6} {publisher}\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
