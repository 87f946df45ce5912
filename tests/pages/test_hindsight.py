"""As of a day nothing from later: no date, no year, no event, on any kind of page, outside of what says so.

The tests know no field of any fact: they read what a page says, as a reader does.
"""

import calendar
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import html

from tracker.domain.dates import PartialDate
from tracker.domain.vocabulary import Milestone, Reached, Stage
from tracker.readmodel import Edition, State, open_newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

DAYS = [
    "1949-04-04", "1950-06-25", "1951-11-01", "1952-02-18", "1954-10-23", "1954-12-31", "1955-05-06", "1966-03-10",
    "1974-08-15", "1982-05-30", "1990-01-01", "1994-02-08", "1995-12-31", "1997-12-16", "1998-05-01", "1999-03-12",
    "2002-11-15", "2004-03-29", "2006-12-31", "2008-10-01", "2009-04-01", "2012-03-09", "2016-06-01", "2017-06-05",
    "2019-02-10", "2020-03-27", "2022-07-12", "2023-03-31", "2023-10-30", "2024-03-06",
]  # fmt: skip
# What says of itself that it is from later, or tells of this site and not of the world.
LABELLED = "details.later, [data-clock], .date-control, .time-band, .take-away, .page-foot, form.filters, script, style"
MONTHS = [calendar.month_name[number] for number in range(1, 13)]
DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b")
MONTH = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{4}})\b")
ISO = re.compile(r"\b((?:19|20)\d{2})-(0[1-9]|1[0-2])(?:-([0-3]\d))?\b")
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
READ_ALOUD = ("alt", "title", "aria-label", "content", "datetime", "value", "data-sort", "data-label")


def addresses_of(edition: Edition) -> dict[str, list[str]]:
    """The pages about what is on record, by kind."""
    return {
        "fixed": ["/", "/accessions/", "/states/", "/commitments/", "/events/", "/changes/", "/compare/"],
        "accession": [f"/accessions/{code}/" for code in edition.accessions],
        "embed": [f"/accessions/{code}/embed/" for code in edition.accessions],
        "ratification": [f"/accessions/{key}/" for key in sorted(edition.state.ratifications)],
        "state": [f"/states/{code}/" for code in sorted(edition.states)],
        "commitment": [f"/commitments/{key}/" for key in sorted(edition.state.commitments)],
        "event": [f"/events/{key}/" for key in sorted(edition.state.events)],
    }


def walk(edition: Edition) -> Iterator[tuple[str, date]]:
    """The fixed pages on every day, and of each other kind some on each day, others on the next."""
    by_kind = addresses_of(edition)
    for number, day in enumerate(map(date.fromisoformat, DAYS)):
        yield from ((address, day) for address in by_kind["fixed"])
        for kind, addresses in by_kind.items():
            step = max(1, len(addresses) // 4)
            if kind != "fixed":
                yield from ((address, day) for address in addresses[number * 7 % step :: step])


def words_on(page: html.HtmlElement) -> Iterator[str]:
    """Everything that is read or read aloud on the page, but for what is labelled."""
    for labelled in page.cssselect(LABELLED):
        labelled.drop_tree()
    for element in page.iter():
        if isinstance(element.tag, str):
            yield from (element.get(name) for name in READ_ALOUD if element.get(name) and not is_address(element, name))
            yield from (text for text in (element.text, element.tail) if text)


def is_address(element: html.HtmlElement, name: str) -> bool:
    """Whether the attribute holds the address of something."""
    return bool(name == "content" and (element.get("property") or "").endswith((":url", ":image")))


def days_in(text: str) -> Iterator[date]:
    """The days that the text names, each by the first that it can mean."""
    for found in DAY.finditer(text):
        yield date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    text = DAY.sub(" ", text)
    for found in ISO.finditer(text):
        yield date(int(found[1]), int(found[2]), int(found[3] or 1))
    text = ISO.sub(" ", text)
    for found in MONTH.finditer(text):
        yield date(int(found[2]), MONTHS.index(found[1]) + 1, 1)
    yield from (date(int(found[0]), 1, 1) for found in YEAR.finditer(MONTH.sub(" ", text)))


def later_events(page: html.HtmlElement, edition: Edition, day: date) -> list[str]:
    """The events of after the day that the page leads to."""
    keys = [address.split("/")[2] for address in page.xpath("//a/@href") if address.startswith("/events/")]
    events = [event for key in keys if key and key[0] != "?" and (event := edition.event(key))]
    return [event.key for event in events if not event.has_happened_by(day)]


def leaks_of(body: bytes, edition: Edition, day: date) -> list[str]:
    """What the page tells from after the day."""
    page = html.fromstring(body)
    words = [text for text in words_on(page) if any(named > day for named in days_in(text))]
    return [*words, *later_events(page, edition, day)]


@pytest.mark.long
def test_no_page_as_of_a_day_tells_of_a_later_day_or_event(client: Client) -> None:
    edition = open_newest()
    leaks = {}

    for address, day in walk(edition):
        answer = client.get(address, {"as_of": day.isoformat()})
        assert answer.status_code == 200, (address, day)
        if found := leaks_of(answer.content, edition, day):
            leaks[f"{address}?as_of={day}"] = found

    assert leaks == {}


def without_later(state: State, day: date) -> State:
    """The record without anything that happened after the day."""
    events = {key: row for key, row in state.events.items() if may_be_by(row["date"], day)}
    claims = {key: row for key, row in state.assessments.items() if may_be_by(row["date"], day)}
    commitments = {
        key: row for key, row in state.commitments.items() if may_be_by(row["stems_from"]["date"] or "1949", day)
    }
    return replace(state, events=events, assessments=claims, commitments=commitments)


def may_be_by(text: str, day: date) -> bool:
    """Whether a date may have come by the day."""
    return PartialDate.parse(text).by(day) is not Reached.NOT_REACHED


def states_of(edition: Edition, day: date) -> object:
    """What is said of every stage of every ally, without the days."""
    return {
        code: (
            standing.is_on_record,
            {milestone: standing.by(milestone) for milestone in Milestone if standing.on(milestone).is_seen},
            {(one.ally, stage): one.by(stage) for one in standing.required for stage in Stage},
        )
        for code, standing in edition.standings(day).items()
    }


def pairs_of(edition: Edition, count: int) -> list[tuple[str, date]]:
    """So many pages, of all kinds alike, each on a drawn day; the same at every run."""
    draw = random.Random(1949)  # noqa: S311
    kinds = addresses_of(edition)
    first, last = date(1949, 4, 4).toordinal(), date(2024, 3, 8).toordinal()
    return [
        (draw.choice(kinds[draw.choice(sorted(kinds))]), date.fromordinal(draw.randint(first, last)))
        for _ in range(count)
    ]


def text_of(body: bytes) -> str:
    """All that the page says of the world; the entries of the log, which is not cut off, are left out."""
    page = html.fromstring(body)
    for log in page.cssselect("ol.log"):
        log.drop_tree()
    return " ".join(" ".join(words_on(page)).split())


@pytest.mark.long
def test_page_as_of_a_day_is_what_it_was_before_anything_later_was_on_record(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = open_newest()
    compared, differing = 0, []

    for address, day in pairs_of(today, 120):
        then = Edition(without_later(today.state, day))
        texts = []
        for edition in (today, then):
            monkeypatch.setattr("tracker.readmodel.clock.open_edition", lambda *_, shown=edition: shown)
            cache.clear()
            answer = client.get(address, {"as_of": day.isoformat()})
            texts.append(text_of(answer.content) if answer.status_code == 200 else "")
        if texts[1] and states_of(today, day) == states_of(then, day):
            compared += 1
            differing += [f"{address}?as_of={day}"] if texts[0] != texts[1] else []

    assert compared >= 60
    assert differing == []
