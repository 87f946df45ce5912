"""Where a mail comes back to: an address that says whose mail it was, and proves that we sent it."""

import re
from typing import Final, NamedTuple

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from tracker.models import Subscription

# Lower case letters and digits alone, and 64 characters at the most: servers may change the case of an address.
_PATH: Final = re.compile(r"\+([0-9a-f]{24})-(\d{1,12})-([0-9a-f]{12})@", re.IGNORECASE)
_PROOF: Final = 12


class Returned(NamedTuple):
    """Which mail it was: whose, and up to which entry of the log it told."""

    key: str
    position: int


def return_path(subscription: Subscription, position: int) -> str:
    """The address to which this mail comes back; empty where the site reads none."""
    name, at, host = settings.BOUNCE_ADDRESS.rpartition("@")
    if not at:
        return ""
    return f"{name}+{subscription.key}-{position}-{_proof(subscription.key, str(position))}@{host}"


def find_returned(text: str) -> set[Returned]:
    """The mails of ours that a text names by their addresses of return; a forged address is none."""
    found = (match.group(1, 2, 3) for match in _PATH.finditer(text))
    return {
        Returned(key.lower(), int(position))
        for key, position, proof in found
        if constant_time_compare(proof.lower(), _proof(key.lower(), position))
    }


def _proof(key: str, position: str) -> str:
    return salted_hmac("tracker.channels.return_path", f"{key}-{position}", algorithm="sha256").hexdigest()[:_PROOF]
