"""Posts of an account of this site, on a Mastodon server or on Bluesky, which an operator sets up.

What was posted and not noted is posted again under the same name, and both servers then make no second post of it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from tracker.channels.items import Item
from tracker.channels.sent.outbound import Answer, Sender
from tracker.channels.sent.webhooks import encode, message_id
from tracker.domain.subscribing import Shape
from tracker.models import Subscription
from tracker.readmodel.fold import write_moment

# Characters of a post. Mastodon counts any address as 23; Bluesky shows ours as a card beside the text.
_MASTODON_MOST: Final = 500 - 23 - 2
_BLUESKY_MOST: Final = 300
_CARD_MOST: Final = 1000
# A session of Bluesky lasts two hours, and new ones are rationed.
_SESSION_FOR: Final = timedelta(hours=1)
_SIGNS: Final = "234567abcdefghijklmnopqrstuvwxyz"
_JSON: Final = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class _Session:
    """As whom we post on Bluesky, and until when that is believed."""

    did: str
    token: str
    until: datetime


_SESSIONS: Final[dict[int, _Session]] = {}


def post(subscription: Subscription, item: Item, sender: Sender, now: datetime) -> Answer:
    """Post the entry on the account; `address` is its server, `secret` what proves that the account is ours."""
    return _POSTING[Shape(subscription.shape)](subscription, item, sender, now)


def _on_mastodon(subscription: Subscription, item: Item, sender: Sender, now: datetime) -> Answer:
    body = {
        "status": f"{_shortened(item, _MASTODON_MOST)}\n\n{item.url}",
        "language": subscription.language,
        "visibility": "public",
    }
    proof = {
        "authorization": f"Bearer {subscription.secret}",
        "idempotency-key": message_id(subscription, item.position),
    }
    return sender.post(f"{subscription.address}/api/v1/statuses", encode(body), {**_JSON, **proof})


def _on_bluesky(subscription: Subscription, item: Item, sender: Sender, now: datetime) -> Answer:
    session = _SESSIONS.get(subscription.pk)
    if session is None or session.until <= now:
        answer = _log_in(subscription, sender)
        if not answer.arrived:
            return answer
        session = _read_session(answer, now)
        if session is None:
            return Answer(arrived=False, detail="no session in the answer")
        _SESSIONS[subscription.pk] = session
    answer = sender.post(
        f"{subscription.address}/xrpc/com.atproto.repo.putRecord",
        encode(_record(subscription, item, session.did)),
        {**_JSON, "authorization": f"Bearer {session.token}"},
    )
    if not answer.arrived:
        # It may be the session that is not believed any more.
        del _SESSIONS[subscription.pk]
    return answer


def _log_in(subscription: Subscription, sender: Sender) -> Answer:
    name, _colon, password = subscription.secret.partition(":")
    address = f"{subscription.address}/xrpc/com.atproto.server.createSession"
    return sender.post(address, encode({"identifier": name, "password": password}), _JSON)


def _read_session(answer: Answer, now: datetime) -> _Session | None:
    try:
        document = json.loads(answer.body)
        return _Session(str(document["did"]), str(document["accessJwt"]), now + _SESSION_FOR)
    except (ValueError, KeyError, TypeError):
        return None


def _record(subscription: Subscription, item: Item, did: str) -> Mapping[str, Any]:
    card = {"uri": item.url, "title": item.title[:_CARD_MOST], "description": item.note[:_CARD_MOST]}
    return {
        "repo": did,
        "collection": "app.bsky.feed.post",
        "rkey": _name_of(item),
        "record": {
            "$type": "app.bsky.feed.post",
            "text": _shortened(item, _BLUESKY_MOST),
            "createdAt": write_moment(item.recorded_at),
            "langs": [subscription.language],
            "embed": {"$type": "app.bsky.embed.external", "external": card},
        },
    }


def _name_of(item: Item) -> str:
    """The name of the record: thirteen signs made of the moment and the position, the same at every attempt."""
    number = (int(item.recorded_at.timestamp() * 1_000_000) << 10) | (item.position % 1024)
    return "".join(_SIGNS[(number >> shift) & 31] for shift in range(60, -1, -5))


def _shortened(item: Item, most: int) -> str:
    """The title, with what there is to add where there is room; cut with a sign that it is."""
    whole = f"{item.title}\n{item.note}" if item.note else item.title
    text = whole if len(whole) <= most else item.title
    return text if len(text) <= most else f"{text[: most - 1]}…"


_POSTING: Final[Mapping[Shape, Callable[[Subscription, Item, Sender, datetime], Answer]]] = {
    Shape.MASTODON: _on_mastodon,
    Shape.BLUESKY: _on_bluesky,
}
