"""Deliverers that are killed, cut off and disturbed: everybody is told of everything, in order, at least once."""

import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from redis import Redis

from tests.channels.receivers import Receiver, receiving
from tests.facts import begin, event, record_event
from tests.services.conftest import RedisServer
from tests.services.processes import running, wait_for
from tests.services.test_workers import command_of, ping, wake
from tracker.channels.sent import subscriptions
from tracker.channels.sent.subscriptions import Wish, code_of
from tracker.domain.subscribing import Channel
from tracker.models import LogHead, Subscription
from tracker.readmodel.log.filtering import LogFilter

pytestmark = [
    pytest.mark.services("postgresql", "redis"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]

KILLS = 100
ENTRIES = 60
# Rounds of a disturbance each: PostgreSQL cut off, Redis emptied.
ROUNDS = 40


@pytest.fixture
def receivers() -> Iterator[list[Receiver]]:
    """Three programs that listen."""
    with ExitStack() as stack:
        yield [stack.enter_context(receiving()) for _ in range(3)]


def test_everybody_is_told_of_everything_in_order_whoever_is_killed(
    receivers: list[Receiver], deployment: dict[str, str], tmp_path: Path
) -> None:
    begin()
    now = timezone.now()
    for receiver in receivers:
        subscription = subscriptions.ask(Wish(Channel.WEBHOOK, receiver.url, LogFilter()), now)
        subscriptions.confirm(subscription, now, code_of(subscription))
    begun = LogHead.objects.get().position
    for number in range(ENTRIES):
        record_event(event(f"statement-{number}", "statement", "HUN", "2023-01-01"))
    expected = list(range(begun + 1, LogHead.objects.get().position + 1))

    command = ["tests.services.killed_deliverer", str(KILLS), "7"]
    with running(
        command, log=tmp_path / "log", environment=deployment | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    ) as process:
        assert process.wait(500) == 0, (tmp_path / "log").read_text()

    for receiver in receivers:
        told = [document["data"]["position"] for document in receiver.documents]
        # Twice is allowed, in vain is not; and what comes for the first time comes in order.
        assert list(dict.fromkeys(told)) == expected
        assert len(told) <= len(expected) + KILLS


def cut_connections() -> int:
    """Do to everybody else's connections what a restart of PostgreSQL does; to how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return len(cursor.fetchall())


def _cut_somebody() -> int:
    """Cut connections as soon as there are any, within a second; how many."""
    end = time.monotonic() + 1
    while time.monotonic() < end:
        if cut := cut_connections():
            return cut
        time.sleep(0.005)
    return 0


def test_nothing_is_lost_when_redis_is_emptied_and_postgresql_restarts(
    receivers: list[Receiver], deployment: dict[str, str], redis_server: RedisServer, tmp_path: Path
) -> None:
    begin()
    chance, now = random.Random(13), timezone.now()  # noqa: S311
    for receiver in receivers:
        subscription = subscriptions.ask(Wish(Channel.WEBHOOK, receiver.url, LogFilter()), now)
        subscriptions.confirm(subscription, now, code_of(subscription))
    begun = LogHead.objects.get().position
    environment = deployment | {"CHANNELS_OPENED": "127.0.0.1/32"}

    with running([*command_of("worker"), "--hostname=celery@test"], log=tmp_path / "log", environment=environment):
        wait_for(lambda: ping("celery@test", environment), what="the worker")
        cut = 0
        for number in range(ROUNDS):
            record_event(event(f"statement-{number}", "statement", "HUN", "2023-01-01"))
            wake(redis_server, "tracker.operations.jobs.deliver")
            time.sleep(chance.uniform(0, 0.1))
            if number % 2:
                with Redis(port=redis_server.port) as client:
                    client.flushall()
            else:
                cut += _cut_somebody()
        expected = list(range(begun + 1, LogHead.objects.get().position + 1))
        wait_for(lambda: _is_told(redis_server), what="the end of telling", pause=1)

    assert cut >= 3
    for receiver in receivers:
        told = [document["data"]["position"] for document in receiver.documents]
        assert list(dict.fromkeys(told)) == expected


def _is_told(redis_server: RedisServer) -> bool:
    """Whether nobody waits any more; leases and waits of the disturbed turns are over, as after some minutes."""
    Subscription.objects.waiting().update(leased_until=None, next_at=timezone.now())
    wake(redis_server, "tracker.operations.jobs.deliver")
    time.sleep(2)
    return not Subscription.objects.waiting().exists()
