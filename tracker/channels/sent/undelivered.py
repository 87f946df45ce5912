"""What follows on a mail that did not arrive: nobody at its address ends a subscription at once, else the third one."""

import re
from datetime import datetime
from typing import Final

from django.db import transaction

from tracker.channels.sent import subscriptions
from tracker.domain.subscribing import Channel, SubscriptionState
from tracker.models import Delivery, Subscription

_STATUS: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
# The statuses (RFC 3463, and the registry) that say of an address that nobody is there, nor will be.
_NOBODY: Final = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
# So many mails that came back within the month that deliveries are kept end a subscription, whatever the reason was.
_MOST_RETURNED: Final = 3
_RETURNED: Final = "came back"


def came_back(key: str, position: int, status: str, now: datetime) -> bool:
    """Note that this mail did not arrive; whether there was such a subscription.

    Nobody at the address ends it at once. A full mailbox, or a server that takes us for a sender of spam, may pass:
    then the third mail that comes back ends it.
    """
    with transaction.atomic():
        subscription = Subscription.objects.select_for_update().filter(channel=Channel.MAIL, key=key).first()
        if subscription is None:
            return False
        if subscription.state == SubscriptionState.PENDING:
            subscriptions.stop(subscription)
        elif _note(subscription, position, status, now) >= _MOST_RETURNED or is_nobody(status):
            subscriptions.disable(subscription, f"{_RETURNED}: {status}".rstrip(": "), now)
    return True


def is_nobody(status: str) -> bool:
    """Whether the status says that nobody is at the address."""
    return status in _NOBODY


def status_in(text: str) -> str:
    """The first enhanced status in an answer of a mail server; empty where it gives none."""
    found = _STATUS.search(text)
    return found.group(1) if found else ""


def _note(subscription: Subscription, position: int, status: str, now: datetime) -> int:
    """Add the mail to those that came back; how many there are."""
    returned = subscription.deliveries.filter(arrived=False, detail__startswith=_RETURNED)
    if not returned.filter(position=position).exists():
        detail = f"{_RETURNED}: {status}".rstrip(": ")
        Delivery.objects.create(
            subscription=subscription, position=position, attempted_at=now, arrived=False, detail=detail
        )
    return returned.count()
