"""The same entry as chat programs want it posted; each form is one function, and a table says whose it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.utils.html import escape

from tracker.channels.items import Item
from tracker.channels.sent.webhooks import encode
from tracker.domain.subscribing import Shape


@dataclass(frozen=True, slots=True)
class Post:
    """One message: where to, and its bytes."""

    url: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Text:
    """What a chat message says: a title that leads somewhere, and what there is to add."""

    title: str
    note: str
    url: str


def text_of(item: Item) -> Text:
    """What a chat is told of an entry."""
    return Text(item.title, item.note, item.url)


def post_of(shape: Shape, address: str, text: Text) -> Post:
    """The message in the form of that program."""
    return _FORMS[shape](address, text)


def _slack(address: str, text: Text) -> Post:
    # Slack reads three signs as its own mark-up.
    signs = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
    note = f"\n{text.note.translate(signs)}" if text.note else ""
    mrkdwn = f"<{text.url}|{text.title.translate(signs)}>{note}"
    section = {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn[:3000]}}
    return _json(address, {"text": text.title, "blocks": [section], "unfurl_links": False})


def _discord(address: str, text: Text) -> Post:
    embed = {"title": text.title[:256], "url": text.url, "description": text.note[:4096]}
    # Nobody is called by name, whatever a title says.
    return _json(address, {"embeds": [embed], "allowed_mentions": {"parse": []}})


def _teams(address: str, text: Text) -> Post:
    blocks: list[dict[str, Any]] = [{"type": "TextBlock", "text": text.title, "weight": "Bolder", "wrap": True}]
    if text.note:
        blocks.append({"type": "TextBlock", "text": text.note, "wrap": True})
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": blocks,
        "actions": [{"type": "Action.OpenUrl", "title": "Article 10", "url": text.url}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return _json(address, {"type": "message", "attachments": [attachment]})


def _mattermost(address: str, text: Text) -> Post:
    return _json(address, {"text": _markdown(text), "username": "Article 10"})


def _matrix(address: str, text: Text) -> Post:
    html = f'<a href="{escape(text.url)}">{escape(text.title)}</a>' + (f"<br>{escape(text.note)}" if text.note else "")
    return _json(address, {"text": f"{text.title}\n{text.url}", "html": html, "username": "Article 10"})


def _telegram(address: str, text: Text) -> Post:
    """The chat is named in the address (`?chat_id=…`), as Telegram's own examples do."""
    url, parameters = _parted(address)
    html = f'<a href="{escape(text.url)}">{escape(text.title)}</a>' + (f"\n{escape(text.note)}" if text.note else "")
    body = {"chat_id": parameters.pop("chat_id", ""), "text": html[:4096], "parse_mode": "HTML"}
    return _json(_joined(url, parameters), body)


def _ntfy(address: str, text: Text) -> Post:
    """JSON is taken at the root of the server; the topic is the last part of the address."""
    parts = urlsplit(address)
    root, _slash, topic = parts.path.rpartition("/")
    body = {"topic": topic, "title": text.title, "message": text.note or text.title, "click": text.url}
    return _json(urlunsplit(parts._replace(path=f"{root}/")), body)


def _markdown(text: Text) -> str:
    title = text.title.replace("[", "(").replace("]", ")")
    return f"[{title}]({text.url})" + (f"\n{text.note}" if text.note else "")


def _json(url: str, body: Mapping[str, Any]) -> Post:
    return Post(url, encode(body))


def _parted(address: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query="")), dict(parse_qsl(parts.query))


def _joined(url: str, parameters: Mapping[str, str]) -> str:
    return f"{url}?{urlencode(parameters)}" if parameters else url


_FORMS: Final[Mapping[Shape, Callable[[str, Text], Post]]] = {
    Shape.SLACK: _slack,
    Shape.DISCORD: _discord,
    Shape.TEAMS: _teams,
    Shape.MATTERMOST: _mattermost,
    Shape.MATRIX: _matrix,
    Shape.TELEGRAM: _telegram,
    Shape.NTFY: _ntfy,
}
