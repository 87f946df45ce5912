"""Feeds and calendars: what they hold, that they have no gap, and what a correction does to them."""

import json
from datetime import date, timedelta
from typing import Any

import feedparser
import pytest
from django.test import Client
from icalendar import Calendar
from lxml import etree

from tests.facts import begin, consent, event, record_event, rectify_event, retract_event
from tracker.channels.fetched import feeds
from tracker.models import Change, LogHead

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


@pytest.fixture(autouse=True)
def record() -> None:
    """Four allies and Sweden's protocol."""
    begin()


def atom(client: Client, query: str = "") -> Any:
    """The Atom document as a feed reader understands it."""
    answer = client.get(f"/feed.atom{query}")
    assert answer.status_code == 200, answer.content
    return feedparser.parse(answer.content)


def json_feed(client: Client, query: str = "") -> Any:
    """The JSON document."""
    return json.loads(client.get(f"/feed.json{query}").content)


def test_an_old_act_recorded_now_comes_first_and_is_called_late(client: Client) -> None:
    record_event(consent(date="2024-02-26"), by=None)

    first = atom(client, "?kind=consent").entries[0]

    change = Change.objects.get(event="se-hun-consent", type="event.recorded")
    assert first.id == f"tag:localhost,2026:change:{change.position}"
    assert first.title == "26 February 2024: Recorded: se-hun-consent"
    assert first.updated == first.published == change.recorded_at.isoformat()
    assert first.summary.startswith("<p>Late: recorded on")


def test_both_forms_hold_the_same_entries_in_the_same_order(client: Client) -> None:
    record_event(consent(), by=None)

    assert [entry.id for entry in atom(client).entries] == [item["id"] for item in json_feed(client)["items"]]


def test_archives_and_the_newest_document_leave_no_gap_and_archives_never_change(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "ARCHIVE", 7)
    monkeypatch.setattr(feeds, "NEWEST", 2)
    before = client.get("/feed.atom?archive=0").content
    positions, address = [], "/feed.atom"
    while address:
        document = feedparser.parse(client.get(address).content)
        positions += [int(entry.id.rpartition(":")[2]) for entry in document.entries]
        address = next((link.href for link in document.feed.links if link.rel == "prev-archive"), "")

    record_event(consent(), by=None)

    assert sorted(set(positions)) == list(range(1, max(positions) + 1))
    assert client.get("/feed.atom?archive=0").content == before


def test_a_correction_leaves_a_tombstone_and_a_new_entry(client: Client) -> None:
    record_event(consent(), by=None)
    was = Change.objects.get(event="se-hun-consent", type="event.recorded").position
    rectify_event("se-hun-consent", consent(date="2024-02-27"), reason="Wrong day.", by=None)

    tree = etree.fromstring(client.get("/feed.atom?type=event.rectified").content)

    assert [one.get("ref") for one in tree.iter(TOMBSTONE)] == [f"tag:localhost,2026:change:{was}"]
    assert "Correction no. 1. Wrong day." in tree.findtext(f"{ATOM}entry/{ATOM}summary", "")
    assert json_feed(client, "?type=event.rectified")["items"][0]["_article10"]["replaces"].endswith(f":{was}")


def test_a_second_correction_puts_right_the_first(client: Client) -> None:
    record_event(consent(), by=None)
    first = rectify_event("se-hun-consent", consent(date="2024-02-27"), reason="Wrong day.", by=None)
    retract_event("se-hun-consent", reason="It was another.", by=None)

    newest, *_rest = json_feed(client, "?type=event.rectified")["items"]

    assert newest["_article10"]["replaces"].endswith(f":{first.position}")
    assert "withdrawn" in newest["content_text"]


def test_who_has_it_is_told_so_and_a_new_entry_is_told_at_once(client: Client) -> None:
    tag = client.get("/feed.atom").headers["ETag"]

    again = client.get("/feed.atom", headers={"if-none-match": tag})
    record_event(consent(), by=None)
    new = client.get("/feed.atom", headers={"if-none-match": tag})

    assert (again.status_code, again.headers["ETag"], again.content) == (304, tag, b"")
    assert new.status_code == 200


def test_nothing_is_asked_of_the_log_for_who_has_it(client: Client, django_assert_num_queries: Any) -> None:
    tag = client.get("/feed.atom").headers["ETag"]

    with django_assert_num_queries(1):
        client.get("/feed.atom", headers={"if-none-match": tag})


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json", "/calendar.ics"])
@pytest.mark.parametrize("query", ["colour=red", "kind=ratify", "archive=1", "alarm=soon"])
def test_what_means_nothing_is_refused_by_name(client: Client, path: str, query: str) -> None:
    answer = client.get(f"{path}?{query}")

    assert answer.status_code == 400
    assert query.partition("=")[0] in answer.content.decode()


def calendar(client: Client, query: str = "") -> dict[str, Any]:
    """The entries of the calendar by UID."""
    parsed = Calendar.from_ical(client.get(f"/calendar.ics{query}").content)
    return {str(entry["uid"]): entry for entry in parsed.walk("VEVENT")}


def test_an_act_is_a_whole_day_with_its_end_excluded(client: Client) -> None:
    record_event(consent(), by=None)

    entry = calendar(client, "?ally=HUN&kind=consent")["se-hun-consent@localhost"]

    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (date(2024, 2, 26), date(2024, 2, 27))
    assert (str(entry["status"]), int(entry["sequence"])) == ("CONFIRMED", 0)


def test_a_corrected_date_moves_the_entry_and_a_withdrawal_cancels_it(client: Client) -> None:
    record_event(consent(), by=None)
    rectify_event("se-hun-consent", consent(date="2024-02-27"), reason="Wrong day.", by=None)
    moved = calendar(client)["se-hun-consent@localhost"]
    retract_event("se-hun-consent", reason="It was another.", by=None)
    withdrawn = calendar(client)["se-hun-consent@localhost"]

    assert (moved.decoded("dtstart"), int(moved["sequence"])) == (date(2024, 2, 27), 1)
    assert (str(withdrawn["status"]), int(withdrawn["sequence"])) == ("CANCELLED", 2)


@pytest.mark.parametrize("when", ["2024-02", "2024", "2024-02-01/2024-02-10"])
def test_what_has_no_day_stands_on_none(client: Client, when: str) -> None:
    record_event(event("vague", "statement", "HUN", when), by=None)

    assert "vague@localhost" not in calendar(client)


def test_what_is_announced_is_tentative_and_rings_before(client: Client) -> None:
    record_event(event("planned", "statement", "HUN", "2190-03-01"), by=None)

    entry = calendar(client, "?only=plans&alarm=1d,2w")["planned@localhost"]

    assert str(entry["status"]) == "TENTATIVE"
    assert [alarm.decoded("trigger") for alarm in entry.walk("VALARM")] == [timedelta(days=-1), timedelta(days=-14)]


def test_the_log_ends_where_the_feed_says(client: Client) -> None:
    assert atom(client).entries[0].id == f"tag:localhost,2026:change:{LogHead.objects.get().position}"


PLAN: dict[str, Any] = {"planned": True, "announced": "2024-02-20"}


@pytest.mark.parametrize(
    ("more", "day", "status", "sequence"),
    [
        ([], "2024-03-02", "TENTATIVE", 0),
        ([event("next", "deposited", "HUN", "2024-03-09", follows="plan", **PLAN)], "2024-03-09", "TENTATIVE", 1),
        ([event("word", "plan_cancelled", "HUN", "2024-03-01", follows="plan")], "2024-03-02", "CANCELLED", 1),
        ([event("word", "plan_postponed", "HUN", "2024-03-01", follows="plan")], "2024-03-02", "CANCELLED", 1),
        ([event("act", "deposited", "HUN", "2024-03-02")], "2024-03-02", "CONFIRMED", 1),
        (
            [
                event("next", "deposited", "HUN", "2024-03-09", follows="plan", **PLAN),
                event("act", "deposited", "HUN", "2024-03-09", follows="next"),
            ],
            "2024-03-09",
            "CONFIRMED",
            2,
        ),
    ],
)
def test_a_plan_is_one_entry_that_moves_until_it_is_kept_or_ended(
    client: Client, more: list[Any], day: str, status: str, sequence: int
) -> None:
    for fact in (consent(), event("plan", "deposited", "HUN", "2024-03-02", **PLAN), *more):
        record_event(fact)

    entries = calendar(client, "?ally=HUN&kind=deposited")

    [entry] = entries.values()
    assert str(entry["uid"]) == "plan@localhost"
    told = (entry.decoded("dtstart").isoformat(), str(entry["status"]), int(entry["sequence"]))
    assert told == (day, status, sequence)
