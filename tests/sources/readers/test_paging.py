"""More than one page of results, and none: each open-data interface by its documented shape."""

import json
from typing import Any

import pytest

from tests.sources.conftest import PageOf
from tracker.sources.readers.base import NotUnderstood
from tracker.sources.readers.paging import left_out
from tracker.sources.registry import READERS, paging_of

TREATY = {"id": "x", "name": "Protocol", "commonsLayingDate": "2022-07-06T00:00:00", "parliamentaryConclusion": None}
ACTION = {"actionCode": "S05120", "actionDate": "2022-07-11", "type": "Floor", "text": "Considered.", "committee": None}
BILL = {"dok_id": "HA031", "doktyp": "prop", "rm": "2022/23", "beteckning": "1", "datum": "2023-03-08", "titel": "Nato"}
PROCEEDING = {"id": "1", "typ": "Vorgang", "titel": "Gesetz", "datum": "2022-07-15", "beratungsstand": "Verkündet"}
PROCESS = {"number": "1", "term": 10, "title": "Ustawa", "processStartDate": "2024-01-01", "documentDate": "2024-01-01"}


def uk(held: int, total: int) -> Any:
    items = [{"value": {**TREATY, "id": str(number)}, "links": []} for number in range(held)]
    return {"totalResults": total, "itemsPerPage": 20, "links": [], "items": items}


def us(held: int, total: int) -> Any:
    following = {"next": "https://api.congress.gov/v3/treaty/117/3/actions?offset=2"} if held < total else {}
    actions = [{**ACTION, "text": f"Considered {number}."} for number in range(held)]
    return {"actions": actions, "pagination": {"count": total, **following}, "request": {"format": "json"}}


def riksdag(held: int, total: int) -> Any:
    """An empty list has no documents at all, and every number is a text."""
    more = {"dokument": [{**BILL, "dok_id": f"HA03{number}"} for number in range(held)]} if held else {}
    following = {"@nasta_sida": "https://data.riksdagen.se/dokumentlista/?p=2"} if held < total else {}
    return {"dokumentlista": {"@traffar": str(total), "@sida": "1", "@sidor": "2", **following, **more}}


def dip(held: int, total: int) -> Any:
    documents = [{**PROCEEDING, "id": str(number)} for number in range(held)]
    return {"numFound": total, "documents": documents, "cursor": "AoJ4qLWvxIsDKlZ"}


LISTS = {"uk_treaties": uk, "us_congress": us, "riksdag": riksdag, "bundestag": dip}


def told(reader: str, page: Any) -> str:
    """What an operator hears of a source of which only that page was read."""
    return left_out(paging_of(reader, page, {}))


@pytest.mark.parametrize(
    ("reader", "following"),
    [
        ("uk_treaties", "https://example.org/data?Search=x&Skip=2"),
        ("us_congress", "https://api.congress.gov/v3/treaty/117/3/actions?offset=2"),
        ("riksdag", "https://data.riksdagen.se/dokumentlista/?p=2"),
        ("bundestag", "https://example.org/data?Search=x&cursor=AoJ4qLWvxIsDKlZ"),
    ],
)
def test_first_of_several_pages_says_where_it_goes_on(reader: str, following: str, page_of: PageOf) -> None:
    page = page_of(json.dumps(LISTS[reader](2, 53)).encode(), url="https://example.org/data?Search=x")

    assert len(READERS[reader].read(page, {})) == 2
    assert paging_of(reader, page, {}).following == following
    assert told(reader, page).startswith("2 of 53 results were read")


@pytest.mark.parametrize("reader", LISTS)
@pytest.mark.parametrize("total", [0, 2])
def test_only_page_leaves_nothing_out(reader: str, total: int, page_of: PageOf) -> None:
    page = page_of(json.dumps(LISTS[reader](total, total)).encode())

    assert len(READERS[reader].read(page, {})) == total
    assert paging_of(reader, page, {}).following == told(reader, page) == ""


def test_bundestag_when_its_mark_comes_back_is_at_its_end(page_of: PageOf) -> None:
    page = page_of(json.dumps(dip(2, 53)).encode(), url="https://example.org/data?cursor=AoJ4qLWvxIsDKlZ")

    assert paging_of("bundestag", page, {}).following == ""


@pytest.mark.parametrize(
    ("held", "query", "following"),
    [
        (0, "", ""),
        (49, "", ""),
        (50, "", "?offset=50"),
        (50, "?limit=100", ""),
        (5, "?limit=5&offset=5", "?limit=5&offset=10"),
    ],
)
def test_sejm_when_its_page_is_full_may_go_on(held: int, query: str, following: str, page_of: PageOf) -> None:
    body = json.dumps([{**PROCESS, "number": str(number)} for number in range(held)]).encode()
    address = "https://api.sejm.gov.pl/sejm/term10/processes"
    page = page_of(body, url=address + query)

    assert len(READERS["sejm"].read(page, {})) == held
    assert paging_of("sejm", page, {}).following == (address + following if following else "")
    assert bool(told("sejm", page)) is bool(following)


@pytest.mark.parametrize(
    ("reader", "sample"),
    [
        ("sejm", "sejm_process.json"), ("riksdag", "riksdag_status.json"), ("uk_treaties", "uk_treaties.json"),
        ("bundestag", "dip_vorgang.json"), ("us_congress", "us_actions.json"), ("json", "acts.json"),
    ],
)  # fmt: skip
def test_documents_that_are_whole_leave_nothing_out(reader: str, sample: str, page_of: PageOf) -> None:
    assert told(reader, page_of(sample)) == ""


def test_sejm_counts_anew_in_every_term(page_of: PageOf) -> None:
    body = [json.dumps([{**PROCESS, "term": term}]).encode() for term in (9, 10)]

    first, second = (READERS["sejm"].read(page_of(one), {})[0].fingerprint for one in body)

    assert first != second


@pytest.mark.parametrize(
    "day", ["2022-07-061", "2022-07-06 or later", "2022-07-06T", "2022-7-6", "06.07.2022", "20220706"]
)
def test_day_that_is_not_one_alone_is_not_guessed(day: str, page_of: PageOf) -> None:
    body = json.dumps({"actions": [{**ACTION, "actionDate": day}]}).encode()

    with pytest.raises(NotUnderstood, match="a date as YYYY-MM-DD"):
        READERS["us_congress"].read(page_of(body), {})


@pytest.mark.parametrize(
    "day",
    [
        "2022-07-06",
        "2022-07-06T00:00:00",
        "2022-07-06T10:00:00.123+02:00",
        "2022-07-06 10:00:00",
        "2022-07-06T00:00:00Z",
    ],
)
def test_day_with_a_time_is_that_day(day: str, page_of: PageOf) -> None:
    body = json.dumps({"actions": [{**ACTION, "actionDate": day}]}).encode()

    assert READERS["us_congress"].read(page_of(body), {})[0].published == "2022-07-06"


@pytest.mark.parametrize("words", ["NATO", [1], [""], {"NATO": 1}])
def test_words_that_are_no_list_of_words_are_not_guessed(words: object, page_of: PageOf) -> None:
    with pytest.raises(NotUnderstood, match="option words"):
        READERS["us_congress"].read(page_of("us_actions.json"), {"words": words})


@pytest.mark.parametrize("delimiter", ["", "ab", 5, "\n", '"'])
def test_csv_delimiter_that_is_none_is_not_understood(delimiter: object, page_of: PageOf) -> None:
    options = {"fields": {"id": "a", "title": "b"}, "language": "en", "delimiter": delimiter}

    with pytest.raises(NotUnderstood, match="option delimiter"):
        READERS["csv"].read(page_of(b"a;b\n1;2\n", "text/csv"), options)
