"""Cursors: where a walk through a list has come to, in which edition, and of which list.

Opaque to clients. A walk stays in the edition and on the day in which it began, whatever is written meanwhile.
"""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import Self

from tracker.domain.exceptions import BadParameter


@dataclass(frozen=True, slots=True)
class Cursor:
    """The key of the last row that was handed out, and the two clocks of the walk."""

    edition: int
    as_of: str
    # Of which list, with which filters: a cursor of another list would lead nowhere.
    walk: str
    key: str

    @classmethod
    def read(cls, text: str) -> Self:
        """The cursor that the text holds. Raises `BadParameter`."""
        try:
            edition, as_of, walk, key = json.loads(base64.urlsafe_b64decode(text.encode("ascii") + b"=="))
        except (ValueError, TypeError, binascii.Error, RecursionError) as error:
            raise _unreadable(text) from error
        if not (type(edition) is int and all(isinstance(part, str) for part in (as_of, walk, key))):
            raise _unreadable(text)
        return cls(edition, as_of, walk, key)

    def write(self) -> str:
        """The cursor as text for an address."""
        packed = json.dumps([self.edition, self.as_of, self.walk, self.key], separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def walk_of(path: str, parameters: dict[str, str]) -> str:
    """What names a walk: the list and its filters, in short."""
    filters = {name: value for name, value in sorted(parameters.items()) if name not in _NOT_OF_THE_WALK}
    return hashlib.sha256(json.dumps([path, filters]).encode()).hexdigest()[:12]


_NOT_OF_THE_WALK = {"cursor", "limit", "as_of", "known_at", "fields", "include", "format"}


def _unreadable(text: str) -> BadParameter:
    return BadParameter("cursor", text, "take it unchanged from `links.next` of the answer before")
