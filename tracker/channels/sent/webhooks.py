"""Messages to programs by Standard Webhooks 1.0: what is signed, with which secrets, and under which name."""

import base64
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from standardwebhooks import Webhook

from tracker.channels.items import Item, key_of
from tracker.domain.subscribing import ROTATION, Extent
from tracker.models import Subscription
from tracker.readmodel.fold import write_moment

_SECRET_BYTES: Final = 24
TEST_TYPE: Final = "subscription.test"
VERIFY_TYPE: Final = "subscription.verify"


def new_secret() -> str:
    """A secret in the form of the standard."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"


def message_of(item: Item, extent: Extent) -> dict[str, Any]:
    """The body for one entry. Thin says what changed and where to fetch it; full has the whole entry besides."""
    data: dict[str, Any] = {
        "position": item.position,
        "edition": item.position,
        "root": item.root,
        "id": item.key,
        "title": item.title,
        "date": str(item.happened) if item.happened else None,
        "late": item.is_late,
        "accession": item.accession or None,
        "ally": item.ally or None,
        "event": item.event or None,
        "commitment": item.commitment or None,
        "replaces": key_of(item.replaces) if item.replaces else None,
        "url": item.url,
    }
    if extent is Extent.FULL:
        data |= {"note": item.note or None, "sources": [url for _, url in item.sources], "payload": item.payload}
    return {"type": item.type, "timestamp": write_moment(item.recorded_at), "data": data}


def message_id(subscription: Subscription, position: int) -> str:
    """The name of a message, the same at every attempt, by which a receiver knows one it has had."""
    return f"msg_{subscription.key}_{position}"


def sign(subscription: Subscription, name: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers of the standard. While a secret is being changed, both sign."""
    # The library takes the wall clock of any zone for UTC; in UTC it is right.
    moment = now.astimezone(UTC)
    signatures = [Webhook(secret).sign(name, moment, body.decode()) for secret in _secrets_at(subscription, now)]
    return {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _secrets_at(subscription: Subscription, now: datetime) -> list[str]:
    before = subscription.secret_before
    holds = before and subscription.rotated_at is not None and now < subscription.rotated_at + ROTATION
    return [subscription.secret, *([before] if holds else [])]


def encode(message: Mapping[str, Any]) -> bytes:
    """The very bytes that are signed and sent."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
