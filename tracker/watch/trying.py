"""Trying watches out one after the other, to see before any is resumed what each would bring."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Final

from django.utils import timezone

from tracker.models import Watch
from tracker.watch.ending import PollError
from tracker.watch.operating import try_out
from tracker.watch.polling import Tried

# So long a host may keep us waiting, in seconds, before the next watch is tried.
MOST_WAITING: Final = 60.0
_SHOWN: Final = 100


def try_patiently(watch: Watch, sleep: Callable[[float], object] = time.sleep) -> tuple[bool, str]:
    """Whether the watch was read, and what it would bring, or why not. A host that was asked just now is waited for."""
    try:
        return True, summary(try_out(watch, timezone.now()))
    except PollError as trouble:
        pause = (trouble.until - timezone.now()).total_seconds() if trouble.until else MOST_WAITING + 1
        if pause > MOST_WAITING:
            return False, str(trouble)
    sleep(max(pause, 0))
    try:
        return True, summary(try_out(watch, timezone.now()))
    except PollError as trouble:
        return False, str(trouble)


def summary(tried: Tried) -> str:
    """What a watch would bring, in a line: how many finds of which weight, and the first of them."""
    counts = Counter(proposal.result.value for proposal in tried.proposed)
    weights = ", ".join(f"{count} {weight}" for weight, count in sorted(counts.items()))
    first = f"first “{tried.proposed[0].finding.title[:_SHOWN]}”" if tried.proposed else ""
    return "; ".join(filter(None, [f"{len(tried.proposed)} finds", weights, first, tried.left_out]))
