"""What the tests of channels share: a receiver, a sender that may reach it, and subscriptions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Any

import pytest

from tests.channels.receivers import Receiver, receiving
from tracker.channels.sent import subscriptions
from tracker.channels.sent.delivery import Deliverer
from tracker.channels.sent.outbound import Sender
from tracker.channels.sent.subscriptions import Wish, code_of
from tracker.domain.subscribing import Channel
from tracker.fetch.guard import Guard
from tracker.models import Subscription
from tracker.readmodel.log.filtering import LogFilter

LOOPBACK = Sender(Guard(opened=(ip_network("127.0.0.1/32"),)), total=3)
Subscribing = Callable[..., Subscription]


@dataclass
class Time:
    """A clock that a test moves."""

    now: datetime = field(default_factory=lambda: datetime(2031, 3, 4, 9, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        """Move on."""
        self.now += timedelta(**span)


@pytest.fixture
def time() -> Time:
    """What time it is."""
    return Time()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on loopback."""
    with receiving() as one:
        yield one


@pytest.fixture
def deliverer(time: Time) -> Deliverer:
    """Who tells; in this thread, since a test's transaction is of one thread."""
    return Deliverer(LOOPBACK, time, threads=1)


@pytest.fixture
def subscribe(time: Time) -> Subscribing:
    """A confirmed subscription to the filter."""

    def make(channel: Channel, address: str, *, query: dict[str, str] | None = None, **more: Any) -> Subscription:
        wish = Wish(channel, address, LogFilter.read(query or {}), **more)
        subscription = subscriptions.ask(wish, time())
        subscriptions.confirm(subscription, time(), code_of(subscription))
        subscription.refresh_from_db()
        return subscription

    return make
