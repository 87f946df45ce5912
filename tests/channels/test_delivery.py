"""Telling subscribers: in order, at least once, nobody held up by another, and nothing for whom nothing concerns."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook

from tests.channels.conftest import LOOPBACK, Subscribing, Time
from tests.channels.receivers import Receiver
from tests.channels.test_filter import FILTERS
from tests.facts import begin, consent, event, record_event, rectify_event
from tracker.channels import stream
from tracker.channels.sent import subscriptions
from tracker.channels.sent.claims import Claims
from tracker.channels.sent.delivery import LEASE, Deliverer
from tracker.channels.sent.fan_out import fan_out, next_digest
from tracker.channels.sent.outbound import Answer, Sender
from tracker.channels.sent.webhooks import new_secret, sign
from tracker.domain.subscribing import Channel, Extent, Rhythm, Shape
from tracker.models import ChannelSwitch, LogHead, Subscription
from tracker.readmodel.log.filtering import LogFilter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record() -> None:
    """Four allies and Sweden's protocol."""
    begin()


def head() -> int:
    """The last position of the log."""
    return LogHead.objects.get().position


def positions(receiver: Receiver) -> list[int]:
    """Of what entries the receiver was told, in the order of arrival."""
    return [document["data"]["position"] for document in receiver.documents]


def expected(subscription: Subscription, after: int) -> list[int]:
    """What the log has for the filter after that position."""
    wanted = LogFilter.read(dict(pair.split("=") for pair in subscription.query.split("&") if pair))
    return [entry.position for entry in stream.after(after, wanted, head())]


def test_a_new_entry_arrives_once_in_order_and_late_is_said(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver
) -> None:
    subscription = subscribe(Channel.WEBHOOK, receiver.url)
    begun = subscription.position
    record_event(consent(date="2024-02-26"), by=None)

    deliverer.run()
    deliverer.run()

    assert positions(receiver) == list(range(begun + 1, head() + 1))
    told = next(one for one in receiver.documents if one["type"] == "event.recorded")
    assert (told["data"]["late"], told["data"]["date"], told["data"]["event"]) == (True, "2024-02-26", "se-hun-consent")


def test_what_was_there_before_is_not_told(subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver) -> None:
    subscribe(Channel.WEBHOOK, receiver.url)

    deliverer.run()

    assert receiver.messages == []


def test_the_reference_library_verifies_each_message_also_in_another_time_zone(
    subscribe: Subscribing, receiver: Receiver, time: Time
) -> None:
    subscription = subscribe(Channel.WEBHOOK, receiver.url, extent=Extent.FULL)
    time.now = datetime.now(UTC).astimezone(timezone(timedelta(hours=2)))
    record_event(consent(), by=None)

    Deliverer(LOOPBACK, time, threads=1).run()

    for headers, body in receiver.messages:
        assert Webhook(subscription.secret).verify(body, headers)
    assert receiver.documents[0]["data"]["payload"]["event"]["key"] == "se-hun-consent"


def test_two_secrets_sign_while_one_is_changed_and_one_afterwards(subscribe: Subscribing, time: Time) -> None:
    subscription = subscribe(Channel.WEBHOOK, "https://example.org/hook")
    before = subscription.secret
    subscriptions.rotate(subscription, time())
    subscription.refresh_from_db()
    both = sign(subscription, "msg_1", b"{}", time())["webhook-signature"].split()
    time.passes(days=8)
    subscriptions.prune(time())

    later = sign(Subscription.objects.get(), "msg_1", b"{}", time())["webhook-signature"].split()

    assert len(both) == 2
    assert len(later) == 1
    assert (subscription.secret_before, subscription.secret != before) == (before, True)


def test_a_failure_is_tried_again_later_and_nothing_is_skipped(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver, time: Time
) -> None:
    subscription = subscribe(Channel.WEBHOOK, receiver.url)
    record_event(consent(), by=None)
    receiver.status = 500
    deliverer.run()
    deliverer.run()
    failed = len(receiver.messages)
    receiver.status = 200
    time.passes(hours=1)

    deliverer.run()

    assert failed == 1
    assert positions(receiver)[failed:] == expected(subscription, subscription.position)
    assert len({headers["webhook-id"] for headers, _body in receiver.messages[:2]}) == 1


def test_somebody_whom_nothing_concerns_is_not_touched(subscribe: Subscribing, time: Time) -> None:
    quiet = subscribe(Channel.WEBHOOK, "https://quiet.example.org/", query={"accession": "FIN"})
    before = Subscription.objects.filter(pk=quiet.pk).values().get()
    record_event(consent(), by=None)

    fan_out(time())

    assert Subscription.objects.filter(pk=quiet.pk).values().get() == before
    assert not Subscription.objects.due(time()).exists()


def test_queries_grow_with_filters_that_are_concerned_and_not_with_subscribers(
    subscribe: Subscribing, time: Time
) -> None:
    def cost(key: str) -> int:
        record_event(event(key, "statement", "HUN", "2023-01-01"), by=None)
        with CaptureQueriesContext(connection) as counted:
            fan_out(time())
        return len(counted)

    subscribe(Channel.WEBHOOK, "https://example.org/0", query={"accession": "SWE"})
    fan_out(time())
    one = cost("first")
    for number in range(20):
        subscribe(Channel.WEBHOOK, f"https://example.org/{number + 1}", query={"accession": "SWE"})

    assert cost("second") == one


def test_a_rectification_reaches_who_had_the_mistake(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver
) -> None:
    subscribe(Channel.WEBHOOK, receiver.url, query={"ally": "HUN"})
    record_event(consent(), by=None)
    deliverer.run()
    [was] = [one["data"]["id"] for one in receiver.documents if one["type"] == "event.recorded"]

    rectify_event("se-hun-consent", consent(date="2024-02-27"), reason="Wrong day.", by=None)
    deliverer.run()

    [corrected] = [one for one in receiver.documents if one["type"] == "event.rectified"]
    assert corrected["data"]["replaces"] == was


def test_the_same_fact_again_tells_nobody(subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver) -> None:
    subscribe(Channel.WEBHOOK, receiver.url)
    record_event(consent(), by=None)
    deliverer.run()
    arrived = len(receiver.messages)

    record_event(consent(), by=None)
    deliverer.run()

    assert len(receiver.messages) == arrived


def test_entries_are_sent_again_from_a_position(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver, time: Time
) -> None:
    subscription = subscribe(Channel.WEBHOOK, receiver.url)
    record_event(consent(), by=None)
    deliverer.run()
    first = list(receiver.messages)

    subscriptions.send_again(subscription, subscription.position, None, time())
    deliverer.run()

    again = receiver.messages[len(first) :]
    assert [headers["webhook-id"] for headers, _ in again] == [headers["webhook-id"] for headers, _ in first]


def test_a_stretch_is_sent_again_and_then_what_is_new(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver, time: Time
) -> None:
    subscription = subscribe(Channel.WEBHOOK, receiver.url)
    for number in range(4):
        record_event(event(f"statement-{number}", "statement", "HUN", "2023-01-01"), by=None)
    deliverer.run()
    first, reached = positions(receiver), head()
    receiver.messages.clear()
    subscription.refresh_from_db()

    subscriptions.send_again(subscription, first[1], first[2], time())
    record_event(event("new", "statement", "HUN", "2023-01-01"), by=None)
    deliverer.run()
    deliverer.run()

    assert positions(receiver) == [first[2], *range(reached + 1, head() + 1)]
    assert (Subscription.objects.get().again_to, Subscription.objects.get().go_on_from) == (None, None)


def test_asking_for_a_second_stretch_does_not_forget_how_far_it_was(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver, time: Time
) -> None:
    subscribe(Channel.WEBHOOK, receiver.url)
    for number in range(5):
        record_event(event(f"statement-{number}", "statement", "HUN", "2023-01-01"), by=None)
    deliverer.run()
    first = positions(receiver)
    receiver.messages.clear()
    for until in (first[3], first[1]):
        subscriptions.send_again(Subscription.objects.get(), first[0], until, time())

    deliverer.run()

    assert positions(receiver) == [first[1]]
    assert Subscription.objects.get().position == first[-1]


def test_a_turn_whose_lease_ran_out_notes_nothing(subscribe: Subscribing, deliverer: Deliverer, time: Time) -> None:
    subscription = subscribe(Channel.WEBHOOK, "https://example.org/")
    record_event(consent(), by=None)
    fan_out(time())
    [ours] = Claims(time, LEASE).claim()
    time.passes(hours=1)
    [theirs] = Claims(time, LEASE).claim()

    deliverer._fail(ours, "late")

    subscription.refresh_from_db()
    assert (subscription.leased_until, subscription.attempts) == (theirs.leased_until, 0)


@settings(max_examples=12, deadline=None)
@given(wanted=FILTERS, count=st.integers(1, 3))
def test_what_the_preview_promises_is_what_every_channel_brings(wanted: LogFilter, count: int) -> None:
    time = Time()
    Subscription.objects.all().delete()
    sent: list[str] = []
    wish = subscriptions.Wish(Channel.WEBHOOK, "https://example.org/", wanted)
    subscription = subscriptions.ask(wish, time())
    subscriptions.confirm(subscription, time(), subscriptions.code_of(subscription))
    begun = head()
    for number in range(count):
        record_event(event(f"e-{begun}-{number}", "statement", "HUN", "2023-01-01", title="No support"), by=None)

    class Remembering(Sender):
        def post(self, url: str, body: bytes, headers: Any) -> Answer:
            sent.append(headers["webhook-id"])
            return Answer(arrived=True, detail="status 200", status=200)

    Deliverer(Remembering(), time, threads=1).run()

    assert [int(name.rpartition("_")[2]) for name in sent] == [
        entry.position for entry in stream.after(begun, wanted, head())
    ]


class TestMail:
    """News by mail."""

    def test_at_once_is_one_mail_with_all_that_is_new_in_the_readers_language(
        self, subscribe: Subscribing, deliverer: Deliverer
    ) -> None:
        subscribe(Channel.MAIL, "reader@example.org", language="fr", query={"ally": "HUN"})
        record_event(consent(), by=None)

        deliverer.run()

        [sent] = mail.outbox
        assert sent.to == ["reader@example.org"]
        assert "26\xa0février 2024" in sent.body
        assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert isinstance(sent, EmailMultiAlternatives)
        assert str(sent.alternatives[0][0]).count("<li>") == sent.body.count("\n* ") + 1

    def test_a_digest_waits_for_eight_in_the_readers_own_time(
        self, subscribe: Subscribing, deliverer: Deliverer, time: Time
    ) -> None:
        subscribe(Channel.MAIL, "reader@example.org", rhythm=Rhythm.DAILY, time_zone="Asia/Tokyo")
        record_event(consent(), by=None)
        deliverer.run()
        waiting = len(mail.outbox)
        time.now = datetime(2031, 3, 4, 23, 0, tzinfo=UTC)
        record_event(event("another", "statement", "HUN", "2023-01-01"), by=None)

        deliverer.run()

        assert (waiting, len(mail.outbox)) == (0, 1)
        assert "another" in mail.outbox[0].body

    def test_a_mail_server_that_is_away_loses_nothing(
        self, subscribe: Subscribing, deliverer: Deliverer, time: Time, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        subscribe(Channel.MAIL, "reader@example.org")
        record_event(consent(), by=None)
        with monkeypatch.context() as away:
            away.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _refuse)
            deliverer.run()
        time.passes(minutes=1)

        deliverer.run()

        assert len(mail.outbox) == 1


def _refuse(*args: Any) -> None:
    raise ConnectionRefusedError


@pytest.mark.parametrize(
    ("rhythm", "now", "then"),
    [
        (Rhythm.DAILY, "2031-03-04T06:59", "2031-03-04T07:00"),
        (Rhythm.DAILY, "2031-03-04T07:00", "2031-03-05T07:00"),
        # The clocks go forward on 30 March: eight comes an hour earlier.
        (Rhythm.DAILY, "2031-03-29T12:00", "2031-03-30T06:00"),
        (Rhythm.WEEKLY, "2031-03-04T06:59", "2031-03-10T07:00"),
        (Rhythm.WEEKLY, "2031-03-10T06:59", "2031-03-10T07:00"),
        (Rhythm.WEEKLY, "2031-03-10T07:00", "2031-03-17T07:00"),
        (Rhythm.AT_ONCE, "2031-03-04T06:59", "2031-03-04T06:59"),
    ],
)
def test_digests_go_out_at_eight(rhythm: Rhythm, now: str, then: str) -> None:
    moment, due = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, then))

    assert next_digest(rhythm, "Europe/Stockholm", moment) == due


@pytest.mark.parametrize(
    ("shape", "title"),
    [
        (Shape.SLACK, "&lt;b&gt;A &amp; B&lt;/b&gt; @everyone"),
        (Shape.DISCORD, "'allowed_mentions': {'parse': []}"),
        (Shape.TEAMS, "<b>A & B</b> @everyone"),
        (Shape.MATTERMOST, "<b>A & B</b> @everyone](http"),
        (Shape.MATRIX, "&lt;b&gt;A &amp; B&lt;/b&gt; @everyone</a>"),
        (Shape.TELEGRAM, "&lt;b&gt;A &amp; B&lt;/b&gt; @everyone</a>"),
        (Shape.NTFY, "'topic': 'hook'"),
    ],
)
def test_chats_are_posted_in_their_own_form(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver, shape: Shape, title: str
) -> None:
    query = {"kind": "consent", "type": "event.recorded"}
    subscribe(Channel.WEBHOOK, f"{receiver.url}?chat_id=7", shape=shape, query=query)
    record_event(consent(title="<b>A & B</b> @everyone"), by=None)

    deliverer.run()

    [posted] = receiver.documents
    assert "26 February 2024" in str(posted)
    assert title in str(posted)


def test_a_paused_channel_keeps_what_waits(subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver) -> None:
    subscribe(Channel.WEBHOOK, receiver.url)
    ChannelSwitch.objects.create(channel=Channel.WEBHOOK, is_paused=True)
    record_event(consent(), by=None)
    deliverer.run()
    paused = len(receiver.messages)
    ChannelSwitch.objects.update(is_paused=False)

    deliverer.run()

    assert paused == 0
    assert receiver.messages


def test_a_secret_is_one_of_the_standard() -> None:
    assert Webhook(new_secret())
