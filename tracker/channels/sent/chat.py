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
    note = _fit(text.note, 1800, _for_slack)
    mrkdwn = f"<{text.url}|{_fit(text.title, 1000, _for_slack)}>" + (f"\n{note}" if note else "")
    section = {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn}}
    return _json(address, {"text": _fit(text.title, 1000), "blocks": [section], "unfurl_links": False})


def _for_slack(text: str) -> str:
    # Slack reads three signs as its own mark-up.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _discord(address: str, text: Text) -> Post:
    embed = {"title": _fit(text.title, 256), "url": text.url, "description": _fit(text.note, 4096)}
    # Nobody is called by name, whatever a title says.
    return _json(address, {"embeds": [embed], "allowed_mentions": {"parse": []}})


def _teams(address: str, text: Text) -> Post:
    title = {"type": "TextBlock", "text": _fit(text.title, 1000), "weight": "Bolder", "wrap": True}
    note = {"type": "TextBlock", "text": _fit(text.note, 4000), "wrap": True}
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [title, note] if text.note else [title],
        "actions": [{"type": "Action.OpenUrl", "title": "Article 10", "url": text.url}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return _json(address, {"type": "message", "attachments": [attachment]})


def _mattermost(address: str, text: Text) -> Post:
    title = _fit(text.title, 1000).replace("[", "(").replace("]", ")")
    note = _fit(text.note, 8000)
    return _json(address, {"text": f"[{title}]({text.url})" + (f"\n{note}" if note else ""), "username": "Article 10"})


def _matrix(address: str, text: Text) -> Post:
    plain = f"{_fit(text.title, 1000)}\n{text.url}"
    return _json(address, {"text": plain, "html": _html(text, "<br>"), "username": "Article 10"})


def _telegram(address: str, text: Text) -> Post:
    """The chat is named in the address (`?chat_id=…`), as Telegram's own examples do."""
    url, parameters = _parted(address)
    body = {"chat_id": parameters.pop("chat_id", ""), "text": _html(text, "\n"), "parse_mode": "HTML"}
    return _json(_joined(url, parameters), body)


def _ntfy(address: str, text: Text) -> Post:
    """JSON is taken at the root of the server; the topic is the last part of the address."""
    parts = urlsplit(address)
    root, _slash, topic = parts.path.rpartition("/")
    # More than 4,096 bytes would become an attachment.
    message = _fit(text.note or text.title, 1000)
    body = {"topic": topic, "title": _fit(text.title, 250), "message": message, "click": text.url}
    return _json(urlunsplit(parts._replace(path=f"{root}/")), body)


def _html(text: Text, line_break: str) -> str:
    note = _fit(text.note, 2500, escape)
    link = f'<a href="{escape(text.url)}">{_fit(text.title, 1000, escape)}</a>'
    return link + (f"{line_break}{note}" if note else "")


def _fit(text: str, most: int, write: Callable[[str], str] = str) -> str:
    """The text as that program writes it, in so many signs; cut before it is written, so that none is halved."""
    if len(written := write(text)) <= most:
        return written
    while len(write(text)) >= most:
        text = text[: len(text) * 9 // 10]
    return f"{write(text)}…"


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
