"""Deliverers that are killed, cut off and disturbed: everybody is told of everything, in order, at least once."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from redis import Redis

from tests.channels.receivers import Receiver, receiving
from tests.facts import begin, event, record_event
from tests.services.conftest import RedisServer
from tests.services.own_postgresql import OwnPostgreSQL, own_postgresql
from tests.services.processes import running, wait_for
from tests.services.test_workers import command_of, ping, wake
from tracker.channels.sent import subscriptions
from tracker.channels.sent.subscriptions import Wish, code_of
from tracker.domain.subscribing import Channel
from tracker.models import LogHead
from tracker.readmodel.log.filtering import LogFilter

pytestmark = [
    pytest.mark.services("postgresql", "redis"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]

KILLS = 100
ENTRIES = 60
# Of PostgreSQL, every second one as by a power cut.
RESTARTS = 4
DELIVER = "tracker.operations.jobs.deliver"


@pytest.fixture
def receivers() -> Iterator[list[Receiver]]:
    """Three programs that listen."""
    with ExitStack() as stack:
        yield [stack.enter_context(receiving()) for _ in range(3)]


def follow_and_record(receivers: list[Receiver]) -> list[int]:
    """Have each receiver follow everything, and record what they are to be told; the positions."""
    begin()
    now = timezone.now()
    for receiver in receivers:
        subscription = subscriptions.ask(Wish(Channel.WEBHOOK, receiver.url, LogFilter()), now)
        subscriptions.confirm(subscription, now, code_of(subscription))
    begun = LogHead.objects.get().position
    for number in range(ENTRIES):
        record_event(event(f"statement-{number}", "statement", "HUN", "2023-01-01"))
    return list(range(begun + 1, LogHead.objects.get().position + 1))


def test_everybody_is_told_of_everything_in_order_whoever_is_killed(
    receivers: list[Receiver], deployment: dict[str, str], tmp_path: Path
) -> None:
    expected = follow_and_record(receivers)
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


def copy_of_the_record(server: OwnPostgreSQL, file: Path) -> None:
    """Put the database of this test into the other server."""
    here = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
    for command in (["pg_dump", "--file", str(file), here], ["psql", "--quiet", "--file", str(file), server.url]):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def end_leases(server: OwnPostgreSQL) -> bool:
    """Let the leases and waits of the disturbed turns be over, as after some minutes; whether anybody waits still."""
    with psycopg.connect(server.url, autocommit=True) as there:
        there.execute("UPDATE tracker_subscription SET leased_until = NULL, next_at = now() WHERE told_to > position")
        return bool(there.execute("SELECT 1 FROM tracker_subscription WHERE told_to > position").fetchall())


def test_nothing_is_lost_when_postgresql_restarts_and_redis_is_emptied_under_telling(
    receivers: list[Receiver], deployment: dict[str, str], redis_server: RedisServer, tmp_path: Path
) -> None:
    expected = follow_and_record(receivers)
    total = len(expected) * len(receivers)

    with own_postgresql() as server:
        copy_of_the_record(server, tmp_path / "record.sql")
        environment = deployment | {"CHANNELS_OPENED": "127.0.0.1/32", "DATABASE_URL": server.url}
        with running([*command_of("worker"), "--hostname=celery@test"], log=tmp_path / "log", environment=environment):
            wait_for(lambda: ping("celery@test", environment), what="the worker")
            for number in range(RESTARTS):
                wake(redis_server, DELIVER)
                # In the middle of a message, of a note or between the two, as it happens.
                wait_for_messages(receivers, total * (number + 1) // (RESTARTS + 1))
                server.restart("immediate" if number % 2 else "fast")
                end_leases(server)
                with Redis(port=redis_server.port) as client:
                    client.flushall()
            wait_for(lambda: is_told(server, redis_server), what="the end of telling", pause=0.5)

    for receiver in receivers:
        positions = [document["data"]["position"] for document in receiver.documents]
        assert list(dict.fromkeys(positions)) == expected
        # Sent again is what was sent and not noted: of each process that was telling, one message each time.
        assert len(positions) <= len(expected) + 2 * RESTARTS


def wait_for_messages(receivers: list[Receiver], count: int) -> None:
    """Wait until so many have come to all of them together."""
    wait_for(lambda: sum(len(one.messages) for one in receivers) >= count, what="messages", pause=0.001)


def is_told(server: OwnPostgreSQL, redis_server: RedisServer) -> bool:
    """Whether nobody waits any more; who does is told soon."""
    wake(redis_server, DELIVER)
    return not end_leases(server)
