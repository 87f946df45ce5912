"""Where a request came from."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest | None) -> str:
    """The address that the request came from: what our own proxy saw, where we stand behind one."""
    if request is None:
        return ""
    # The proxy appends the address that it saw; what stands before it is only what the client said.
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
