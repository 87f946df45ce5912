"""One log, many channels: the same entries arrive by each, and each story is told once, late, and in the open."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given, settings
from icalendar import Calendar
from lxml import etree

from tests.channels.conftest import Time
from tests.channels.everywhere import Follower
from tests.channels.test_filter import FILTERS
from tests.clock import CLOCK
from tests.facts import begin, claim, commitment, consent, event, record_event, rectify_event, retract_event
from tracker.actions import log_transaction, record_assessments, record_commitment
from tracker.channels import stream
from tracker.channels.items import Item, items_of
from tracker.channels.preview import preview
from tracker.channels.sent.reading import current_clock
from tracker.exchange.dataset import load_dataset, read_dataset
from tracker.language.words import say_day
from tracker.models import LogHead, Subscription
from tracker.readmodel.log.filtering import LogFilter

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PLAN: dict[str, Any] = {"planned": True, "announced": "2024-02-20"}
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"


@pytest.fixture
def follower(client: Client, time: Time) -> Follower:
    """Follows Hungary by every channel, from now on."""
    begin()
    follower = Follower(client, time, LogFilter.read({"ally": "HUN"}))
    follower.begin()
    return follower


@pytest.fixture
def record() -> None:
    """Something for every part of the filter."""
    begin(consent())
    with log_transaction() as log:
        record_commitment(log, commitment())
        record_assessments(log, [("stop-support", claim())])
    record_event(event("se-all", "statement", "TUR", "2023-01-03", title="Together", also=["HUN"]), by=None)
    record_event(event("fi-hun-visit", "statement", "HUN", "2023-01-01", "FIN", title="No support"), by=None)
    record_event(event("se-plan", "deposited", "TUR", "2190-01-01", **PLAN), by=None)
    rectify_event("se-hun-consent", consent(title="A better title"), reason="Title.", by=None, notify=False)
    rectify_event("se-hun-consent", consent(date="2024-02-27"), reason="Wrong day.", by=None)
    record_event(event("hun-visit", "statement", "HUN", "2023-01-02", title="No support"), by=None)
    retract_event("hun-visit", reason="It was another.", by=None)


def expected(wanted: LogFilter, after: int = 0) -> list[Item]:
    """What the log has for the filter, oldest first."""
    return items_of(stream.after(after, wanted, LogHead.objects.get().position), current_clock())


@pytest.mark.usefixtures("record")
@pytest.mark.timeout(600)
@settings(max_examples=50, deadline=None)
@given(wanted=FILTERS)
def test_for_any_filter_the_same_entries_arrive_by_every_channel(wanted: LogFilter) -> None:
    Subscription.objects.all().delete()
    follower = Follower(Client(), Time(), wanted)
    follower.begin()
    follower.from_the_beginning()
    follower.deliver()

    items = expected(wanted)

    keys, titles = [item.key for item in items], [item.title for item in items]
    assert follower.sent() == {"webhook": keys, "push": keys, "chat": titles, "mail": titles, "account": titles}
    promised = preview(wanted, current_clock(), "")
    assert follower.fetched() == {"atom": keys[::-1], "json feed": keys[::-1], "preview": keys[::-1][:20]}
    assert promised.count == len(items)
    positions = [item.position for item in reversed(items)]
    assert follower.on_the_log() == {"api": positions, "page": positions[:50]}
    # A calendar has the events themselves: each that the filter tells of, once, however often it was put right.
    assert follower.in_the_calendar() == sorted({item.event for item in items if item.type == "event.recorded"})


def test_an_act_of_ten_days_ago_comes_first_once_and_is_called_late(follower: Follower) -> None:
    before = LogHead.objects.get().position
    record_event(consent(date="2024-02-26"), by=None)
    follower.deliver()
    follower.deliver()

    items = expected(follower.wanted, before)
    keys = [item.key for item in items]

    assert len(items) >= 2
    assert follower.sent() == {
        "webhook": keys,
        "push": keys,
        **{channel: [item.title for item in items] for channel in ("chat", "mail", "account")},
    }
    assert [names[: len(keys)] for names in follower.fetched().values()] == [keys[::-1]] * 3
    recorded = next(item for item in items if item.type == "event.recorded")
    today = f"Late: recorded on {say_day(CLOCK.day)}"
    assert recorded.note.startswith(f"{today}, {(CLOCK.day - date(2024, 2, 26)).days} days after it happened.")
    assert [one["data"]["late"] for one in follower.webhooks()] == [True] * len(items)
    for told in (*follower.chats(), *(one["body"] for one in follower.pushed()), str(mail.outbox[0].body)):
        assert today in told
    assert "recorded late" in follower.get("/changes/").content.decode().lower()


def test_the_same_dataset_again_tells_nobody_anything(shipped: None, client: Client, time: Time) -> None:
    follower = Follower(client, time, LogFilter())
    follower.begin()
    paths = ("/feed.atom", "/feed.json", "/calendar.ics")
    before = [follower.get(path) for path in paths]

    load_dataset(read_dataset())
    follower.deliver()

    assert not any(follower.sent().values())
    for path, document in zip(paths, before, strict=True):
        assert follower.get(path).content == document.content
        assert client.get(path, headers={"if-none-match": document.headers["ETag"]}).status_code == 304


def test_a_correction_reaches_everybody_who_had_the_mistake(follower: Follower) -> None:
    record_event(consent(), by=None)
    follower.deliver()
    [mistaken] = [one["data"]["id"] for one in follower.webhooks() if one["type"] == "event.recorded"]
    uid, was = "se-hun-consent@localhost", _calendar(follower)["se-hun-consent@localhost"]

    rectify_event("se-hun-consent", consent(date="2024-02-27"), reason="Wrong day.", by=None)
    follower.deliver()

    [corrected] = [one["data"] for one in follower.webhooks() if one["type"] == "event.rectified"]
    assert corrected["replaces"] == mistaken
    feed = etree.fromstring(follower.get("/feed.atom").content)
    [tombstone] = feed.iter(TOMBSTONE)
    assert (tombstone.get("ref"), corrected["id"] in feed.xpath("//*[local-name()='id']/text()")) == (mistaken, True)
    now = _calendar(follower)[uid]
    assert (was[0], now[0]) == (date(2024, 2, 26), date(2024, 2, 27))
    assert now[1] == was[1] + 1
    told = str(mail.outbox[-1].body)
    assert "Correction no. 1. Wrong day." in told
    assert "27 February 2024" in told
    assert any("Correction no. 1" in one["body"] for one in follower.pushed())
    assert any("Correction no. 1" in text for text in follower.chats())


def test_a_plan_that_is_postponed_and_held_is_one_entry_that_moves(follower: Follower) -> None:
    record_event(consent())
    record_event(event("plan", "deposited", "HUN", "2024-03-02", **PLAN))
    record_event(event("next", "deposited", "HUN", "2024-03-09", follows="plan", **PLAN))
    follower.deliver()
    postponed = _calendar(follower, "deposited")

    record_event(event("act", "deposited", "HUN", "2024-03-09", follows="next"))
    follower.deliver()

    held = _calendar(follower, "deposited")
    assert postponed == {"plan@localhost": (date(2024, 3, 9), 1, "TENTATIVE")}
    assert held == {"plan@localhost": (date(2024, 3, 9), 2, "CONFIRMED")}
    told = [one["data"]["event"] for one in follower.webhooks() if one["type"] == "event.recorded"]
    assert told == ["se-hun-consent", "plan", "next", "act"]


def _calendar(follower: Follower, kind: str = "consent") -> dict[str, tuple[Any, ...]]:
    """Day, sequence and status of each entry."""
    document = follower.client.get(f"/calendar.ics?{follower.wanted.query}&kind={kind}").content
    return {
        str(entry["uid"]): (entry.decoded("dtstart"), int(str(entry["sequence"])), str(entry["status"]))
        for entry in Calendar.from_ical(document).walk("VEVENT")
    }
