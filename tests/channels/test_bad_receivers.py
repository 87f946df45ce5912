"""Receivers that misbehave: everything comes to them in the end, in order, and nobody else waits for it."""

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from tests.channels.conftest import LOOPBACK, Subscribing, Time
from tests.channels.receivers import Receiver, receiving
from tests.channels.test_delivery import expected, head, positions
from tests.facts import begin, consent, event, record_event
from tracker.channels.sent import subscriptions
from tracker.channels.sent.delivery import Deliverer
from tracker.channels.sent.outbound import Answer, Sender
from tracker.domain.subscribing import PATIENCE, Channel, SubscriptionState
from tracker.models import Delivery, Subscription


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    """Four allies and Sweden's protocol."""
    begin()


def test_a_day_of_faults_loses_nothing_and_changes_no_order(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver, time: Time
) -> None:
    subscription = subscribe(Channel.WEBHOOK, receiver.url)
    receiver.status = 500
    for hour in range(24):
        record_event(event(f"statement-{hour}", "statement", "HUN", "2023-01-01"), by=None)
        deliverer.run()
        time.passes(hours=1)
    tried = len(receiver.messages)
    receiver.status, receiver.messages = 200, []
    time.passes(days=1)

    deliverer.run()

    assert positions(receiver) == expected(subscription, subscription.position)
    # Less and less often, and each time the same entry.
    assert 5 <= tried <= 12
    told = Subscription.objects.get()
    assert (told.state, told.failing_since, told.attempts) == (SubscriptionState.ACTIVE, None, 0)


def test_one_that_hangs_is_left_after_a_while_and_told_later(
    subscribe: Subscribing, receiver: Receiver, time: Time
) -> None:
    deliverer = Deliverer(Sender(LOOPBACK.guard, total=0.3), time, threads=1)
    subscription = subscribe(Channel.WEBHOOK, receiver.url)
    receiver.hangs = True
    record_event(consent(), by=None)
    with receiving() as other:
        subscribe(Channel.WEBHOOK, other.url)
        record_event(event("another", "statement", "HUN", "2023-01-01"), by=None)
        deliverer.run()
        assert positions(other)[-1] == head()
    failed = Delivery.objects.filter(subscription=subscription)
    assert [one.detail for one in failed] == ["no answer in time"]
    receiver.hangs, receiver.messages = False, []
    time.passes(minutes=1)

    Deliverer(LOOPBACK, time, threads=1).run()

    assert positions(receiver) == expected(subscription, subscription.position)


@dataclass(frozen=True)
class Holding(Sender):
    """One receiver does not answer before all others were told of everything."""

    others: int = 0
    told: list[str] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    def post(self, url: str, body: bytes, headers: Any) -> Answer:
        """It arrived; that of the slow one at last."""
        if "slow" in url:
            # So long only where the others wait for it, which is the fault that is looked for.
            assert self.done.wait(60)
        else:
            self.told.append(url)
            if len(self.told) == self.others:
                self.done.set()
        return Answer(arrived=True, detail="status 200", status=200)


@pytest.mark.django_db(transaction=True)
def test_one_that_is_slow_delays_no_other(subscribe: Subscribing, time: Time) -> None:
    # More than are claimed by one look, so that others are claimed while the slow one is told.
    count = 45
    [subscribe(Channel.WEBHOOK, f"https://{'slow' if n == 0 else 'quick'}.example.org/{n}") for n in range(count)]
    record_event(consent(), by=None)
    told_each = head() - Subscription.objects.values_list("position", flat=True)[0]
    sender = Holding(others=(count - 1) * told_each)

    Deliverer(sender, time, threads=2).run()

    assert sender.done.is_set()
    assert not Subscription.objects.waiting().exists()


def test_who_is_slow_gives_way_to_others_in_the_middle_of_a_backlog(
    subscribe: Subscribing, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.channels.sent.delivery._TURN_SECONDS", -1)
    for name in ("first", "second"):
        subscribe(Channel.WEBHOOK, f"https://{name}.example.org/")
    for number in range(2):
        record_event(event(f"statement-{number}", "statement", "HUN", "2023-01-01"), by=None)
    sender = Holding()

    # Moments pass between two messages.
    class Passing(Time):
        def __call__(self) -> Any:
            self.passes(seconds=1)
            return self.now

    Deliverer(sender, Passing(time.now + timedelta(seconds=1)), threads=1).run()

    assert len(sender.told) >= 4
    assert sender.told[:4] == ["https://first.example.org/", "https://second.example.org/"] * 2


def test_a_redirect_into_a_private_network_is_not_followed(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver
) -> None:
    with receiving() as private:
        subscribe(Channel.WEBHOOK, receiver.url)
        receiver.status, receiver.headers = 307, {"Location": private.url}
        record_event(consent(), by=None)

        deliverer.run()

        assert private.messages == []
    assert (Delivery.objects.get().arrived, len(receiver.messages)) == (False, 1)


def test_who_fails_for_three_days_is_left_alone_and_the_owner_is_told(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver, time: Time
) -> None:
    subscription = subscribe(Channel.WEBHOOK, receiver.url, contact="owner@example.org")
    receiver.status = 500
    record_event(consent(), by=None)
    begun = time()
    while time() - begun <= PATIENCE + timedelta(days=2):
        deliverer.run()
        time.passes(hours=6)

    subscription.refresh_from_db()
    assert subscription.state == SubscriptionState.DISABLED
    assert [one.to for one in mail.outbox] == [["owner@example.org"]]
    assert len(receiver.messages) < 20


def test_gone_is_gone_at_once_and_nothing_is_lost_when_it_is_opened_again(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver, time: Time
) -> None:
    subscription = subscribe(Channel.WEBHOOK, receiver.url)
    receiver.status = 410
    record_event(consent(), by=None)
    deliverer.run()
    subscription.refresh_from_db()
    state = subscription.state
    receiver.status, receiver.messages = 200, []

    subscriptions.resume(subscription, time())
    deliverer.run()

    assert state == SubscriptionState.DISABLED
    assert positions(receiver) == expected(subscription, subscription.position)


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("http://127.0.0.1:1/hook", "no connection"),
        ("http://10.0.0.1/hook", "not sent to"),
        ("http://[::1]/hook", "not sent to"),
        ("http://169.254.169.254/latest", "not sent to"),
    ],
)
def test_what_cannot_be_reached_or_must_not_be_is_noted(
    subscribe: Subscribing, deliverer: Deliverer, address: str, detail: str
) -> None:
    subscribe(Channel.WEBHOOK, address)
    record_event(consent(), by=None)

    deliverer.run()

    assert detail in Delivery.objects.get().detail


def test_a_hundred_megabytes_in_answer_are_not_read(receiver: Receiver) -> None:
    receiver.body = b"x" * 100_000_000

    answer = LOOPBACK.post(receiver.url, b"{}", {})

    assert answer.arrived
    assert len(answer.body) <= 4096


def test_who_asks_to_wait_is_given_the_time(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver, time: Time
) -> None:
    subscription = subscribe(Channel.WEBHOOK, receiver.url)
    receiver.status, receiver.headers = 429, {"Retry-After": "7200"}
    record_event(consent(), by=None)

    deliverer.run()

    subscription.refresh_from_db()
    assert subscription.next_at == time() + timedelta(hours=2)


def test_what_a_receiver_says_of_its_failure_is_shown_and_bounded(
    subscribe: Subscribing, deliverer: Deliverer, receiver: Receiver
) -> None:
    subscribe(Channel.WEBHOOK, receiver.url)
    receiver.status, receiver.body = 400, b"no such\n channel\x1b[2J\xff " + b"x" * 1_000_000
    record_event(consent(), by=None)

    deliverer.run()

    detail = Delivery.objects.get().detail
    assert detail.startswith("status 400: no such channel[2J x")
    assert len(detail) <= 200
    # What a stranger writes is put into no mail of ours.
    assert Subscription.objects.get().last_error == "status 400"
