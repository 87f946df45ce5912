"""Conditional requests: whether the client has the answer already (RFC 9110, section 13)."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.http import parse_http_date_safe


def names(header: str, tag: str) -> bool:
    """Whether `If-None-Match` names that entity tag, be it as a weak one."""
    return tag in {one.strip().removeprefix("W/") for one in header.split(",")}


def has_it_already(request: HttpRequest, headers: Mapping[str, str]) -> bool:
    """Whether the client has the good answer with these headers. A date counts only where it sent no tag."""
    asked = request.headers.get("If-None-Match")
    if asked is not None:
        return "ETag" in headers and (asked.strip() == "*" or names(asked, headers["ETag"]))
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    changed = parse_http_date_safe(headers.get("Last-Modified", ""))
    return since is not None and changed is not None and changed <= since
