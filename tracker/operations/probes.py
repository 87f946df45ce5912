"""The addresses for machines: whether the process lives, whether it can serve, and what there is to measure.

They stand before everything else, and ask nobody under which name or over which transport they came.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from tracker.http.heads import read_head
from tracker.operations.addresses import HEALTH, METRICS, READY
from tracker.operations.measuring import CONTENT_TYPE, measured


class Probes:
    """The middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer to a machine, or to whoever else."""
        known = _ANSWERS.get(request.path_info) if request.method in {"GET", "HEAD"} else None
        return known() if known else self.get_response(request)


def health() -> HttpResponse:
    """That this process answers. An outage of the database is no reason to start it anew."""
    return JsonResponse({"status": "ok", "release": settings.RELEASE}, headers={"Cache-Control": "no-store"})


def ready() -> HttpResponse:
    """Whether this process can serve: 503, with what is missing, where it cannot."""
    checks = readiness()
    is_ready = all(check["ok"] for check in checks.values() if check["needed"])
    body = {"status": "ready" if is_ready else "not ready", "release": settings.RELEASE, "checks": checks}
    return JsonResponse(body, status=200 if is_ready else 503, headers={"Cache-Control": "no-store"})


def readiness() -> Mapping[str, Mapping[str, Any]]:
    """What serving rests on: the record, a schema as new as the code; and Redis, without which it is only slower."""
    head = read_head()
    missing = missing_migrations() if head else ()
    return {
        "record": {"ok": head is not None, "needed": True, "edition": head.name if head else None},
        "schema": {"ok": head is not None and not missing, "needed": True, "missing": list(missing)},
        "cache": {"ok": not _is_cache_away(), "needed": False},
    }


def missing_migrations() -> tuple[str, ...]:
    """The migrations that the code has and the database has not; a database that is ahead of the code has them all."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    except DatabaseError:
        return ("all",)
    return tuple(f"{app}.{name}" for app, name in _own_migrations() if (app, name) not in applied)


@lru_cache(maxsize=1)
def _own_migrations() -> tuple[tuple[str, str], ...]:
    loader = MigrationLoader(None)
    return tuple(sorted(key for key in loader.disk_migrations if key[0] == "tracker"))


def _is_cache_away() -> bool:
    cache.get("probe")
    return bool(getattr(cache, "is_away", False))


def metrics() -> HttpResponse:
    """All measures, in the text format of Prometheus."""
    return HttpResponse(measured(), content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


_ANSWERS: Final[Mapping[str, Callable[[], HttpResponse]]] = {HEALTH: health, READY: ready, METRICS: metrics}
