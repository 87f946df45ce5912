"""Where a request came from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


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
