"""Whose turn it is: a watch is in one process's hands until its lease ends.

The lease itself tells a process that took too long that its turn is over: what it has found is dropped,
because another has taken the watch in hand since, or an operator has changed it.
"""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import F

from tracker.models import Watch

# Taken in hand so often without an end, a watch is what ends the processes.
MOST_ATTEMPTS: Final = 6


def claim(pk: int, now: datetime) -> Watch | None:
    """The watch, in our hands; None when somebody else was faster, or it is no longer due."""
    lease = now + timedelta(seconds=settings.WATCH_LEASE)
    if not Watch.objects.due(now).filter(pk=pk).update(leased_until=lease, attempts=F("attempts") + 1):
        return None
    return Watch.objects.select_related("capture").filter(pk=pk, leased_until=lease).first()


def still_ours(watch: Watch) -> bool:
    """Whether the watch is still in our hands. Locks its row until the transaction ends."""
    held = Watch.objects.select_for_update().filter(pk=watch.pk, leased_until=watch.leased_until)
    return held.values_list("pk", flat=True).first() is not None


def put_back(watch: Watch, until: datetime) -> None:
    """Give the watch back unpolled, due again at that moment."""
    Watch.objects.filter(pk=watch.pk, leased_until=watch.leased_until).update(
        leased_until=None, attempts=0, next_poll_at=until
    )
