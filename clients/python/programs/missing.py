"""Who was missing, day by day: `python missing.py http://localhost:8000 SWE 2023-10-30 2024-02-01`."""

from __future__ import annotations

import sys

from article10 import Client


def main(site: str, accession: str, days: list[str]) -> None:
    """A line a day."""
    client = Client(site)
    for day in days:
        missing: list[str] = client.missing(accession, as_of=day)
        sys.stdout.write(f"{day}  {len(missing)} missing: {', '.join(missing) or 'nobody'}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
