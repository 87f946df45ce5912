"""Mail over a real server on loopback: its signature holds, and its header ends the subscription by one POST."""

import email
import re
import socket
from collections.abc import Iterator
from email.policy import default
from pathlib import Path
from typing import Any

import dkim
import pytest
from aiosmtpd.controller import Controller
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.test import Client

from tests.channels.conftest import Subscribing
from tests.facts import begin, consent, record_event
from tracker.channels.sent import signed_mail
from tracker.channels.sent.delivery import Deliverer
from tracker.channels.sent.return_path import Returned, find_returned
from tracker.domain.subscribing import Channel
from tracker.models import Delivery, Subscription

pytestmark = pytest.mark.django_db


class Inbox:
    """Takes every mail, and keeps its bytes."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.senders: list[str] = []
        # What it says to an address that it does not take mail for.
        self.refusal = ""
        # The public half of the key, as it would stand in the DNS.
        self.record = b""

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        """Take the address, or refuse it."""
        if not self.refusal:
            envelope.rcpt_tos.append(address)
        return self.refusal or "250 taken"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - as aiosmtpd calls it
        """Keep the mail."""
        self.mails.append(envelope.content)
        self.senders.append(envelope.mail_from)
        return "250 taken"


@pytest.fixture
def inbox(settings: Any, tmp_path: Path) -> Iterator[Inbox]:
    """A mail server on loopback, to which this site sends signed mail."""
    inbox = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = tmp_path / "dkim.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    inbox.record = b"v=DKIM1; k=rsa; p=" + "".join(public.splitlines()[1:-1]).encode()
    settings.EMAIL_BACKEND = "tracker.channels.sent.signed_mail.SignedBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.DEFAULT_FROM_EMAIL = "Article 10 <news@article10.example>"
    settings.DKIM_KEY_FILE, settings.DKIM_SELECTOR, settings.DKIM_DOMAIN = str(file), "article10", ""
    signed_mail._key.cache_clear()
    yield inbox
    controller.stop()


@pytest.mark.parametrize("language", ["en", "hu"])
def test_a_mail_arrives_signed_and_ends_by_its_header(
    inbox: Inbox, subscribe: Subscribing, deliverer: Deliverer, client: Client, language: str
) -> None:
    begin()
    subscribe(Channel.MAIL, "reader@example.org", language=language, query={"ally": "HUN"})
    record_event(consent(title="Országgyűlés: " + "a very long title, " * 12), by=None)

    deliverer.run()

    [raw] = inbox.mails
    names: list[bytes] = []

    def record_of(name: bytes, timeout: int = 5) -> bytes:
        names.append(name)
        return inbox.record

    assert dkim.verify(raw, dnsfunc=record_of)
    assert names == [b"article10._domainkey.article10.example."]
    mail = email.message_from_bytes(raw, policy=default)
    signed = set(re.findall(r"[\w-]+", str(mail["DKIM-Signature"]).lower()))
    assert {"list-unsubscribe", "list-unsubscribe-post"} <= signed
    body = mail.get_body(("plain",))
    assert body is not None
    assert "Országgyűlés" in body.get_content()
    stop = str(mail["List-Unsubscribe"]).strip(" <>")
    assert client.post(re.sub(r"^https?://[^/]+", "", stop), {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()


def test_a_changed_mail_is_not_believed(inbox: Inbox, subscribe: Subscribing, deliverer: Deliverer) -> None:
    begin()
    subscribe(Channel.MAIL, "reader@example.org", query={"ally": "HUN"})
    record_event(consent(), by=None)
    deliverer.run()

    forged = inbox.mails[0].replace(b"26 February 2024", b"26 February 2025")

    assert not dkim.verify(forged, dnsfunc=lambda name, timeout=5: inbox.record)


def test_the_server_is_told_where_a_mail_comes_back_to(
    inbox: Inbox, subscribe: Subscribing, deliverer: Deliverer, settings: Any
) -> None:
    settings.BOUNCE_ADDRESS = "bounces@article10.example"
    begin()
    subscription = subscribe(Channel.MAIL, "reader@example.org", query={"ally": "HUN"})
    record_event(consent(), by=None)

    deliverer.run()

    [sender] = inbox.senders
    assert sender.startswith(f"bounces+{subscription.key}-")
    assert email.message_from_bytes(inbox.mails[0])["From"] == "Article 10 <news@article10.example>"
    assert find_returned(sender) == {Returned(subscription.key, Subscription.objects.get().position)}


@pytest.mark.parametrize(
    ("refusal", "state", "error"),
    [
        ("550 5.1.1 no such user", "disabled", "came back: 5.1.1"),
        ("550 5.7.1 <reader@example.org>: listed", "active", "mail: 550 5.7.1 <…>: listed"),
        ("451 4.7.1 try again later", "active", "mail: 451 4.7.1 try again later"),
    ],
)
def test_an_address_that_the_server_refuses_is_left_alone_where_nobody_is_there(
    inbox: Inbox,
    subscribe: Subscribing,
    deliverer: Deliverer,
    caplog: pytest.LogCaptureFixture,
    refusal: str,
    state: str,
    error: str,
) -> None:
    caplog.set_level("DEBUG", logger="tracker")
    begin()
    subscribe(Channel.MAIL, "reader@example.org", query={"ally": "HUN"})
    inbox.refusal = refusal
    record_event(consent(), by=None)

    deliverer.run()

    subscription = Subscription.objects.get()
    assert (subscription.state, subscription.last_error) == (state, error)
    assert "reader@example.org" not in caplog.text + "".join(Delivery.objects.values_list("detail", flat=True))
