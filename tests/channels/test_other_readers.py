"""Webhooks and calendars as other implementations read them: two languages each."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta, timezone
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar
from standardwebhooks import Webhook

from tests.channels.conftest import LOOPBACK, Subscribing, Time
from tests.channels.receivers import Receiver
from tests.facts import begin, consent, event, record_event, rectify_event, retract_event
from tracker.channels.sent import subscriptions
from tracker.channels.sent.delivery import Deliverer
from tracker.channels.sent.webhooks import new_secret
from tracker.domain.subscribing import Channel, Extent

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent
Node = Callable[[str, str], Any]


def _node() -> str | None:
    """Node, as it is installed, or as the tests in a browser bring it along."""
    playwright = find_spec("playwright")
    beside = Path(str(playwright.origin)).parent / "driver" / "node" if playwright else Path()
    return shutil.which("node") or (str(beside) if beside.is_file() else None)


@pytest.fixture
def node() -> Node:
    """A function that runs one of our scripts in Node, and gives back what it writes."""
    program = _node()
    if program is None:
        pytest.skip("there is no Node")

    def run(script: str, given: str) -> Any:
        environment = {"NODE_PATH": str(HERE / "vendor")}
        command = [program, str(HERE / "readers" / script)]
        done = subprocess.run(command, input=given, capture_output=True, text=True, env=environment, check=False)  # noqa: S603
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def at_that_time(time: Time) -> Iterator[None]:
    """The clock of the process is that of the test, for a library that reads it."""
    with time_machine.travel(time(), tick=False):
        yield


@pytest.fixture(autouse=True)
def record() -> None:
    """Four allies and Sweden's protocol."""
    begin()


class TestWebhooks:
    """Messages, verified in Python and in JavaScript."""

    @pytest.fixture
    def sent(self, subscribe: Subscribing, receiver: Receiver, time: Time) -> list[dict[str, Any]]:
        """Messages signed at a time of +02:00 while a secret is being changed, each with one of the two."""
        subscription = subscribe(Channel.WEBHOOK, receiver.url, extent=Extent.FULL)
        time.now = time.now.astimezone(timezone(timedelta(hours=2)))
        new = subscriptions.rotate(subscription, time())
        record_event(consent(title="Országgyűlés: “yes”"), by=None)
        Deliverer(LOOPBACK, time, threads=1).run()
        assert receiver.messages
        return [
            {"secret": secret, "headers": headers, "body": body.decode()}
            for headers, body in receiver.messages
            for secret in (subscription.secret, new)
        ]

    @pytest.mark.usefixtures("at_that_time")
    def test_python_verifies_each_under_either_secret(self, sent: list[dict[str, Any]]) -> None:
        for message in sent:
            document = Webhook(message["secret"]).verify(message["body"], message["headers"])
            assert document == json.loads(message["body"])

    def test_javascript_verifies_each_under_either_secret(
        self, sent: list[dict[str, Any]], node: Node, time: Time
    ) -> None:
        given = json.dumps({"moment": int(time().timestamp()), "messages": sent})

        assert node("verify.js", given) == [json.loads(message["body"])["type"] for message in sent]

    def test_javascript_believes_no_other_secret_no_changed_body_and_no_old_message(
        self, sent: list[dict[str, Any]], node: Node, time: Time
    ) -> None:
        message = sent[0]
        other = message | {"secret": new_secret()}
        changed = message | {"body": message["body"].replace("HUN", "TUR")}
        moment = int(time().timestamp())

        verdicts = node("verify.js", json.dumps({"moment": moment, "messages": [other, changed]}))
        late = node("verify.js", json.dumps({"moment": moment + 301, "messages": [message]}))

        assert verdicts == ["No matching signature found"] * 2
        assert late == ["Message timestamp too old"]


class TestCalendars:
    """The calendar, as three implementations understand it."""

    @pytest.fixture
    def document(self, client: Client) -> str:
        """Acts, a plan that moved, a date that was put right, and one that was withdrawn."""
        plan: dict[str, Any] = {"planned": True, "announced": "2024-02-20"}
        record_event(consent(title="Országgyűlés; “yes”, a title that is long enough to be folded over several lines"))
        rectify_event("se-hun-consent", consent(date="2024-02-27"), reason="Wrong day.", by=None)
        record_event(event("plan", "deposited", "HUN", "2024-03-02", **plan))
        record_event(event("next", "deposited", "HUN", "2024-03-09", follows="plan", **plan))
        record_event(event("visit", "statement", "TUR", "2024-02-29"))
        retract_event("visit", reason="It was another.", by=None)
        return client.get("/fr/calendar.ics?alarm=1d,2w").content.decode()

    def test_a_second_implementation_in_python_understands_the_same(self, document: str) -> None:
        events = IcsCalendarStream.calendar_from_ics(document).events

        understood = {(one.uid, one.dtstart, one.dtend, one.sequence, one.status, one.summary) for one in events}
        assert understood == _entries(document)

    def test_an_implementation_in_javascript_understands_the_same(self, document: str, node: Node) -> None:
        entries = node("read_calendar.js", document)

        names = ("uid", "start", "end", "sequence", "status", "summary")
        understood = {tuple(map(one.get, names)) for one in entries}
        assert understood == {(uid, str(start), str(end), *more) for uid, start, end, *more in _entries(document)}
        assert {tuple(one["alarms"]) for one in entries} == {("-P1D", "-P14D"), ()}

    def test_the_whole_record_is_understood(self, shipped: None, client: Client, node: Node) -> None:
        document = client.get("/calendar.ics").content.decode()
        in_python = IcsCalendarStream.calendar_from_ics(document).events

        assert len(node("read_calendar.js", document)) == len(in_python) > 500


def _entries(document: str) -> set[tuple[Any, ...]]:
    """The entries as our own library reads them back."""
    return {
        (
            str(entry["uid"]),
            entry.decoded("dtstart"),
            entry.decoded("dtend"),
            int(str(entry["sequence"])),
            str(entry["status"]),
            str(entry["summary"]),
        )
        for entry in Calendar.from_ical(document).walk("VEVENT")
    }
