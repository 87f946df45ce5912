"""Answers that follow from an edition: their entity tags, and how long caches may keep them."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from tracker.readmodel.clock import Clock
from tracker.readmodel.log.snapshot import SCHEMA_VERSION

# A date has whole seconds, and editions may have less between them: none is given while another may bear the same.
_SETTLED: Final = timedelta(seconds=5)

PINNED: Final = "public, max-age=604800"
CURRENT: Final = "public, max-age=30, stale-while-revalidate=300"


def entity_tag(request: HttpRequest, clock: Clock, day: date | None, form: str, encoding: str) -> str:
    """The tag of the answer to this request from that edition, in that form and encoding."""
    parts = (
        clock.root,
        str(day),
        SCHEMA_VERSION,
        request.get_full_path(),
        form,
        encoding,
    )
    return f'"{clock.edition}-{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:24]}"'


def validators(tag: str, clock: Clock, day: date | None, *, pinned: bool) -> dict[str, str]:
    """The headers by which a cache sees how long the answer holds, and asks whether it still does."""
    headers = {"ETag": tag, "Cache-Control": PINNED if pinned else CURRENT, **cited_by(clock, day)}
    if clock.recorded_at and timezone.now() - clock.recorded_at > _SETTLED:
        headers["Last-Modified"] = http_date(_last_modified(clock, clock.recorded_at, day).timestamp())
    return headers


def cited_by(clock: Clock, day: date | None) -> dict[str, str]:
    """What the answer is of, for forms that have no room to say so: the edition by name, and its day if it has one."""
    return {"Article10-Edition": clock.edition_name, **({"Article10-As-Of": day.isoformat()} if day else {})}


def file_named(path: str, form: str, clock: Clock, day: date | None) -> dict[str, str]:
    """The name under which a table is kept: what of, which day, which edition; nothing for what is no file."""
    if form != "csv":
        return {}
    noun = "-".join(part for part in path.removeprefix("/api/v1/").removesuffix(".csv").split("/") if part)
    name = "-".join(part for part in ("article10", noun, day.isoformat() if day else "", clock.edition_name) if part)
    return {"Content-Disposition": f'attachment; filename="{name}.csv"'}


def _last_modified(clock: Clock, recorded_at: datetime, day: date | None) -> datetime:
    """When the answer last changed: with its edition, or with the day, where it is today's."""
    if day != clock.today:
        return recorded_at
    return max(recorded_at, datetime.combine(clock.today, time.min, UTC))


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, or 304 where the client has it already."""
    changed = parse_http_date_safe(response.headers.get("Last-Modified", ""))
    return get_conditional_response(request, response.headers.get("ETag"), changed, response) or response


def recall(request: HttpRequest, headers: Mapping[str, str]) -> HttpResponseBase | None:
    """304 without making the answer, where the client has it. None where it has to be made."""
    tag = headers["ETag"]
    if tag in {text.removeprefix("W/") for text in parse_etags(request.headers.get("If-None-Match", ""))}:
        # A tag that a client can name is one that we gave it with a good answer.
        return conditional(request, HttpResponse(headers=dict(headers)))
    return None


def set_headers(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    """Give the answer these headers."""
    for name, value in headers.items():
        response.headers[name] = value
