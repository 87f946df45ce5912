"""What is known of later days changes no answer about earlier ones: each question is asked of two records.

The one is today's; from the other every event after the day, and every claim, is missing. Wherever both give
the same state of a thing they show the same values of it. Numbers over all allies are left out: a later fact may
narrow what an ally had reached by the day, which is another state.
"""

import random
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import pytest
from django.db import transaction

from tests.api.conftest import Reader
from tests.databases import dataset_until
from tracker.exchange.dataset import load_dataset, read_dataset

pytestmark = pytest.mark.django_db

DAYS: Final = ("1952-01-20", "1982-04-30", "1999-02-28", "2004-03-01", "2016-12-31", "2023-10-30")
LISTS: Final = ("accessions", "ratifications", "states", "events", "commitments")
QUESTIONS: Final = 50
# Of our clock: where and when the log said so.
_OURS: Final = {"recorded", "recorded_at", "version", "last_checked_at"}

Rows = dict[str, Any]


def ask(reader: Reader, day: str) -> Rows:
    """Everything that the record can be asked as of that day, by address."""
    rows: Rows = {}
    for name in LISTS:
        for row in reader.walk(f"{name}/?as_of={day}&limit=200"):
            rows[f"{name}/{row.get('key') or row['code']}"] = row
    return rows


def differences(path: str, one: Any, other: Any) -> Iterator[str]:
    """Where the two documents show different values of a thing in one state."""
    if isinstance(one, dict) and isinstance(other, dict):
        alike = one.get("state") == other.get("state")
        for name in one.keys() & other.keys() - _OURS if alike else ():
            yield from differences(f"{path}.{name}", one[name], other[name])
    elif isinstance(one, list) and len(one) == len(other):
        for place, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(f"{path}.{place}", *pair)
    elif one != other:
        yield f"{path}: {one} is {other}"


def states_in(document: Mapping[str, Any]) -> Iterator[Any]:
    """The parts of a document that are in a state of their own, and itself where it is."""
    if "state" in document:
        yield document
    for name in ("stages", "milestones"):
        yield from document.get(name, {}).values()


@pytest.mark.timeout(600)
@pytest.mark.long
def test_later_facts_change_no_value_of_what_stands_alike(reader: Reader) -> None:
    rnd = random.Random(10)  # noqa: S311
    without: dict[str, Rows] = {}
    for day in DAYS:
        with transaction.atomic():
            load_dataset(dataset_until(date.fromisoformat(day)))
            without[day] = ask(reader, day)
            transaction.set_rollback(True)
    load_dataset(read_dataset())

    compared = 0
    for day in DAYS:
        whole = ask(reader, day)
        for address in rnd.sample(sorted(whole.keys() & without[day].keys()), QUESTIONS):
            ours, theirs = list(states_in(whole[address])), list(states_in(without[day][address]))
            found = [each for pair in zip(ours, theirs, strict=True) for each in differences(address, *pair)]
            assert found == [], day
            compared += sum(one["state"] == other["state"] for one, other in zip(ours, theirs, strict=True))
    assert compared > 300


def test_a_difference_would_be_found() -> None:
    reached = {"state": "reached", "date": "2022-07-05", "recorded": 3}

    assert list(differences("x", reached, reached | {"recorded": 9})) == []
    assert list(differences("x", reached, {"state": "unknown", "date": None})) == []
    assert list(differences("x", reached, reached | {"date": "2022-07"})) == ["x.date: 2022-07-05 is 2022-07"]
