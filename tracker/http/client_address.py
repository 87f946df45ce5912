"""Where a request came from, and whether too many wrong passwords came from there."""

from datetime import timedelta
from ipaddress import ip_address
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
    """The address that the request came from: what the outermost of our own proxies saw, where we stand behind some."""
    if request is None:
        return ""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    # Each proxy appends the address that it saw; what stands before their entries is only what the client said.
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    hops: int = settings.PROXY_HOPS
    told = seen[-hops] if 0 < hops <= len(seen) else ""
    return told if _is_address(told) else direct


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def guesses(request: HttpRequest) -> bool:
    """Whether the network that asks has guessed too often of late, whichever names it tried."""
    network = network_of(address_of(request))
    failed = AuditEntry.objects.filter(network=network, action=AuditAction.LOGIN_FAILED, at__gt=timezone.now() - WITHIN)
    return bool(network) and failed.count() >= AT_MOST
