"""Messages to a browser (Web Push): encrypted for it alone (RFC 8291), and sent in the name of this site (RFC 8292)."""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02

from tracker.channels.items import Item
from tracker.domain.exceptions import BadParameter

# Push services refuse a longer life of the token than a day.
_TOKEN_FOR: Final = timedelta(hours=12)
# A browser that was off for longer has the site to read.
_KEPT_FOR: Final = timedelta(days=3)
# What every push service takes is 4,096 bytes with what encrypting adds.
_MOST: Final = 3000


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a browser is reached, and what only it can read with."""

    endpoint: str
    public_key: str
    auth: str

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Browser":
        """What `PushSubscription.toJSON()` gives. Raises `BadParameter`."""
        keys = document.get("keys")
        keys = keys if isinstance(keys, Mapping) else {}
        browser = cls(str(document.get("endpoint", "")), str(keys.get("p256dh", "")), str(keys.get("auth", "")))
        lengths = (len(_decode(browser.public_key)), len(_decode(browser.auth)))
        if lengths != (65, 16):
            raise BadParameter("keys", "", "a browser gives p256dh of 65 bytes and auth of 16")
        return browser

    @property
    def keys(self) -> str:
        """Both keys as one text, as they are kept."""
        return f"{self.public_key}.{self.auth}"


def encrypt(message: Mapping[str, Any], keys: str) -> bytes:
    """The bytes that only the browser with these keys can read."""
    public_key, _dot, auth = keys.partition(".")
    content = json.dumps(message, ensure_ascii=False).encode()
    ours = ec.generate_private_key(ec.SECP256R1())
    encrypted: bytes = http_ece.encrypt(
        content, private_key=ours, dh=_decode(public_key), auth_secret=_decode(auth), version="aes128gcm"
    )
    return encrypted


def headers_for(endpoint: str, now: datetime) -> dict[str, str]:
    """Who sends, for how long the push service keeps the message, and how it is coded."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + _TOKEN_FOR).timestamp()),
        # Whom the push service may write to.
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    return {
        **_vapid(settings.VAPID_KEY_FILE).sign(claims),
        "content-type": "application/octet-stream",
        "content-encoding": "aes128gcm",
        "ttl": str(int(_KEPT_FOR.total_seconds())),
        "urgency": "normal",
    }


def message_of(item: Item) -> dict[str, str]:
    """What the browser shows: a title, a line, and what opens."""
    room = _MOST - len(item.url) - len(item.title.encode())
    note = item.note.encode()[: max(room, 0)].decode(errors="ignore")
    return {"title": item.title, "body": note, "url": item.url, "tag": item.key}


def public_key() -> str:
    """The key by which browsers know this site, as they want it."""
    point = _vapid(settings.VAPID_KEY_FILE).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


@cache
def _vapid(path: str) -> Vapid02:
    """The key in the file, made where there is none: several hosts have to share the file."""
    file = Path(path)
    if not file.exists():
        _make_key(file)
    return Vapid02.from_file(path)


def _make_key(file: Path) -> None:
    vapid = Vapid02()
    vapid.generate_keys()
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(vapid.private_pem())
    try:
        # Linked and not renamed: of two processes that start together, both use the key of the first.
        os.link(new, file)
    except FileExistsError:
        pass
    finally:
        new.unlink()


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
