"""The watches that come with the project."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from tracker.domain.vocabulary import ReaderKind, WatchState
from tracker.models import Procedure, Watch
from tracker.sources.readers import READERS
from tracker.watch.operating import resume
from tracker.watch.shipping import load_watches, read_shipped

NOW = datetime(2024, 2, 26, 12, tzinfo=UTC)


def test_every_reader_can_be_chosen_by_its_key() -> None:
    assert set(ReaderKind.values) == set(READERS)


@pytest.mark.django_db
def test_shipped_watches_cover_every_ally_and_nato_and_come_paused(shipped: None) -> None:
    added, again = load_watches(NOW), load_watches(NOW)

    allies = set(Procedure.objects.values_list("ally", flat=True))
    assert (added, again) == (len(read_shipped()), 0)
    assert allies | {"NATO"} <= set(Watch.objects.values_list("ally", flat=True))
    assert set(Watch.objects.values_list("state", flat=True)) == {WatchState.PAUSED}
    assert Watch.objects.exclude(confirmed_at=None).count() == 0
    assert Watch.objects.due(NOW).count() == 0


@pytest.mark.django_db
def test_shipped_watches_are_valid_rows(shipped: None) -> None:
    load_watches(NOW)

    for watch in Watch.objects.all():
        try:
            watch.full_clean()
        except ValidationError as error:
            pytest.fail(f"{watch.key}: {error}")


@pytest.mark.django_db
def test_load_when_an_operator_changed_a_watch_leaves_it_alone(shipped: None) -> None:
    load_watches(NOW)
    watch = Watch.objects.get(key="swe-parliament")
    resume(watch, NOW)
    Watch.objects.filter(pk=watch.pk).update(url="https://example.org/")

    load_watches(NOW)

    watch.refresh_from_db()
    assert (watch.state, watch.url) == (WatchState.DUE, "https://example.org/")
