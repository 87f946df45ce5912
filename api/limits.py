"""How many requests one reader may make in a minute. The count is kept in the cache; without it nobody is refused."""

import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

_WINDOW: Final = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a reader has left in the current minute."""

    limit: int
    remaining: int
    reset: int

    @property
    def spent(self) -> bool:
        """Whether this request is one too many."""
        return self.remaining < 0

    def headers(self) -> dict[str, str]:
        """The headers by which a program sees what it has left."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.remaining, 0)),
            "RateLimit-Reset": str(self.reset),
            "RateLimit-Policy": f"{self.limit};w={_WINDOW}",
        }


def count(request: HttpRequest) -> Allowance:
    """Count the request; what its sender has left."""
    now = time.time()
    window, reset = int(now // _WINDOW), _WINDOW - int(now % _WINDOW)
    limit: int = settings.API_REQUESTS_PER_MINUTE
    return Allowance(limit, limit - _add_one(f"api-requests:{sender(request)}:{window}"), reset)


def _add_one(key: str) -> int:
    cache.add(key, 0, timeout=2 * _WINDOW)
    try:
        # A cache that is away gives None; then nothing is known, and nobody is refused.
        return cache.incr(key) or 0
    except ValueError:
        return 0


def sender(request: HttpRequest) -> str:
    """Whom to count the request for: the address, or for IPv6 the network that one household has."""
    text = _address(request)
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else text


def _address(request: HttpRequest) -> str:
    # The proxy appends the address that it saw; what stands before it is only what the client said.
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
