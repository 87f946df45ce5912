"""Two stretches of Sweden's way, replayed through the watch: the first votes, and the last.

`manage.py replay` walks the whole of it.
"""

import os
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from tracker.demo import Replay, ReplayDiverged
from tracker.demo.sources import Source
from tracker.demo.story import LAST
from tracker.domain.vocabulary import ChangeType, ReportState, Stage, WatchState
from tracker.exchange.dataset import read_dataset
from tracker.models import Capture, Change, Event, Report, Watch

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300), pytest.mark.slow]

# The votes before and after the signature; Türkiye's and Hungary's, and the accession.
FIRST_VOTES = (date(2022, 6, 25), date(2022, 7, 14))
LAST_VOTES = (date(2024, 1, 20), LAST)


@pytest.fixture(autouse=True)
def opened(settings: Settings) -> None:
    """Let the watch ask this machine."""
    settings.WATCH_OPENED, settings.WATCH_GAP = ["127.0.0.1/32"], 0


@pytest.mark.parametrize(("first", "last"), [FIRST_VOTES, LAST_VOTES], ids=["first votes", "last votes"])
def test_replay_when_every_find_is_accepted_stands_each_day_as_the_dataset_says(first: date, last: date) -> None:
    replay = Replay(read_dataset(), first, last)

    with replay.prepared():
        days = list(replay.days())

    published = sum(day.published for day in days)
    assert [day.on for day in days] == [date.fromordinal(one) for one in range(first.toordinal(), last.toordinal() + 1)]
    assert published == sum(day.accepted for day in days) == Report.objects.filter(state=ReportState.ACCEPTED).count()
    assert Event.objects.filter(reports__isnull=False).count() == published > 20
    assert Watch.objects.filter(state=WatchState.FAILING).count() == 0
    assert all(Capture.objects.filter(pk=report.evidence["capture"]).exists() for report in Report.objects.all())
    if last == LAST:
        assert replay.compare_all() == len(days)


def test_replay_on_the_way_counts_as_the_press_did() -> None:
    replay = Replay(read_dataset(), date(2024, 2, 20), date(2024, 3, 8))

    with replay.prepared():
        pending = {day.on: day.standing.pending for day in replay.days()}

    assert pending[date(2024, 2, 25)] == ("HUN",)
    assert pending[date(2024, 2, 26)] == ()
    moves = Change.objects.filter(type=ChangeType.STAGE_CHANGED, ally="HUN")
    assert Stage.DEPOSITED in {entry.payload["to"] for entry in moves}


def test_replay_when_a_source_does_not_tell_stops() -> None:
    replay = Replay(read_dataset(), date(2024, 2, 25), date(2024, 2, 27))
    for source in replay._sources:
        source.takes = lambda fact: False
    replay._sources.append(Source("unwatched", "json", lambda fact: True))

    with replay.prepared():
        Watch.objects.filter(key="replay-unwatched").update(state=WatchState.PAUSED)
        with pytest.raises(ReplayDiverged, match="came before the reviewer"):
            list(replay.days())


def test_replay_command_over_a_database_that_is_in_use_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "ARTICLE10_REPLAY", "elsewhere")

    with pytest.raises(CommandError, match="leaves this one alone"):
        call_command("replay")
