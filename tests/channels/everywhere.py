"""Somebody who follows on every channel at once: what each has brought, as the names of entries of the log."""

import base64
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import feedparser
import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core import mail
from django.test import Client
from icalendar import Calendar

from tests.channels.conftest import Time
from tracker.channels.preview import preview
from tracker.channels.sent import subscriptions
from tracker.channels.sent.delivery import Deliverer
from tracker.channels.sent.outbound import Answer, Sender
from tracker.channels.sent.push import Browser
from tracker.channels.sent.reading import current_clock
from tracker.channels.sent.subscriptions import Wish, code_of
from tracker.domain.subscribing import Channel, Shape
from tracker.models import Subscription
from tracker.readmodel.log.filtering import LogFilter

_AUTH = b"0123456789abcdef"


@dataclass(frozen=True)
class Remembering(Sender):
    """Every receiver at once: what was sent where."""

    sent: dict[str, list[bytes]] = field(default_factory=dict)

    def post(self, url: str, body: bytes, headers: Any) -> Answer:
        """It arrived."""
        self.sent.setdefault(url, []).append(body)
        return Answer(arrived=True, detail="status 200", status=200)


@dataclass
class Follower:
    """Follows the filter by every channel that there is, each beginning where it is now."""

    client: Client
    time: Time
    wanted: LogFilter
    sender: Remembering = field(default_factory=Remembering)
    browser: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    mails: int = 0

    def begin(self) -> None:
        """Subscribe to what has to be sent."""
        mail.outbox.clear()
        program, chat = "https://program.example/", "https://chat.example/"
        for channel, address, shape in (
            (Channel.WEBHOOK, program, Shape.STANDARD),
            (Channel.WEBHOOK, chat, Shape.SLACK),
            (Channel.MAIL, "reader@example.org", Shape.STANDARD),
        ):
            subscription = subscriptions.ask(Wish(channel, address, self.wanted, shape=shape), self.time())
            subscriptions.confirm(subscription, self.time(), code_of(subscription))
        point = self.browser.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        browser = Browser("https://push.example/", _encoded(point), _encoded(_AUTH))
        subscriptions.begin_push(browser, self.wanted, "en", self.time())
        wish = Wish(Channel.ACCOUNT, "https://social.example", self.wanted, shape=Shape.MASTODON)
        subscriptions.begin_account(wish, "token", self.time())

    def from_the_beginning(self) -> None:
        """Have everything sent that was ever told."""
        for subscription in Subscription.objects.all():
            subscriptions.send_again(subscription, 0, None, self.time())

    def deliver(self) -> None:
        """Tell whoever is due, in this thread."""
        Deliverer(self.sender, self.time, threads=1).run()

    def sent(self) -> dict[str, list[str]]:
        """For each channel that sends, the names or the titles of what has come, in the order in which it came."""
        posts = [json.loads(body) for body in self.sender.sent.get("https://social.example/api/v1/statuses", [])]
        return {
            "webhook": [message["data"]["id"] for message in self.webhooks()],
            "push": [message["tag"] for message in self.pushed()],
            "chat": [re.split(r"[|>]", block)[1] for block in self.chats()],
            "mail": [line[2:] for one in mail.outbox for line in str(one.body).splitlines() if line.startswith("* ")],
            "account": [re.split(r"\n", post["status"])[0] for post in posts],
        }

    def webhooks(self) -> list[dict[str, Any]]:
        """The messages to the program."""
        return [json.loads(body) for body in self.sender.sent.get("https://program.example/", [])]

    def chats(self) -> list[str]:
        """The text of each message to the chat."""
        bodies = map(json.loads, self.sender.sent.get("https://chat.example/", []))
        return [body["blocks"][0]["text"]["text"] for body in bodies]

    def pushed(self) -> list[dict[str, Any]]:
        """What the browser shows."""
        return [
            json.loads(http_ece.decrypt(body, private_key=self.browser, auth_secret=_AUTH, version="aes128gcm"))
            for body in self.sender.sent.get("https://push.example/", [])
        ]

    def fetched(self) -> dict[str, list[str]]:
        """For each channel that is fetched, the names of what it has, newest first."""
        return {
            "atom": [entry.id for entry in feedparser.parse(self.get("/feed.atom").content).entries],
            "json feed": [item["id"] for item in self.get("/feed.json").json()["items"]],
            "preview": [item.key for item in preview(self.wanted, current_clock(), "").items],
        }

    def on_the_log(self) -> dict[str, list[int]]:
        """What the page and the API have, as positions, newest first."""
        minor = "true" if self.wanted.minor else "false"
        query = f"{urlencode(dict(parse_qsl(self.wanted.query)) | {'minor': minor}, safe=',')}"
        changes = self.client.get(f"/api/v1/changes/?{query}&limit=200").json()["data"]
        page = self.client.get(f"/changes/?{query}").content.decode()
        return {
            "api": [change["position"] for change in changes][::-1],
            "page": [int(position) for position in re.findall(r'id="entry-(\d+)"', page)],
        }

    def in_the_calendar(self) -> list[str]:
        """The keys of the events that the calendar shows."""
        document = self.get("/calendar.ics").content
        return sorted(str(entry["uid"]).partition("@")[0] for entry in Calendar.from_ical(document).walk("VEVENT"))

    def get(self, path: str) -> Any:
        """The document for the filter."""
        answer = self.client.get(f"{path}?{self.wanted.query}")
        assert answer.status_code == 200, answer.content
        return answer


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
