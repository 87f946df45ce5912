"""How many requests one reader may make in a minute."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, cast

from django.core.cache import BaseCache, caches
from django.http import HttpRequest
from django.utils.connection import ConnectionProxy
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from tracker.http.client_address import address_of
from tracker.http.counting import count_one


class AddressThrottle(SimpleRateThrottle):
    """The framework's, by address, with a count of whole minutes in place of a list of moments.

    A list is read and written back, so that of two requests at once only one is counted; a count is
    raised by the cache itself, and tells what is left. Without the cache nobody is refused.
    """

    scope = "address"
    cache = cast(BaseCache, ConnectionProxy(caches, "counters"))
    num_requests: int
    duration: int
    remaining = 0

    def get_cache_key(self, request: Request, view: Any) -> str:
        """For whom the request is counted."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}

    def get_ident(self, request: Request | HttpRequest) -> str:
        """The address, or for IPv6 the network that one household has."""
        text = address_of(getattr(request, "_request", request))
        try:
            address = ip_address(text)
        except ValueError:
            return "unknown"
        return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else text

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request, and say whether it is still one of those allowed."""
        self.now = self.timer()
        key = f"{self.get_cache_key(request, view)}:{int(self.now // self.duration)}"
        # A cache that is away tells nothing, and nobody is refused.
        self.remaining = self.num_requests - count_one(key, 2 * self.duration)
        return self.remaining >= 0

    def wait(self) -> float:
        """After how many seconds the next minute begins."""
        return float(self.duration - int(self.now % self.duration))

    def headers(self) -> dict[str, str]:
        """The headers by which a program sees what it has left."""
        return {
            "RateLimit-Limit": str(self.num_requests),
            "RateLimit-Remaining": str(max(self.remaining, 0)),
            "RateLimit-Reset": str(int(self.wait())),
            "RateLimit-Policy": f"{self.num_requests};w={self.duration}",
        }
