"""The measurements of `growth.py` on one record; prints them as JSON. Called by it, with the environment it sets."""

import json
import statistics
import string
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice, product

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from tqdm import tqdm  # noqa: E402

from tracker.domain.facts import DatedName, EventFact, PartyFact  # noqa: E402
from tracker.domain.vocabulary import ChangeType, EventKind, PartyKind  # noqa: E402
from tracker.exchange.dataset import Dataset, find_differences, load_dataset, read_dataset  # noqa: E402
from tracker.exchange.dataset.loading import count_of  # noqa: E402
from tracker.models import Change, Event  # noqa: E402
from tracker.readmodel import Edition, forget_editions, open_newest, with_entries  # noqa: E402

REPEATS = 15
DAY = date(2023, 10, 30)
ADDRESSES = {
    "page of SWE as of a day, ms": "/accessions/SWE/?as_of=2023-10-30",
    "page of SWE/TUR as of a day, ms": "/accessions/SWE/TUR/?as_of=2023-10-30",
    "API, SWE as of a day, ms": "/api/v1/accessions/SWE/?as_of=2023-10-30",
    "API, first 50 changes, ms": "/api/v1/changes/?after=0&limit=50",
}


def main() -> None:
    """Load a record of the size asked for, and measure each task on it."""
    times = int(sys.argv[1])
    settings.ALLOWED_HOSTS.append("testserver")
    call_command("migrate", verbosity=0)
    seconds = load(multiplied(read_dataset(), times), f"x{times}")
    found = {
        "events": Event.objects.count(),
        "entries of the log": Change.objects.count(),
        "load, s": seconds,
        "load, ms an event": seconds * 1000 / Event.objects.count(),
        **fold_costs(),
        **{task: median_ms(getter(address)) for task, address in ADDRESSES.items()},
    }
    sys.stdout.write(json.dumps(found))


def fold_costs() -> dict[str, float]:
    """What the first reader of all waits for, what the first reader of a new entry, and what every other."""
    edition = open_newest()
    entry = Change.objects.filter(type=ChangeType.EVENT_RECORDED).last()
    if entry is None:
        raise SystemExit("The record is empty.")
    entry.position = edition.state.edition + 1

    def fold_anew() -> Edition:
        forget_editions()
        return open_newest()

    # What a process has that serves readers: the newest edition, of which the day was asked before.
    edition.standing("SWE", DAY)

    def fold_on() -> object:
        return with_entries(edition, [entry]).standing("SWE", DAY)

    return {
        "fold of the whole log, ms": median_ms(lambda: fold_anew().standing("SWE", DAY)),
        "fold of one more entry, ms": median_ms(fold_on),
        "standing of SWE as of a day, ms": median_ms(lambda: open_newest().standing("SWE", DAY)),
        "memory of an edition, MB": megabytes(fold_anew),
    }


def megabytes(work: Callable[[], object]) -> float:
    """How much memory what the work gives takes."""
    tracemalloc.start()
    kept = work()
    size = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    del kept
    return size


def load(dataset: Dataset, name: str) -> float:
    """How many seconds the load took."""
    total = count_of(find_differences(dataset))
    began = time.perf_counter()
    with tqdm(total=total, desc=f"Loading {name}", unit="fact") as bar:
        load_dataset(dataset, bar.update)
    return time.perf_counter() - began


def getter(address: str) -> Callable[[], object]:
    """A function that gets the address, uncached."""
    client = Client()

    def get() -> object:
        cache.clear()
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answers {answer.status_code}")
        return answer

    return get


def median_ms(work: Callable[[], object]) -> float:
    """The median time of some runs in milliseconds, after one that warms up."""
    work()
    taken = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def multiplied(dataset: Dataset, times: int) -> Dataset:
    """The dataset, with as many made-up applicants, who meet the same acts, as make it so many times larger."""
    applicants = sorted({fact.accession for fact in dataset.events if fact.accession})
    events, parties = list(dataset.events), list(dataset.parties)
    unused = free_codes({fact.code for fact in dataset.parties})
    for number in range(1, times):
        renamed = dict(zip(applicants, islice(unused, len(applicants)), strict=True))
        parties += [stand_in(code) for code in renamed.values()]
        events += [copied(fact, number, renamed) for fact in dataset.events]
    events.sort(key=lambda fact: str(fact.occurred.earliest))
    return replace(dataset, parties=parties, events=events)


def stand_in(code: str) -> PartyFact:
    """A made-up applicant."""
    return PartyFact(code=code, kind=PartyKind.STATE, names=(DatedName(language="en", text=code),))


def copied(fact: EventFact, number: int, renamed: dict[str, str]) -> EventFact:
    """The event once more, with a made-up applicant in place of the real one."""
    own = fact.accession is not None and fact.actor == fact.accession
    changes = {
        "key": f"copy{number}-{fact.key}",
        # A made-up applicant does not become an ally: every protocol would wait for it.
        "kind": EventKind.FLAG_RAISED if fact.kind is EventKind.ACCEDED else fact.kind,
        "accession": renamed.get(fact.accession or ""),
        "actor": renamed[fact.actor] if own else fact.actor,
    }
    return fact.model_copy(update=changes)


def free_codes(taken: set[str]) -> Iterator[str]:
    """Codes of three letters that no state has."""
    return (code for letters in product(string.ascii_uppercase, repeat=3) if (code := "".join(letters)) not in taken)


if __name__ == "__main__":
    main()
