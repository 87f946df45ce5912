"""The pages of a subscription: asked for, confirmed, managed and ended; and that looking at one changes nothing."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.channels.conftest import LOOPBACK, Subscribing, Time
from tests.channels.receivers import Receiver
from tests.facts import begin
from tracker.channels.sent import links, subscriptions
from tracker.domain.subscribing import Channel, Shape, SubscriptionState
from tracker.models import Delivery, Subscription
from tracker.readmodel.log.filtering import LogFilter

pytestmark = pytest.mark.django_db

MAIL = {
    "address": "reader@example.org",
    "rhythm": "at_once",
    "language": "fr",
    "time_zone": "Europe/Paris",
    "query": "",
}


@pytest.fixture(autouse=True)
def record() -> None:
    """Four allies and Sweden's protocol."""
    cache.clear()
    begin()


def path(address: str) -> str:
    """The address without its host."""
    return re.sub(r"^https?://[^/]+", "", address)


def test_mail_is_confirmed_by_a_button_and_by_nothing_else(client: Client) -> None:
    client.post("/subscribe/mail/", MAIL | {"query": "ally=HUN"})
    [question] = mail.outbox
    [link] = set(re.findall(r"http\S+/subscribe/\w+/[\w-]+/$", str(question.body), re.MULTILINE))
    seen = client.get(path(link))
    before = Subscription.objects.get().state

    client.post(path(link), {"do": "confirm"})

    assert (seen.status_code, before) == (200, SubscriptionState.PENDING)
    subscription = Subscription.objects.get()
    assert (subscription.state, subscription.query, subscription.language) == ("active", "ally=HUN", "fr")
    assert question.subject.startswith("Veuillez confirmer")


def test_the_page_says_the_same_whoever_is_subscribed(client: Client, subscribe: Subscribing) -> None:
    new = client.post("/subscribe/mail/", MAIL)
    subscribe(Channel.MAIL, "other@example.org")

    known = client.post("/subscribe/mail/", MAIL | {"address": "other@example.org"})

    assert (new.status_code, new.headers["Location"]) == (known.status_code, known.headers["Location"])
    assert Subscription.objects.filter(address="other@example.org").count() == 1


@pytest.mark.parametrize("verb", ["get", "head"])
def test_a_program_that_looks_at_links_ends_and_confirms_nothing(
    client: Client, subscribe: Subscribing, verb: str
) -> None:
    subscription = subscribe(Channel.MAIL, "reader@example.org")
    before = Subscription.objects.values().get()

    for link in (links.manage_link(subscription), links.stop_link(subscription)):
        assert getattr(client, verb)(path(link), {"do": "stop"}).status_code == 200

    assert Subscription.objects.values().get() == before


def test_one_click_ends_it_and_forgets_the_address(client: Client, subscribe: Subscribing) -> None:
    subscription = subscribe(Channel.MAIL, "reader@example.org")
    stop = path(links.stop_link(subscription))

    ended = client.post(stop, {"List-Unsubscribe": "One-Click"})
    again = client.post(stop, {"List-Unsubscribe": "One-Click"})

    assert (ended.status_code, again.status_code, Subscription.objects.count()) == (200, 200, 0)


@pytest.mark.parametrize("token", ["", "x", "A" * 43])
def test_who_guesses_finds_nothing(client: Client, subscribe: Subscribing, token: str) -> None:
    subscription = subscribe(Channel.MAIL, "reader@example.org")

    assert client.get(f"/subscribe/{subscription.key}/{token}/").status_code == 404
    assert client.post(f"/subscribe/{subscription.key}/{token}/", {"do": "stop"}).status_code == 404
    assert Subscription.objects.exists()


def test_the_token_of_one_opens_no_other(client: Client, subscribe: Subscribing) -> None:
    one, other = subscribe(Channel.MAIL, "a@example.org"), subscribe(Channel.MAIL, "b@example.org")

    assert client.get(f"/subscribe/{one.key}/{links.token_of(other)}/").status_code == 404


def test_nobody_is_asked_again_and_again(client: Client) -> None:
    answers = [client.post("/subscribe/mail/", MAIL).status_code for _ in range(5)]

    assert answers == [302, 302, 302, 429, 429]
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("address", "nobody"),
        ("rhythm", "hourly"),
        ("time_zone", "Mars/Olympus"),
        ("query", "kind=ratify"),
        ("language", "de"),
    ],
)
def test_what_is_wrong_in_the_form_is_said_beside_it_and_nothing_is_lost(
    client: Client, field: str, value: str
) -> None:
    answer = client.post("/subscribe/mail/", MAIL | {field: value})

    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {field}
    assert "reader@example.org" in answer.content.decode() or field == "address"
    assert mail.outbox == []


@pytest.fixture
def reaching(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages may send to loopback."""
    monkeypatch.setattr("tracker.pages.views.asking.Sender", lambda: LOOPBACK)
    monkeypatch.setattr("tracker.pages.views.subscription.Sender", lambda: LOOPBACK)
    monkeypatch.setattr("tracker.pages.forms.Sender", lambda: LOOPBACK)


HOOK = {"shape": "standard", "extent": "thin", "contact": "", "language": "en", "query": "accession=SWE"}


def test_a_webhook_is_confirmed_by_what_arrived_there(client: Client, reaching: None, receiver: Receiver) -> None:
    asked = client.post("/subscribe/webhook/", HOOK | {"address": receiver.url})
    page = path(asked.headers["Location"])
    [message] = receiver.documents
    wrong = client.post(page, {"do": "confirm", "code": "00000000"})
    pending = Subscription.objects.get()

    right = client.post(page, {"do": "confirm", "code": message["data"]["challenge"]})

    assert (wrong.status_code, pending.state) == (400, "pending")
    assert pending.secret not in wrong.content.decode()
    assert Subscription.objects.get().state == "active"
    assert pending.secret in right.content.decode()
    assert pending.secret not in client.get(page).content.decode()


def test_the_code_cannot_be_tried_out(client: Client, reaching: None, receiver: Receiver) -> None:
    page = path(client.post("/subscribe/webhook/", HOOK | {"address": receiver.url}).headers["Location"])
    for number in range(12):
        client.post(page, {"do": "confirm", "code": f"{number:08d}"})

    client.post(page, {"do": "confirm", "code": receiver.documents[0]["data"]["challenge"]})

    assert Subscription.objects.get().state == "pending"


@pytest.mark.parametrize(
    "address", ["http://10.1.2.3/", "https://user:pw@example.org/", "http://127.1/", "https://h:6379/"]
)
def test_an_address_of_our_own_network_is_refused_with_the_reason(client: Client, address: str) -> None:
    answer = client.post("/subscribe/webhook/", HOOK | {"address": address})

    assert (answer.status_code, Subscription.objects.count()) == (400, 0)
    assert "address" in answer.context["form"].errors


def test_each_button_does_what_it_says(
    client: Client, reaching: None, receiver: Receiver, subscribe: Subscribing, time: Time
) -> None:
    subscription = subscribe(Channel.WEBHOOK, receiver.url)
    page = path(links.manage_link(subscription))

    def press(**fields: Any) -> Subscription:
        assert client.post(page, fields).status_code == 200
        return Subscription.objects.get()

    assert press(do="pause").state == "paused"
    assert press(do="resume").state == "active"
    assert press(do="rotate").secret != subscription.secret
    assert press(do="again", after="3").position == 3
    change = {"ally": "TUR", "rhythm": "daily", "language": "sv", "time_zone": "Europe/Stockholm"}
    changed = press(do="change", **change)
    assert (changed.query, changed.language) == ("ally=TUR", "sv")
    press(do="test")
    assert receiver.documents[-1]["type"] == "subscription.test"
    assert client.post(page, {"do": "explode"}).status_code == 400
    client.post(page, {"do": "stop"})
    assert not Subscription.objects.exists()


def test_the_page_shows_what_was_sent(client: Client, subscribe: Subscribing, time: Time) -> None:
    subscription = subscribe(Channel.WEBHOOK, "https://example.org/")
    Delivery.objects.create(
        subscription=subscription, position=7, attempted_at=time(), arrived=False, detail="status 500"
    )

    page = client.get(path(links.manage_link(subscription))).content.decode()

    assert "not arrived" in page
    assert "status 500" in page


def test_who_never_confirms_is_forgotten_with_the_address(client: Client, time: Time) -> None:
    client.post("/subscribe/mail/", MAIL)
    Subscription.objects.update(created_at=time())
    time.passes(days=8)

    assert subscriptions.prune(time()) == 1
    assert not Subscription.objects.exists()


def test_the_code_is_sent_to_a_chat_in_its_own_form(receiver: Receiver, time: Time) -> None:
    wish = subscriptions.Wish(Channel.WEBHOOK, receiver.url, LogFilter(), shape=Shape.SLACK)
    subscription = subscriptions.ask(wish, time())

    subscriptions.send_code(subscription, LOOPBACK, time())

    assert subscriptions.code_of(subscription) in receiver.documents[0]["text"]


@pytest.mark.parametrize("query", ["", "?accession=SWE", "?only=stages&ally=HUN", "?q=nothing+at+all"])
def test_the_preview_offers_each_channel_for_the_filter(client: Client, query: str) -> None:
    page = client.get(f"/subscribe/{query}")

    assert page.status_code == 200
    for offer in page.context["offers"]:
        assert client.get(path(offer.address)).status_code == 200


def test_no_page_of_a_subscription_sets_a_cookie(client: Client, subscribe: Subscribing) -> None:
    subscription = subscribe(Channel.MAIL, "reader@example.org")
    client.get("/subscribe/")
    client.post("/subscribe/mail/", MAIL)
    client.get(path(links.manage_link(subscription)))

    assert not client.cookies
