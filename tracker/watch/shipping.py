"""The watches that come with the project: at least one for each ally, and those of NATO and of the depositary.

None of their addresses has been asked from where this file was written. So each comes paused, and an operator
who has tried it out resumes it. What an operator has changed since is left alone.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from tracker.domain.vocabulary import WatchState
from tracker.models import Watch

SHIPPED: Final = Path(__file__).with_name("shipped.jsonl")


def load_watches(now: datetime) -> int:
    """Add those of the shipped watches that are not there yet; how many. A second run adds none."""
    known = set(Watch.objects.values_list("key", flat=True))
    new = [row for row in read_shipped() if row["key"] not in known]
    rows = [_row(columns, now) for columns in new]
    return len(Watch.objects.bulk_create(rows, ignore_conflicts=True))


def read_shipped() -> list[dict[str, Any]]:
    """What the file says, a watch a line."""
    return [json.loads(line) for line in SHIPPED.read_text(encoding="utf-8").splitlines()]


def _row(shipped: dict[str, Any], now: datetime) -> Watch:
    columns = {name: value for name, value in shipped.items() if name != "ally"}
    return Watch(**columns, ally_id=shipped["ally"], state=WatchState.PAUSED, next_poll_at=now)
