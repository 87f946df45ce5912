"""What a new entry costs its first reader, however long the log is.

    python bench/folding.py [--times 1 10 100]

Folds logs that are so many times the shipped one (other applicants, the same allies, the same acts), held in memory,
and prints the median of each task, and its ratio to the first. Nothing is asked of a database, as `growth.py` does.
"""

import argparse
import os
import statistics
import string
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120

import django

django.setup()

from tracker.domain.vocabulary import ChangeType  # noqa: E402
from tracker.exchange.dataset.shipped_log import entries_of, read_log  # noqa: E402
from tracker.readmodel import Edition, Entry, State, fold  # noqa: E402
from tracker.readmodel.carried import carry_over  # noqa: E402
from tracker.readmodel.fold import fold_on  # noqa: E402

DAY = date(2023, 10, 30)
OF_AN_ACCESSION = {
    *(ChangeType.EVENT_RECORDED, ChangeType.ACCESSION_OPENED, ChangeType.ACCESSION_CHANGED),
    *(ChangeType.REQUIREMENT_ADDED, ChangeType.STAGE_CHANGED),
}


def main() -> None:
    """Measure each size, and print a line a task."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10, 100])
    sizes = parser.parse_args().times
    shipped = [
        Entry(entry.position, entry.type, entry.recorded_at, entry.payload, entry.root)
        for entry in entries_of(read_log())
    ]
    measured = [measure(list(multiplied(shipped, times))) for times in sizes]
    say(f"{'':44}" + "".join(f"{f'x{times}':>12}" for times in sizes) + f"{'ratio':>10}")
    for task, first in measured[0].items():
        values = [found[task] for found in measured]
        say(f"{task:44}" + "".join(f"{value:>12,.2f}" for value in values) + f"{values[-1] / first:>10.2f}")


def measure(log: list[Entry]) -> dict[str, float]:
    """The tasks on one log; the last entry is the new one."""
    *before, new = log

    def anew() -> Edition:
        return Edition(fold(State(), before))

    edition = anew()
    asked(edition)

    def go_on() -> Edition:
        state, touched = fold_on(edition.state, [new])
        return carry_over(edition, Edition(state), touched)

    tracemalloc.start()
    editions = [go_on() for _ in range(5)]
    for one in editions:
        asked(one)
    more = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return {
        "entries": len(log),
        "the whole log folded and asked, ms": ms(lambda: asked(anew()), 1),
        "one more entry, nothing taken over, ms": ms(lambda: asked(Edition(fold(edition.state, [new]))), 3),
        "one more entry, the rest taken over, ms": ms(lambda: asked(go_on()), 9),
        "memory of one more edition, MB": more / 5,
    }


def asked(edition: Edition) -> object:
    """What the first page asks for: where every accession stands on a day, and the events of one."""
    return edition.standings(DAY), edition.events_by_accession["SWE"], edition.accessions_by(DAY)


def ms(work: Callable[[], object], repeats: int) -> float:
    """The median of the processor's time in milliseconds, which does not count what else the machine does."""
    taken = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken)


def multiplied(shipped: list[Entry], times: int) -> Iterator[Entry]:
    """The log, and what it tells of accessions anew for as many made-up applicants; last, a new event of Sweden's."""
    applicants = {entry.payload["accession"] for entry in shipped if entry.type == ChangeType.ACCESSION_OPENED}
    taken = {entry.payload["party"]["code"] for entry in shipped if entry.type == ChangeType.PARTY_RECORDED}
    unused = (code for letters in product(string.ascii_uppercase, repeat=3) if (code := "".join(letters)) not in taken)
    position = 0
    for number in range(times):
        renamed = {code: next(unused) for code in sorted(applicants)} if number else {}
        for entry in shipped:
            if not number or (entry.type in OF_AN_ACCESSION and of_one(entry.payload)):
                position += 1
                yield Entry(position, entry.type, entry.recorded_at, copied(entry.payload, renamed, number), entry.root)
    last = next(entry.payload["event"] for entry in reversed(shipped) if entry.type == ChangeType.EVENT_RECORDED)
    event = {**last, "key": "one-more", "accession": "SWE", "actor": "TUR", "kind": "statement", "also": []}
    yield Entry(position + 1, ChangeType.EVENT_RECORDED, shipped[-1].recorded_at, {"event": event, "version": 1}, "")


def of_one(payload: Any) -> bool:
    """Whether it is of an accession; a made-up applicant becomes no ally, or every protocol would wait for it."""
    event = payload.get("event")
    return bool(event["accession"] and event["kind"] != "acceded") if event else True


def copied(payload: Any, renamed: dict[str, str], number: int) -> Any:
    """The payload with made-up applicants in place of the real ones, and keys of its own."""
    if not renamed:
        return payload
    if event := payload.get("event"):
        own = event["actor"] == event["accession"]
        changes = {
            "key": f"copy{number}-{event['key']}",
            "accession": renamed[event["accession"]],
            "also": [renamed[code] for code in event.get("also") or ()],
            "actor": renamed[event["actor"]] if own else event["actor"],
        }
        return {**payload, "event": {**event, **changes}}
    return {**payload, "accession": renamed[payload["accession"]]}


def say(line: str) -> None:
    """Print a line as soon as it is known."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
