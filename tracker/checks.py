"""System checks of the settings: contradictions that would start, and hurt later."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from tracker import append_only
from tracker.models import Watch
from tracker.sources.registry import READERS


@register(Tags.security, deploy=True)
def check_address(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """BASE_URL can be put in front of a path, and fits the transport."""
    address = urlsplit(settings.BASE_URL)
    if address.scheme not in {"http", "https"} or not address.hostname or address.path:
        return [
            Error(
                f"BASE_URL is {settings.BASE_URL!r}, which is not the address of a site.",
                hint="Give scheme and host, and a port if it is not the usual one: https://example.org",
                id="tracker.E001",
            )
        ]
    if settings.HTTPS and address.scheme != "https":
        return [
            Warning(
                "BASE_URL begins with http: while HTTPS is on, so every address sent out is redirected.",
                hint="Let BASE_URL begin with https:, or set HTTPS=false for an instance without TLS.",
                id="tracker.W001",
            )
        ]
    return []


@register(Tags.security)
def check_passkeys(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Passkeys can be used where they are offered: browsers know them over TLS only, and on the machine itself."""
    address = urlsplit(settings.BASE_URL)
    if address.scheme == "https" or address.hostname == "localhost":
        return []
    return [
        Warning(
            f"BASE_URL is {settings.BASE_URL!r}, without TLS: no editor can use passkeys, browsers offer none.",
            hint="Let BASE_URL begin with https:. The other second factors work, over a connection that can be read.",
            id="tracker.W003",
        )
    ]


@register(Tags.security, deploy=True)
def check_contact(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Somebody can be written to."""
    if settings.CONTACT:
        return []
    return [
        Warning(
            "CONTACT is empty: sources that are polled and readers who find a mistake cannot reach anybody.",
            hint="Set CONTACT to a mail address or the address of a page.",
            id="tracker.W002",
        )
    ]


@register()
def check_jobs_end_before_they_are_handed_on(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """A job is over long before Redis takes its worker for dead."""
    visibility = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("visibility_timeout")
    if visibility is None or visibility >= settings.CELERY_TASK_TIME_LIMIT * 2:
        return []
    return [
        Error(
            f"Jobs may take {settings.CELERY_TASK_TIME_LIMIT} s, and go to a second worker after {visibility} s.",
            hint="Keep CELERY_TASK_TIME_LIMIT below half of the visibility timeout.",
            id="tracker.E002",
        )
    ]


@register(Tags.database)
def check_triggers(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """What is never changed is guarded: each trigger is in the database."""
    return [message for using in databases or () for message in _lost_triggers(using)]


def _lost_triggers(using: str) -> list[CheckMessage]:
    # A table of a later migration has its triggers as soon as it is there.
    there = tuple(f"{table}_never_" for table in connections[using].introspection.table_names())
    lost = [name for name in append_only.missing(using) if name.startswith(there)]
    if not lost:
        return []
    return [
        Error(
            f"{len(lost)} triggers that guard the record are not in the database: {', '.join(lost)}.",
            hint="Run `manage.py migrate --skip-checks`: it puts every trigger back.",
            id="tracker.E003",
        )
    ]


@register(Tags.database)
def check_readers(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every watch has its reader: they are plug-ins, and the database does not know which there are."""
    used = {key for using in databases or () for key in _readers_in_use(using)}
    return [
        Warning(
            f"There are watches read by “{key}”, and no such reader.",
            hint="Let a reader in tracker/sources/readers have that key, or give the watches another at the desk.",
            id="tracker.W003",
        )
        for key in sorted(used - set(READERS))
    ]


def _readers_in_use(using: str) -> set[str]:
    # Asked before the first migration, there is no table yet.
    if Watch._meta.db_table not in connections[using].introspection.table_names():
        return set()
    return set(Watch.objects.using(using).values_list("reader", flat=True))
