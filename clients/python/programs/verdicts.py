"""The verdict on each line of a text: `python verdicts.py http://localhost:8000 < statements.txt`."""

from __future__ import annotations

import sys

from article10 import Client, Refused


def verdict(client: Client, statement: str) -> str:
    """What the record says of it, or what the site did not understand."""
    try:
        found = client.check(statement)
    except Refused as refusal:
        return f"not understood: {refusal}"
    return f"{found['verdict']}: {found['sentence']}"


if __name__ == "__main__":
    asked = Client(sys.argv[1])
    for line in filter(None, map(str.strip, sys.stdin)):
        sys.stdout.write(f"{line}\n  {verdict(asked, line)}\n")
