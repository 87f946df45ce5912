"""How far behind each channel is: what an operator looks at, and what `/status/` and `/metrics/` show."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, Min, Q

from tracker.domain.subscribing import Channel, SubscriptionState
from tracker.models import ChannelSwitch, Subscription

# Whoever could have been told for so long and was not is kept waiting by us, and not by a receiver that fails.
_PROMPT: Final = timedelta(minutes=15)
_COUNTED: Final = ("active", "waiting", "failing", "disabled", "waiting_since")


@dataclass(frozen=True, slots=True)
class Lag:
    """One channel: how many follow, wait, fail and were given up on, and since when the longest could be told."""

    channel: Channel
    active: int
    waiting: int
    failing: int
    disabled: int
    waiting_since: datetime | None
    is_paused: bool

    def is_late(self, now: datetime) -> bool:
        """Whether somebody who could be told waits too long."""
        return not self.is_paused and self.waiting_since is not None and now - self.waiting_since > _PROMPT


def lags(now: datetime) -> tuple[Lag, ...]:
    """Every channel. Two queries."""
    paused = set(ChannelSwitch.objects.filter(is_paused=True).values_list("channel", flat=True))
    active = Q(state=SubscriptionState.ACTIVE)
    waiting = active & Q(told_to__gt=F("position"))
    rows = Subscription.objects.values("channel").annotate(
        active=Count("pk", filter=active),
        waiting=Count("pk", filter=waiting),
        failing=Count("pk", filter=active & Q(failing_since__isnull=False)),
        disabled=Count("pk", filter=Q(state=SubscriptionState.DISABLED)),
        waiting_since=Min("next_at", filter=waiting & Q(next_at__lte=now, failing_since__isnull=True)),
    )
    by_channel = {row["channel"]: {name: row[name] for name in _COUNTED} for row in rows}
    nobody: dict[str, Any] = dict.fromkeys(_COUNTED, 0) | {"waiting_since": None}
    return tuple(
        Lag(channel=channel, is_paused=channel in paused, **by_channel.get(channel.value, nobody))
        for channel in Channel
    )


def switch(channel: Channel, *, is_paused: bool) -> None:
    """Pause a channel, or open it again; what waited goes out with the next run."""
    ChannelSwitch.objects.update_or_create(channel=channel, defaults={"is_paused": is_paused})
