"""Keeping what came, once by its hash, and giving it back as it was."""

import zlib
from datetime import datetime

from django.conf import settings

from tracker.fetch.outcomes import Fetched
from tracker.models import Capture


def keep(page: Fetched, now: datetime) -> Capture:
    """The archived copy of what came; bytes that came before are not kept again."""
    known = Capture.objects.filter(sha256=page.sha256)
    # Seen today, so that nobody lets go of it; who was about to has either done so before, or finds it seen.
    known.filter(last_seen_at__lt=now).update(last_seen_at=now)
    capture, _ = Capture.objects.get_or_create(
        sha256=page.sha256,
        defaults={
            "url": page.url,
            "content": zlib.compress(page.body),
            "size": len(page.body),
            "content_type": page.content_type[:200],
            "charset": (page.charset or "")[:80],
            "headers": dict(page.headers),
            "captured_at": page.fetched_at,
            "last_seen_at": now,
        },
    )
    return capture


def content_of(capture: Capture) -> bytes:
    """The bytes as they came."""
    return zlib.decompress(bytes(capture.content))


def page_of(capture: Capture) -> Fetched:
    """The archived copy as the page that it was."""
    return Fetched(
        body=content_of(capture),
        url=capture.url,
        status=200,
        headers=capture.headers,
        content_type=capture.content_type,
        charset=capture.charset or None,
        sha256=capture.sha256,
        etag=None,
        last_modified=None,
        fetched_at=capture.captured_at,
    )


def address_of(sha256: str) -> str:
    """Where the archived copy can be had by whoever wants to check a citation."""
    # Put together and not looked up: a worker would import every page for it.
    return f"{settings.BASE_URL}/archive/{sha256}/"
