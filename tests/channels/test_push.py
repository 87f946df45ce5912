"""Messages to a browser: only it can read them, they come in the name of this site, and who left is left alone."""

import base64
import json
from pathlib import Path
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.cache import cache
from django.test import Client
from py_vapid import Vapid02

from tests.channels.conftest import LOOPBACK, Time
from tests.channels.receivers import Receiver
from tests.facts import begin, consent, record_event
from tracker.channels.sent import push
from tracker.channels.sent.delivery import Deliverer
from tracker.models import Subscription

pytestmark = pytest.mark.django_db

AUTH = b"0123456789abcdef"


@pytest.fixture(autouse=True)
def record(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four allies, Sweden's protocol, and a key of the site's own."""
    cache.clear()
    settings.VAPID_KEY_FILE = str(tmp_path / "keys" / "vapid.pem")
    monkeypatch.setattr("tracker.pages.views.asking.Sender", lambda: LOOPBACK)
    begin()


def encoded(data: bytes) -> str:
    """As browsers write bytes."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def browser(key: ec.EllipticCurvePrivateKey, endpoint: str) -> dict[str, Any]:
    """What a browser says of itself."""
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return {"endpoint": endpoint, "keys": {"p256dh": encoded(point), "auth": encoded(AUTH)}, "query": "ally=HUN"}


def ask(client: Client, document: Any) -> Any:
    """Ask as the page's script does."""
    return client.post("/subscribe/push/", json.dumps(document), content_type="application/json")


def test_a_browser_reads_what_is_sent_to_it_and_whose_it_is(
    client: Client, deliverer: Deliverer, receiver: Receiver
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    asked = ask(client, browser(key, receiver.url))
    record_event(consent(), by=None)

    deliverer.run()

    headers, body = receiver.messages[0]
    message = json.loads(http_ece.decrypt(body, private_key=key, auth_secret=AUTH, version="aes128gcm"))
    assert asked.status_code == 201
    assert message["title"].startswith("26 February 2024")
    assert message["url"].startswith("http://localhost:8000/")
    assert headers["content-encoding"] == "aes128gcm"
    assert Vapid02.verify(headers["authorization"])
    assert push.public_key() in headers["authorization"]


def test_a_browser_that_has_left_is_left_alone(
    client: Client, deliverer: Deliverer, receiver: Receiver, time: Time
) -> None:
    ask(client, browser(ec.generate_private_key(ec.SECP256R1()), receiver.url))
    receiver.status = 404
    record_event(consent(), by=None)
    deliverer.run()
    time.passes(days=1)

    deliverer.run()

    assert (Subscription.objects.get().state, len(receiver.messages)) == ("disabled", 1)


def test_asking_again_replaces_what_was_asked(client: Client, receiver: Receiver) -> None:
    document = browser(ec.generate_private_key(ec.SECP256R1()), receiver.url)
    ask(client, document)

    ask(client, document | {"query": "ally=TUR"})

    assert Subscription.objects.get().query == "ally=TUR"


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"endpoint": "https://example.org/", "keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"endpoint": "https://example.org/", "keys": "none"},
        "not an object",
    ],
)
def test_what_no_browser_says_is_refused(client: Client, document: Any) -> None:
    assert ask(client, document).status_code == 400
    assert not Subscription.objects.exists()


def test_an_endpoint_in_our_own_network_is_refused(client: Client) -> None:
    assert ask(client, browser(ec.generate_private_key(ec.SECP256R1()), "http://10.0.0.1/")).status_code == 400


def test_the_key_is_made_once_and_for_nobody_else_to_read(settings: Any) -> None:
    first = push.public_key()
    push._vapid.cache_clear()

    assert push.public_key() == first
    assert Path(settings.VAPID_KEY_FILE).stat().st_mode & 0o077 == 0


def test_the_worker_is_served_from_the_root(client: Client) -> None:
    answer = client.get("/push-worker.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert b"showNotification" in answer.content
