"""The jobs: what the schedule, `manage.py run_job NAME` and the buttons of the desk call.

A job finds its work by query, does it by an action, and says how much it did.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tracker.actions import log_transaction, settle_all
from tracker.channels.returned.mailbox import read_maildir
from tracker.channels.sent import subscriptions
from tracker.channels.sent.delivery import Deliverer
from tracker.domain.vocabulary import Origin
from tracker.exchange.package import publish_package
from tracker.models import Accession, Watch
from tracker.operations import leavings
from tracker.operations.heartbeat import forget_runs
from tracker.operations.registry import JOBS, job
from tracker.watch import pruning
from tracker.watch.asking import Asker
from tracker.watch.citations import links
from tracker.watch.polling import Poller, Tick
from tracker.watch.transient import TRANSIENT_ERRORS

__all__ = [
    "JOBS",
    "NotSettled",
    "check_links",
    "deliver",
    "due_watches",
    "is_checking",
    "poll_watches",
    "prune",
    "publish_snapshot",
    "read_returned_mail",
    "settle_each",
    "settle_standings",
]

logger = logging.getLogger(__name__)


class NotSettled(Exception):
    """Accessions whose copies could not be brought up to date, while all the others were."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(f"not settled: {', '.join(codes)}")


@job(every=timedelta(minutes=1), counts="entries written to the log")
def settle_standings() -> int:
    """Bring every stored standing up to date with its events as of today; how many entries of the log that took.

    Finds dates that have come due and drift between a copy and its events. Safe to run late, twice or
    two at a time: who comes second finds nothing left to do. One accession that cannot be settled does
    not stop the others. Raises `NotSettled` for it after them.
    """
    return _settle()


@job(every=timedelta(minutes=1), counts="watches polled")
def poll_watches(tick: Tick = lambda watch: None) -> int:
    """Poll the watches that are due; how many. `tick` is told of each.

    Each is claimed before it is asked, so two runs at a time share the work; one that always fails
    waits longer each time and is shown as failing.
    """
    return Poller(timezone.now(), clock=timezone.now).poll_due(tick=tick)


@job(every=timedelta(minutes=10), counts="addresses asked")
def check_links() -> int:
    """Ask cited addresses whether they still answer; how many. None unless CHECK_LINKS is on."""
    return links.check_links(Asker(), timezone.now(), timezone.now) if is_checking() else 0


@job(every=timedelta(seconds=10), counts="turns of subscribers")
def deliver() -> int:
    """Tell the subscribers who are due; how many turns that took. Safe to run late, twice or two at a time."""
    return Deliverer().run()


@job(every=timedelta(minutes=5), counts="mails that came back")
def read_returned_mail() -> int:
    """Do what follows on the mail that came back; how many mails. None where BOUNCE_MAILDIR names no folder."""
    return read_maildir(Path(settings.BOUNCE_MAILDIR), timezone.now()) if settings.BOUNCE_MAILDIR else 0


@job(every=timedelta(hours=6), counts="things let go")
def prune() -> int:
    """Let go of archived copies and notes that nothing rests on, and of what is left lying at the desk; how many."""
    now = timezone.now()
    return pruning.prune(now) + subscriptions.prune(now) + forget_runs(now) + leavings.prune(now)


@job(every=timedelta(minutes=2), counts="data packages built")
def publish_snapshot() -> int:
    """Build the data package of the newest edition, if it is not there yet; how many were built."""
    return publish_package()


def is_checking() -> bool:
    """Whether this instance asks cited addresses at all."""
    return bool(settings.CHECK_LINKS)


def due_watches() -> int:
    """How many watches a run would find now."""
    return Watch.objects.due(timezone.now()).count()


def _settle() -> int:
    """All accessions at once; one by one, where one of them cannot be settled."""
    try:
        return _settle_these(None)
    except TRANSIENT_ERRORS:
        raise
    except Exception:
        logger.exception("Not all accessions can be settled at once: they are settled one by one")
    return settle_each(_settle_these)


def settle_each(settle: Callable[[Sequence[str]], int]) -> int:
    """Settle every accession by itself; how many entries that took. Raises `NotSettled` after the last of them."""
    written, failed = 0, []
    for code in Accession.objects.order_by("pk").values_list("pk", flat=True):
        try:
            written += settle([code])
        except TRANSIENT_ERRORS:
            raise
        except Exception:
            logger.exception("%s could not be settled", code)
            failed.append(code)
    if failed:
        raise NotSettled(failed)
    return written


def _settle_these(codes: Sequence[str] | None) -> int:
    with log_transaction(origin=Origin.RULE) as log:
        return settle_all(log, log.today, codes)
