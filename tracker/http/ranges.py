"""Part of a file, for who goes on with a download that broke off (RFC 9110, section 14). One range at a time."""

import re
from typing import Final

from django.http import HttpRequest, HttpResponse

_RANGE: Final = re.compile(r"\s*bytes\s*=\s*(?P<first>[0-9]{0,18})\s*-\s*(?P<last>[0-9]{0,18})\s*", re.IGNORECASE)


def cut(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer cut to the range that is asked for; whole where none is, or where it is one that we do not serve."""
    response.headers["Accept-Ranges"] = "bytes"
    match = _RANGE.fullmatch(request.headers.get("Range", "")) if request.method == "GET" else None
    if match is None or not (match["first"] or match["last"]) or not _is_of_this_file(request, response):
        return response
    size = len(response.content)
    first, last = _ends(match["first"], match["last"], size)
    if first >= size or last < 0:
        response.status_code, response.content = 416, b""
        response.headers["Content-Range"] = f"bytes */{size}"
    elif first <= last:
        response.status_code, response.content = 206, response.content[first : last + 1]
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _ends(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte, both included."""
    if not first:
        # The last so many bytes; none of them is a range that cannot be.
        return (max(size - int(last), 0), size - 1) if int(last) else (size, size - 1)
    return int(first), min(int(last or size - 1), size - 1)


def _is_of_this_file(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the part that the client has is of this very file; a date is too coarse to say so."""
    return request.headers.get("If-Range", response.headers["ETag"]) == response.headers["ETag"]
