"""What follows on a mail that came back: who complains is left alone at once, an address where nobody is as well."""

import re
from datetime import datetime
from typing import Final

from django.db import transaction

from tracker.channels.returned.reports import Kind, is_nobody, read_report
from tracker.channels.sent import links, subscriptions
from tracker.channels.sent.return_path import find_returned
from tracker.domain.subscribing import Channel, SubscriptionState
from tracker.models import Delivery, Subscription

# So many mails that came back within the month that deliveries are kept end a subscription, whatever the reason was.
_MOST_RETURNED: Final = 3
_RETURNED: Final = "came back"
# The address of `List-Unsubscribe`, which a complaint quotes where it leaves out the address of return.
_STOP_LINK: Final = re.compile(r"/subscribe/([0-9a-f]{24})/([\w-]{20,64})/stop/")


def take_mail(raw: bytes, now: datetime) -> int:
    """Do what follows on a mail that came in; how many subscriptions it was about. Safe to be given it twice."""
    report = read_report(raw)
    if report is None:
        return 0
    if report.kind is Kind.COMPLAINT:
        return _complained(report.text)
    return sum(came_back(mail.key, mail.position, report.status, now) for mail in find_returned(report.text))


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


def complained(key: str) -> bool:
    """End what its reader complained about, and forget the address; whether there was such a subscription."""
    subscription = Subscription.objects.filter(channel=Channel.MAIL, key=key).first()
    if subscription is not None:
        subscriptions.leave_alone(subscription)
    return subscription is not None


def _note(subscription: Subscription, position: int, status: str, now: datetime) -> int:
    """Add the mail to those that came back; how many there are."""
    returned = subscription.deliveries.filter(arrived=False, detail__startswith=_RETURNED)
    if not returned.filter(position=position).exists():
        detail = f"{_RETURNED}: {status}".rstrip(": ")
        Delivery.objects.create(
            subscription=subscription, position=position, attempted_at=now, arrived=False, detail=detail
        )
    return returned.count()


def _complained(text: str) -> int:
    """End what somebody complained about, and forget the address."""
    named = Subscription.objects.filter(channel=Channel.MAIL, key__in=[mail.key for mail in find_returned(text)])
    linked = (links.find(*match.group(1, 2)) for match in _STOP_LINK.finditer(text))
    about = {one.key: one for one in [*named, *linked] if one is not None}
    for subscription in about.values():
        subscriptions.leave_alone(subscription)
    return len(about)
