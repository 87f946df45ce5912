"""Asking cited addresses, from time to time, whether they still answer.

A citation is never changed by that: an operator sees what is gone, and adds a source that is there.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from tracker.domain.vocabulary import LinkState
from tracker.fetch.fetching import Ask
from tracker.fetch.outcomes import Failed, Fetched, Reason, Refused, Throttled, Unchanged
from tracker.models import Citation, Link
from tracker.watch.asking import Answer, Asker
from tracker.watch.citations.answers import meaning_of
from tracker.watch.hosts import Deferred
from tracker.watch.transient import TRANSIENT_ERRORS

logger = logging.getLogger(__name__)

MOST: Final = 30
# Seconds after which a run begins no further question: no other job should wait for this one.
PATIENCE: Final = 60.0
_AGAIN: Final = timedelta(days=30)
_SOON: Final = timedelta(days=2)
_GONE: Final = frozenset({404, 410})
_LOGIN: Final = frozenset({401, 407})
# To people it may well answer: the owner wants no machines, which is no fault of the citation.
_CLOSED: Final = frozenset({403, 405, 406, 451})
# Something is there, larger or stranger than what we would keep; that is all we want to know.
_THERE: Final = frozenset({Reason.TOO_LARGE, Reason.ENCODING})
_NEW_AT_ONCE: Final = 500


def check_links(asker: Asker, now: datetime, clock: Callable[[], datetime] | None = None) -> int:
    """Ask those of the cited addresses that are due; how many were asked.

    `clock` says what time it is when a turn comes: a run takes minutes.
    """
    enrol(now)
    end = time.monotonic() + PATIENCE
    asked = 0
    for link in Link.objects.due(now)[:MOST]:
        if time.monotonic() > end:
            break
        columns = _ask(asker, link, clock() if clock else now)
        Link.objects.filter(pk=link.pk, next_check_at=link.next_check_at).update(**columns)
        asked += "checked_at" in columns
    return asked


def enrol(now: datetime) -> int:
    """Begin to look after addresses that are cited and were not looked after; how many."""
    known = Link.objects.values("url")
    new = Citation.objects.exclude(url__in=known).order_by("url").values_list("url", flat=True).distinct()
    rows = Link.objects.bulk_create(
        [Link(url=url, next_check_at=now) for url in new[:_NEW_AT_ONCE]], ignore_conflicts=True
    )
    return len(rows)


def _ask(asker: Asker, link: Link, now: datetime) -> dict[str, Any]:
    """What came of asking; our own mistake with one address must not keep the others waiting."""
    try:
        return _answered(link, asker.ask(Ask(link.url), now), now)
    except TRANSIENT_ERRORS:
        raise
    except Exception as fault:
        logger.exception("Address %s could not be asked", link.url)
        return _silent(link, LinkState.FAILING, f"{type(fault).__name__}: {fault}", now, _SOON)


def _answered(link: Link, answer: Answer, now: datetime) -> dict[str, Any]:
    """What the answer says of the address, and when to ask again."""
    match answer:
        case Deferred(until=until):
            return {"next_check_at": until}
        case Fetched() | Unchanged():
            return _seen(link, answer, now)
        case Throttled(retry_after=moment, status=status):
            again = moment or now + _SOON
            return {"next_check_at": again, "checked_at": now, "detail": f"status {status}"}
        case Refused(detail=detail):
            return _silent(link, LinkState.UNASKED, detail, now, _AGAIN)
        case Failed():
            return _failed(link, answer, now)


def _seen(link: Link, answer: Fetched | Unchanged, now: datetime) -> dict[str, Any]:
    """Something came; whether it is what was cited, or only stands in its place."""
    state, detail = meaning_of(link.url, answer) if isinstance(answer, Fetched) else (LinkState.ALIVE, "")
    return _alive(detail, now) if state is LinkState.ALIVE else _silent(link, state, detail, now, _AGAIN)


def _failed(link: Link, failed: Failed, now: datetime) -> dict[str, Any]:
    if failed.reason in _THERE:
        return _alive(failed.reason.value, now)
    if failed.status in _GONE:
        return _silent(link, LinkState.DEAD, failed.detail, now, _AGAIN)
    if failed.status in _LOGIN:
        return _silent(link, LinkState.LOGIN, failed.detail, now, _AGAIN)
    if failed.status in _CLOSED:
        return _silent(link, LinkState.UNASKED, failed.detail, now, _AGAIN)
    return _silent(link, LinkState.FAILING, failed.detail, now, _SOON)


def _alive(detail: str, now: datetime) -> dict[str, Any]:
    well = {"state": LinkState.ALIVE, "failures": 0, "detail": detail}
    return {**well, "checked_at": now, "alive_at": now, "next_check_at": now + _AGAIN}


def _silent(link: Link, state: LinkState, detail: str, now: datetime, again: timedelta) -> dict[str, Any]:
    columns = {"state": state, "failures": link.failures + 1, "detail": detail[:300]}
    return {**columns, "checked_at": now, "next_check_at": now + again}
