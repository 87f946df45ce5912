"""Mail to subscribers: the question whether it is wanted, the news, and that a webhook was disabled.

Every mail has a plain and an HTML part, a link to manage, and can be stopped by one click (RFC 8058), which is a POST:
programs that look at links before people do change nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.utils import make_msgid
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.channels.describing import describe
from tracker.channels.items import Item
from tracker.channels.sent.fan_out import read_query
from tracker.channels.sent.links import manage_link, stop_link
from tracker.channels.sent.return_path import return_path
from tracker.domain.subscribing import SubscriptionState
from tracker.models import Subscription
from tracker.readmodel.clock import read_clock

# More entries than this in one mail are counted, and read on the site.
MOST_TOLD: Final = 100


@contextmanager
def in_language_of(subscription: Subscription) -> Iterator[None]:
    """Whatever is told inside is told in the subscriber's language."""
    with translation.override(subscription.language):
        yield


def send_question(subscription: Subscription) -> None:
    """Ask whether the mail is wanted; nothing else is sent before the answer."""
    with in_language_of(subscription):
        _send(
            subscription,
            "question",
            _("Please confirm: news of NATO accessions from Article 10"),
            {"is_active": subscription.state == SubscriptionState.ACTIVE},
            name="question",
        )


def send_news(subscription: Subscription, items: Sequence[Item]) -> None:
    """Tell of the entries, oldest first, in one mail."""
    with in_language_of(subscription):
        told = items[:MOST_TOLD]
        context = {"items": told, "further": len(items) - len(told), "changes": f"{settings.BASE_URL}/changes/"}
        _send(subscription, "news", _subject(items), context, name=str(items[-1].position))


def _subject(items: Sequence[Item]) -> str:
    if len(items) == 1:
        return items[0].title
    return ngettext("%(count)d change: %(first)s", "%(count)d changes: %(first)s", len(items)) % {
        "count": len(items),
        "first": items[-1].title,
    }


def send_disabled(subscription: Subscription) -> None:
    """Say to the owner of a webhook that it is sent to no more, and how to open it again."""
    if not subscription.contact:
        return
    with in_language_of(subscription):
        context = {"fault": subscription.last_error}
        subject = _("A webhook of yours was disabled: it did not answer")
        _send(subscription, "disabled", subject, context, name="disabled", to=subscription.contact)


def _send(
    subscription: Subscription, template: str, subject: str, context: dict[str, Any], *, name: str, to: str = ""
) -> None:
    context = {
        **context,
        "about": describe(read_query(subscription.query), read_clock({})),
        "manage": manage_link(subscription),
        "stop": stop_link(subscription),
        "site": settings.BASE_URL,
        "contact": settings.CONTACT,
    }
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    mail = EmailMultiAlternatives(
        # A line break in a subject would be a header of its own.
        " ".join(subject.split())[:200],
        render_to_string(f"mail/{template}.txt", context),
        # What the servers write to; the reader sees `From`. A mail to another than the reader ends no subscription.
        from_email=None if to else return_path(subscription, int(name) if name.isdigit() else 0) or None,
        to=[to or subscription.address],
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            # The same at every attempt, so that a mail sent twice is seen to be one.
            "Message-ID": f"<{subscription.key}.{name}@{host}>" if name.isdigit() else make_msgid(domain=host),
            "List-Unsubscribe": f"<{stop_link(subscription)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"Article 10 <news.{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    # A mail service gives it back with what it tells of the mail (`tracker.channels.returned.service`).
    mail.metadata = {} if to else {"subscription": subscription.key, "name": name}  # type: ignore[attr-defined]
    mail.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    mail.send()
