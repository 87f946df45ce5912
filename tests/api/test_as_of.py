"""An answer as of a day holds nothing from later: no date, no year, no event, outside of what is labelled so.

The walk knows no names of fields. A moment (with a time of day) is of our clock, which is another one.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final

import pytest
import time_machine

from tests.api.conftest import Reader
from tracker.domain.dates import PartialDate
from tracker.readmodel import open_edition
from tracker.readmodel.edition import Edition
from tracker.readmodel.record import current_mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

DAYS: Final = (
    *("1949-01-01", "1949-04-04", "1949-08-23", "1949-08-24", "1951-06-15", "1951-10-17", "1952-01-20", "1952-02-18"),
    *("1954-12-31", "1955-05-06", "1966-03-07", "1981-12-15", "1982-05-30", "1990-10-03", "1995-06-30", "1997-12-16"),
    *("1999-03-12", "2003-03-26", "2004-03-29", "2008-07-09", "2009-04-01", "2016-05-19", "2017-06-05", "2019-02-06"),
    *("2020-03-27", "2022-06-28", "2022-09-15", "2023-04-04", "2023-10-30", "2024-02-26"),
)
PATHS: Final = (
    "accessions/?include=ratifications,commitments,events&limit=200",
    "accessions/SWE/ratifications/?include=events&limit=200",
    "ratifications/?include=events,procedure&limit=200",
    "procedures/?limit=200",
    "states/?limit=200",
    "events/?include=rectifications&limit=200",
    "sources/?limit=200",
    "commitments/?limit=200",
    "compare/?",
    "compare/?stage=deposited",
)
REFUSING: Final = (
    "changes/",
    "changes/81/",
    "rectifications/",
    "package/",
    "status/",
)

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_NAMED: Final = re.compile(r"(?<![\d/.-])((?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?)(?!\d)")


@cache
def edition() -> Edition:
    """The record that the walk is through."""
    mark = current_mark()
    return open_edition(mark.edition, mark.root)


@cache
def first_days() -> dict[str, str]:
    """The first day on which each event can have happened, by its key."""
    return {event.key: str(event.occurred.earliest or date.min) for event in edition().events}


def texts(value: object) -> Iterator[str]:
    """Every text in the answer, names of members too, but for what is labelled as later."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for member in value:
            yield from texts(member)
    elif isinstance(value, dict):
        yield from texts([part for name, member in value.items() for part in shown(name, member)])


def shown(name: str, member: Any) -> tuple[Any, ...]:
    """What is told of the day: nothing that is labelled as later, nor the day ahead by which something was promised."""
    if name == "later":
        return ()
    return (name, member["wording"] if name == "due" and member else member)


def is_from_later(text: str, day: str) -> bool:
    """Whether the text is the key of a later event, or names a day, a month or a year after that one."""
    key = text.removeprefix("event~").rpartition("~")[0] or text
    if key in first_days():
        return first_days()[key] > day
    if _MOMENT.match(text) or text.startswith(("https://", "http://")):
        return False
    return any(named > day[: len(named)] for named in _NAMED.findall(text))


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_no_answer_holds_anything_from_after_the_day(reader: Reader, path: str) -> None:
    found = [
        (day, text) for day in DAYS for text in texts(reader.walk(f"{path}&as_of={day}")) if is_from_later(text, day)
    ]

    assert found == []


def test_walk_would_find_a_leak(reader: Reader) -> None:
    today = list(texts(reader.walk("events/?limit=200")))

    assert sum(is_from_later(text, "1990-01-01") for text in today) > 1000
    assert any(is_from_later(text, "2023-10-30") for text in today if text in first_days())


@pytest.mark.parametrize("path", REFUSING)
def test_resource_that_cannot_obey_refuses_and_says_so(reader: Reader, path: str) -> None:
    answer = reader.fetch(f"{path}?as_of=2023-10-30")

    assert answer.status_code == 400
    assert "cannot be asked as of a day" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("accessions/GRC/", "1951-05-01"),
        ("accessions/MKD/", "1995-01-01"),
        ("events/se2022-tr-consent/", "2024-01-23"),
        ("sources/event~se2022-tr-consent~0/", "2024-01-23"),
    ],
)
def test_thing_exists_from_the_day_it_did(reader: Reader, path: str, first: str) -> None:
    before = date.fromisoformat(first) - timedelta(days=1)

    assert reader.fetch(f"{path}?as_of={first}").status_code == 200
    refused = reader.fetch(f"{path}?as_of={before}")
    never = reader.fetch(f"events/never-was/?as_of={before}")
    assert (refused.status_code, refused.json()["detail"]) == (404, never.json()["detail"])


def test_nobody_is_an_aspirant_before_an_act_that_says_so(reader: Reader) -> None:
    aspirants = reader.data("accessions/?as_of=1990-01-01&status=aspirant&fields=code")

    assert aspirants == []
    assert [row["code"] for row in reader.data("accessions/?as_of=1994-12-31&status=aspirant")] == []


def test_what_may_have_happened_has_its_first_day_and_no_last(reader: Reader) -> None:
    [row] = [
        row for row in reader.walk("events/?as_of=2022-09-15&accession=SWE&limit=200") if row["state"] == "unknown"
    ][:1]

    assert row["latest"] is None
    assert row["earliest"] <= "2022-09-15"
    assert row["date"] == f"{row['earliest']}/.."


def test_hindsight_is_given_to_who_asks_and_only_under_its_name(reader: Reader) -> None:
    plain = reader.data("accessions/SWE/?as_of=2023-10-30")
    asked = reader.data("accessions/SWE/?as_of=2023-10-30&include=later")

    later = asked.pop("later")
    assert asked == plain
    assert plain["milestones"]["acceded"]["date"] is None
    assert later["milestones"]["acceded"]["date"] == "2024-03-07"
    assert later["milestones"].keys() == {"in_force", "acceded"}


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("states/SWE/", "member_since", "2024-03-07"),
        ("events/nat1949-be-consent/", "sources", "1949-07-23"),
        ("commitments/mk-gr-interim-accord/", "sources", "2011-12-05"),
    ],
)
def test_hindsight_of_a_document(reader: Reader, path: str, name: str, value: str) -> None:
    day = {"states": "2023-10-30", "events": "1949-07-01", "commitments": "1999-03-12"}[path.split("/")[0]]
    later = reader.data(f"{path}?as_of={day}&include=later")["later"]

    assert value in str(later[name])


def test_events_of_later_days_stand_apart_in_a_list(reader: Reader) -> None:
    path = "events/?as_of=2023-10-30&accession=SWE&kind=consent&limit=200"
    asked = reader.fetch(f"{path}&state=reached,unknown,not_reached&include=later").json()

    assert {row["key"] for row in asked["data"]} == {row["key"] for row in reader.data(path)}
    assert {row["state"] for row in asked["later"]} == {"not_reached"}
    assert "se2022-tr-consent" in {row["key"] for row in asked["later"]}
    assert reader.fetch(f"{path}&state=not_reached").json()["errors"][0]["parameter"] == "state"


def test_allies_of_later_days_stand_apart_in_a_list(reader: Reader) -> None:
    path = "ratifications/?as_of=2023-03-01&accession=SWE&required=false"

    assert [row["key"] for row in reader.fetch(f"{path}&include=later").json()["later"]] == ["SWE/FIN"]
    assert reader.fetch(path).json()["errors"][0]["parameter"] == "required"


@pytest.mark.parametrize(
    ("now", "day", "status"),
    [
        ("2026-03-01T09:59:59Z", "2026-03-02", 400),
        ("2026-03-01T10:00:00Z", "2026-03-02", 200),
        ("2026-03-01T10:00:00Z", "2026-03-03", 400),
        ("2026-03-01T23:59:59Z", "2026-03-03", 400),
    ],
)
def test_day_is_told_of_from_its_beginning_somewhere_on_earth(reader: Reader, now: str, day: str, status: int) -> None:
    with time_machine.travel(datetime.fromisoformat(now).astimezone(UTC)):
        assert reader.fetch(f"states/?as_of={day}").status_code == status


def test_dates_of_sources_and_names_are_read_as_they_are_meant(reader: Reader) -> None:
    turkey = reader.data("states/TUR/?as_of=2022-05-31")
    english = [name for name in turkey["dated_names"] if name["language"] == "en"]

    assert turkey["name"] == "Turkey"
    assert [(name["text"], name["until"]) for name in english] == [("Turkey", None)]
    assert all(
        (PartialDate.parse(source["published"]).earliest or date.min) <= date(2022, 5, 31)
        for source in turkey["sources"]
        if source["published"]
    )
