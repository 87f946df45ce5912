"""What follows on a mail that came back: who complains is left alone at once, an address where nobody is as well."""

import re
from datetime import datetime
from typing import Final

from tracker.channels.returned.reports import Kind, read_report
from tracker.channels.sent import links, subscriptions
from tracker.channels.sent.return_path import find_returned
from tracker.channels.sent.undelivered import came_back
from tracker.domain.subscribing import Channel
from tracker.models import Subscription

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


def complained(key: str) -> bool:
    """End what its reader complained about, and forget the address; whether there was such a subscription."""
    subscription = Subscription.objects.filter(channel=Channel.MAIL, key=key).first()
    if subscription is not None:
        subscriptions.leave_alone(subscription)
    return subscription is not None


def _complained(text: str) -> int:
    """End what somebody complained about, and forget the address."""
    named = Subscription.objects.filter(channel=Channel.MAIL, key__in=[mail.key for mail in find_returned(text)])
    linked = (links.find(*match.group(1, 2)) for match in _STOP_LINK.finditer(text))
    about = {one.key: one for one in [*named, *linked] if one is not None}
    for subscription in about.values():
        subscriptions.leave_alone(subscription)
    return len(about)
