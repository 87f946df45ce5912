"""Where a request came from, and whether too many wrong passwords came from there."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from tracker.actions import network_of
from tracker.domain.vocabulary import AuditAction
from tracker.models import AuditEntry

# An office of editors types a wrong password now and then; somebody who tries names one by one does nothing else.
AT_MOST: Final = 40
WITHIN: Final = timedelta(minutes=15)


def address_of(request: HttpRequest | None) -> str:
    """The address that the request came from: what our own proxy saw, where we stand behind one."""
    if request is None:
        return ""
    # The proxy appends the address that it saw; what stands before it is only what the client said.
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def guesses(request: HttpRequest) -> bool:
    """Whether the network that asks has guessed too often of late, whichever names it tried."""
    network = network_of(address_of(request))
    failed = AuditEntry.objects.filter(network=network, action=AuditAction.LOGIN_FAILED, at__gt=timezone.now() - WITHIN)
    return bool(network) and failed.count() >= AT_MOST
