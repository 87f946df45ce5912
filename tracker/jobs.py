"""The jobs themselves, as functions: what a task, a command and a button of the admin call.

A job finds its work by query, does it by an action, and says how much it did.
"""

from django.conf import settings
from django.utils import timezone

from tracker.actions import settle_all, writing
from tracker.heartbeat import with_heartbeat
from tracker.models import Watch
from tracker.packaging import publish_package
from tracker.vocabulary import Origin
from tracker.watching import links, pruning
from tracker.watching.asking import Asker
from tracker.watching.polling import Poller, Tick


def settle_standings() -> int:
    """Bring every stored standing up to date with its events as of today; how many entries of the log that took.

    Finds dates that have come due and drift between a copy and its events. Safe to run late, twice or
    two at a time: who comes second finds nothing left to do.
    """
    return with_heartbeat("settle_standings", _settle)


def poll_watches(tick: Tick = lambda watch: None) -> int:
    """Poll the watches that are due; how many. `tick` is told of each.

    Each is claimed before it is asked, so two runs at a time share the work; one that always fails
    waits longer each time and is shown as failing.
    """
    return with_heartbeat("poll_watches", lambda: Poller(timezone.now(), clock=timezone.now).poll_due(tick=tick))


def check_links() -> int:
    """Ask cited addresses whether they still answer; how many. None unless CHECK_LINKS is on."""
    return with_heartbeat("check_links", lambda: links.check_links(Asker(), timezone.now()) if is_checking() else 0)


def prune() -> int:
    """Let go of archived copies and notes that nothing rests on; how many."""
    return with_heartbeat("prune", lambda: pruning.prune(timezone.now()))


def publish_snapshot() -> int:
    """Build the data package of the newest edition, if it is not there yet; how many were built."""
    return with_heartbeat("publish_snapshot", publish_package)


def is_checking() -> bool:
    """Whether this instance asks cited addresses at all."""
    return bool(settings.CHECK_LINKS)


def due_watches() -> int:
    """How many watches a run would find now."""
    return Watch.objects.due(timezone.now()).count()


def _settle() -> int:
    with writing(origin=Origin.RULE) as log:
        return settle_all(log, log.today)
