"""Deliverers that are killed a hundred times: everybody is told of everything, in order, at least once."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.utils import timezone

from tests.channels.receivers import Receiver, receiving
from tests.facts import begin, event, record_event
from tests.services.processes import running
from tracker.channels.sent import subscriptions
from tracker.channels.sent.subscriptions import Wish, code_of
from tracker.domain.subscribing import Channel
from tracker.models import LogHead
from tracker.readmodel.log.filtering import LogFilter

pytestmark = [pytest.mark.services("postgresql"), pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

KILLS = 100
ENTRIES = 60


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
