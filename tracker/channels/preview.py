"""What a filter would have brought: of the last thirty days, or of the last round where they were quiet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from django.utils import timezone

from tracker.channels import stream
from tracker.channels.items import Item, items_of
from tracker.models import Change
from tracker.readmodel.clock import Clock
from tracker.readmodel.log.filtering import LogFilter

PERIOD: Final = timedelta(days=30)
_SHOWN: Final = 20


@dataclass(frozen=True)
class Preview:
    """The newest of the entries, how many there were, and of which round where it is one."""

    items: Sequence[Item]
    count: int
    accession: str = ""


def preview(wanted: LogFilter, clock: Clock, last_round: str) -> Preview:
    """What would have come. `last_round` is the accession to fall back on, empty where there is none."""
    recent = _preview(wanted, clock, _position_before(clock))
    if recent.count or not last_round or wanted.accession:
        return recent
    return replace(_preview(replace(wanted, accession=(last_round,)), clock, 0), accession=last_round)


def _preview(wanted: LogFilter, clock: Clock, above: int) -> Preview:
    entries = list(stream.newest(wanted, clock.edition, above))
    return Preview(items_of(entries[:_SHOWN], clock), len(entries))


def _position_before(clock: Clock) -> int:
    """The last position that is older than the period."""
    older = Change.objects.filter(recorded_at__lt=timezone.now() - PERIOD, position__lte=clock.edition)
    return older.order_by("-position").values_list("position", flat=True).first() or 0
