"""What a mail service tells by its webhooks (django-anymail): that a mail came back, or was not wanted.

Loaded where MAIL_SERVICE names a service. That it is the service that tells is checked before, by its signature or
secret.
"""

from typing import Any, Final

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.dispatch import receiver
from django.utils import timezone

from tracker.channels.returned.bounces import complained
from tracker.channels.sent.undelivered import came_back, status_in

_UNDELIVERED: Final = (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED)
# What a service says of an address that cannot be one, where it quotes no server.
_INVALID: Final = "5.1.3"


@receiver(tracking, dispatch_uid="tracker.channels.returned.service")
def take_event(event: AnymailTrackingEvent, **_rest: Any) -> None:
    """Do what follows: the same as on a report that came by mail. Safe to be told twice."""
    about = event.metadata or {}
    key, name = str(about.get("subscription", "")), str(about.get("name", ""))
    if event.event_type == EventType.COMPLAINED:
        complained(key)
    elif event.event_type in _UNDELIVERED:
        came_back(key, int(name) if name.isdigit() else 0, _status_of(event), timezone.now())


def _status_of(event: AnymailTrackingEvent) -> str:
    """The status in the answer of the reader's server, as the service quotes it."""
    quoted = status_in(f"{event.mta_response or ''} {event.description or ''}")
    return quoted or (_INVALID if event.reject_reason == RejectReason.INVALID else "")
