"""The hub of the feeds is told of what is new, once, and again where it did not answer."""

from typing import Any
from urllib.parse import parse_qs

import pytest
from django.test import Client
from lxml import etree

from tests.channels.conftest import Time
from tests.channels.receivers import Receiver
from tests.facts import begin, consent, record_event
from tracker.channels.sent.delivery import Deliverer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record(settings: Any, receiver: Receiver) -> None:
    """Four allies, Sweden's protocol, and a hub."""
    settings.WEBSUB_HUB = receiver.url
    begin()


def test_the_hub_is_told_once_of_what_is_new_in_every_language(deliverer: Deliverer, receiver: Receiver) -> None:
    deliverer.run()
    receiver.messages.clear()
    deliverer.run()
    silent = len(receiver.messages)
    record_event(consent(), by=None)

    deliverer.run()

    [(headers, body)] = receiver.messages
    form = parse_qs(body.decode())
    assert silent == 0
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert form["hub.mode"] == ["publish"]
    assert {"http://localhost:8000/feed.atom", "http://localhost:8000/fr/feed.json"} <= set(form["hub.url"])
    assert len(form["hub.url"]) == 12


def test_a_hub_that_fails_is_told_again_later(deliverer: Deliverer, receiver: Receiver, time: Time) -> None:
    receiver.status = 503
    deliverer.run()
    deliverer.run()
    failed = len(receiver.messages)
    receiver.status = 204
    time.passes(minutes=5)

    deliverer.run()
    deliverer.run()

    assert (failed, len(receiver.messages)) == (1, 2)


def test_without_a_hub_nobody_is_told(deliverer: Deliverer, receiver: Receiver, settings: Any) -> None:
    settings.WEBSUB_HUB = ""

    deliverer.run()

    assert receiver.messages == []


@pytest.mark.parametrize(("query", "named"), [("", True), ("?ally=HUN", False)])
def test_only_the_feed_of_the_whole_log_names_the_hub(
    client: Client, receiver: Receiver, query: str, named: bool
) -> None:
    feed = etree.fromstring(client.get(f"/feed.atom{query}").content)
    hubs = client.get(f"/feed.json{query}").json().get("hubs", [])

    links = [link.get("href") for link in feed.iter("{*}link") if link.get("rel") == "hub"]
    assert (links, hubs) == (([receiver.url], [{"type": "WebSub", "url": receiver.url}]) if named else ([], []))
