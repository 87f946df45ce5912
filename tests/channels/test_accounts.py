"""Posts of an account of this site: in what form they arrive, once, and as whom."""

import io
import json
import sys
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from tests.channels.conftest import LOOPBACK, Time
from tests.channels.receivers import Receiver
from tests.facts import begin, consent, record_event
from tracker.channels.sent import accounts
from tracker.channels.sent.delivery import Deliverer
from tracker.domain.subscribing import Channel
from tracker.models import Subscription

pytestmark = pytest.mark.django_db

# What a server of Bluesky answers to who logs in; the other answer is not read.
SESSION = json.dumps({"did": "did:plc:abc", "accessJwt": "token", "refreshJwt": "x", "handle": "article10.example"})


@pytest.fixture(autouse=True)
def record(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four allies, Sweden's protocol, no session, and a command that may reach loopback."""
    accounts._SESSIONS.clear()
    monkeypatch.setattr("tracker.management.commands.post_to_account.Sender", lambda: LOOPBACK)
    begin()


def post_to(where: str, server: str, proof: str, *more: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an operator types."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{proof}\n"))
    call_command("post_to_account", where, server, *more, verbosity=0)


def root(receiver: Receiver) -> str:
    """The address of the server."""
    return receiver.url.removesuffix("/hook")


def test_mastodon_is_told_with_the_token_in_the_language_and_by_a_name_that_stays(
    deliverer: Deliverer, receiver: Receiver, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.status = 500
    post_to("mastodon", root(receiver), "secret-token", "--language=fr", monkeypatch=monkeypatch)
    record_event(consent(), by=None)
    deliverer.run()
    receiver.status = 200
    time.passes(hours=1)

    deliverer.run()

    (headers, body), (again, _body) = receiver.messages
    post = json.loads(body)
    assert headers["authorization"] == "Bearer secret-token"
    assert headers["idempotency-key"] == again["idempotency-key"]
    assert (post["language"], post["visibility"]) == ("fr", "public")
    assert post["status"].startswith("26\xa0février 2024")
    assert post["status"].endswith("/fr/accessions/SWE/HUN/")
    assert len(post["status"]) <= 500


def test_bluesky_is_told_by_a_record_whose_name_stays(
    deliverer: Deliverer, receiver: Receiver, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.body = SESSION.encode()
    post_to("bluesky", root(receiver), "article10.example:pass-word", monkeypatch=monkeypatch)
    record_event(consent(), by=None)

    deliverer.run()
    Subscription.objects.update(position=0)
    time.passes(minutes=1)
    deliverer.run()

    login, first, *rest = receiver.documents
    again = rest[-1]
    assert login == {"identifier": "article10.example", "password": "pass-word"}
    assert (first["repo"], first["collection"]) == ("did:plc:abc", "app.bsky.feed.post")
    assert first["rkey"] == again["rkey"]
    assert len(first["rkey"]) == 13
    record = first["record"]
    assert record["text"].startswith("26 February 2024")
    assert record["embed"]["external"]["uri"].startswith("http")
    assert receiver.messages[1][0]["authorization"] == "Bearer token"


def test_a_session_that_is_believed_no_more_is_begun_anew(
    deliverer: Deliverer, receiver: Receiver, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.body = SESSION.encode()
    post_to("bluesky", root(receiver), "a:b", monkeypatch=monkeypatch)
    record_event(consent(), by=None)
    deliverer.run()
    time.now += timedelta(hours=2)
    before = len(receiver.messages)
    Subscription.objects.update(position=0)

    deliverer.run()

    assert "identifier" in receiver.documents[before]


def test_a_server_that_answers_with_no_session_is_tried_again(
    deliverer: Deliverer, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.body = b"[]"
    post_to("bluesky", root(receiver), "a:b", monkeypatch=monkeypatch)
    record_event(consent(), by=None)

    deliverer.run()

    subscription = Subscription.objects.get()
    assert (subscription.attempts, subscription.last_error) == (1, "no session in the answer")


def test_a_long_entry_is_cut_and_says_so(
    deliverer: Deliverer, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.body = SESSION.encode()
    more = ("--filter=type=event.recorded",)
    post_to("mastodon", root(receiver), "t", *more, monkeypatch=monkeypatch)
    post_to("bluesky", root(receiver), "a:b", *more, monkeypatch=monkeypatch)
    record_event(consent(title="A very long title. " * 15), by=None)

    deliverer.run()

    [status] = [one["status"] for one in receiver.documents if "status" in one]
    [text] = [one["record"]["text"] for one in receiver.documents if "record" in one]
    assert (len(text), text[-1]) == (300, "…")
    assert len(status) <= 500


def test_asking_again_replaces_the_proof_and_stopping_forgets_it(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for proof in ("old", "new"):
        post_to("mastodon", root(receiver), proof, monkeypatch=monkeypatch)
    kept = list(Subscription.objects.values_list("channel", "secret"))

    post_to("mastodon", root(receiver), "", "--stop", monkeypatch=monkeypatch)

    assert kept == [(Channel.ACCOUNT, "new")]
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("server", "proof", "more"),
    [
        ("http://10.0.0.1", "token", ()),
        ("http://127.0.0.1", "", ()),
        ("http://127.0.0.1", "token", ("--filter=kind=ratify",)),
        ("http://127.0.0.1", "token", ("--stop",)),
    ],
)
def test_what_cannot_be_done_is_said(
    server: str, proof: str, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError):
        post_to("mastodon", server, proof, *more, monkeypatch=monkeypatch)

    assert not Subscription.objects.exists()
