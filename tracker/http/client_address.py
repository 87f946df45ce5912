"""Where a request came from, and over which transport."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

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


def scheme_of(environ: Mapping[str, Any]) -> str:
    """`https` or `http`: what our proxy says, where we stand behind one; as `request.scheme`, without a request."""
    name, secure = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    told = environ.get(name)
    if told is None:
        return str(environ["wsgi.url_scheme"])
    return "https" if told.partition(",")[0].strip() == secure else "http"


def _is_address(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False
