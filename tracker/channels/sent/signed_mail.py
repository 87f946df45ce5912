"""Mail over SMTP, signed by DKIM with a key of this site; for who sends without a relay that signs.

A relay that signs by itself is as good: then no key is set, and Django's own backend sends.
"""

from functools import cache
from pathlib import Path
from typing import Final, cast

import dkim
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import SafeMIMEMultipart, sanitize_address

# What a receiver relies on. The one-click headers have to be among them, or mail programs do not offer the button.
_SIGNED: Final = (
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"mime-version",
    b"content-type",
    b"list-id",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
)


class SignedBackend(EmailBackend):
    """Django's SMTP backend, with a signature before each message."""

    def _send(self, email_message: EmailMessage) -> bool:
        """Send one message; whether it was taken."""
        recipients = [sanitize_address(one, "utf-8") for one in email_message.recipients()]
        if not recipients or self.connection is None:
            return False
        sender = sanitize_address(email_message.from_email, "utf-8")
        message = cast(SafeMIMEMultipart, email_message.message())
        self.connection.sendmail(sender, recipients, sign(message.as_bytes(linesep="\r\n")))
        return True


def sign(message: bytes) -> bytes:
    """The message with its signature before it."""
    domain = str(settings.DKIM_DOMAIN or settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">"))
    signature: bytes = dkim.sign(
        message,
        selector=settings.DKIM_SELECTOR.encode(),
        domain=domain.encode(),
        privkey=_key(settings.DKIM_KEY_FILE),
        include_headers=list(_SIGNED),
        canonicalize=(b"relaxed", b"relaxed"),
    )
    return signature + message


@cache
def _key(path: str) -> bytes:
    return Path(path).read_bytes()
