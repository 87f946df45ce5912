"""What became of the mutants that `make mutation` has tried: a table of rooms, and the names of those that lived."""

import json
import sys
from collections import Counter
from pathlib import Path

MUTANTS = Path(__file__).resolve().parent.parent / "mutants"
# Exit codes that mutmut notes; any other is that of tests which failed, or did not come to their end.
SURVIVED, WITHOUT_TEST = 0, 33


def main() -> None:
    """Print both."""
    rooms: dict[str, Counter[str]] = {}
    alive = []
    for file in sorted(MUTANTS.rglob("*.meta")):
        room = str(file.parent.relative_to(MUTANTS))
        for name, code in json.loads(file.read_text())["exit_code_by_key"].items():
            fate = fate_of(code)
            rooms.setdefault(room, Counter())[fate] += 1
            alive += [name] if fate == "survived" else []
    sys.stdout.write("\n".join([*table(rooms), "", *alive, ""]))


def fate_of(code: int | None) -> str:
    """What an exit code says of a mutant."""
    if code is None:
        return "not tried"
    return {SURVIVED: "survived", WITHOUT_TEST: "without a test"}.get(code, "noticed")


def table(rooms: dict[str, Counter[str]]) -> list[str]:
    """The rows, with the share that was noticed of those that were tried."""
    rows = ["| Room | Tried | Noticed | Survived | Without a test | Score |", "|---|---|---|---|---|---|"]
    for room, fates in [*sorted(rooms.items()), ("all", sum(rooms.values(), Counter()))]:
        counts = [fates[fate] for fate in ("noticed", "survived", "without a test")]
        if tried := sum(counts):
            rows.append(f"| `{room}` | {tried} | {' | '.join(map(str, counts))} | {counts[0] / tried:.0%} |")
    return rows


if __name__ == "__main__":
    main()
