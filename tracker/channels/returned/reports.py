"""What a mail that came back says: that a message could not be delivered (RFC 3464), or was not wanted (RFC 5965)."""

import email
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from enum import Enum
from typing import Final

from tracker.channels.sent.undelivered import status_in

# A report quotes the message that came back; what lies behind so many bytes tells us nothing.
MOST_READ: Final = 1_000_000
# What a provider reports that is no complaint.
_PRAISE: Final = "not-spam"


class Kind(Enum):
    """What a report is about."""

    UNDELIVERED = "undelivered"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Report:
    """A report, with everything in it where an address of ours may stand. `status` is empty where it tells none."""

    kind: Kind
    text: str
    status: str = ""


def read_report(raw: bytes) -> Report | None:
    """What the mail reports; None for one that is no report, such as an answer, or that the message only waits."""
    # The lenient policy: a report that breaks a rule of headers is still read.
    message = email.message_from_bytes(raw[:MOST_READ])
    for part in message.walk():
        if part.get_content_type() == "message/feedback-report":
            return _complaint(part, message)
        if part.get_content_type() == "message/delivery-status":
            return _undelivered(part, message)
    return None


def _complaint(part: Message, message: Message) -> Report | None:
    if any(_PRAISE in str(fields.get("Feedback-Type", "")).lower() for fields in _fields(part)):
        return None
    return Report(Kind.COMPLAINT, _text(message))


def _undelivered(part: Message, message: Message) -> Report | None:
    """The first recipient that was given up: each of our mails has one."""
    for fields in _fields(part):
        if str(fields.get("Action", "")).strip().lower() == "failed":
            return Report(Kind.UNDELIVERED, _text(message), status_in(str(fields.get("Status", ""))))
    return None


def _fields(part: Message) -> list[Message]:
    """The groups of fields of a report: its parser takes each for a message, or the whole for a text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [one for one in payload if isinstance(one, Message)]
    return [email.message_from_string(str(payload))]


def _text(message: Message) -> str:
    return "\n".join(_lines(message))


def _lines(message: Message) -> Iterator[str]:
    """All headers and all text, decoded: where the address of return stands depends on who writes the report."""
    for part in message.walk():
        yield from (f"{name}: {value}" for name, value in part.items())
        if part.get_content_maintype() == "text":
            content = part.get_payload(decode=True)
            yield content.decode(errors="replace") if isinstance(content, bytes) else ""
