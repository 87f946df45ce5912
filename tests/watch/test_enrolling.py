"""Which cited addresses are looked after. In a module of its own, as those of the shipped data are real."""

import pytest

from tests.watch.conftest import NOW
from tracker.models import Citation, Link
from tracker.operations.jobs import check_links as check_links_job
from tracker.watch.citations.links import enrol

pytestmark = pytest.mark.django_db


def test_enrol_when_addresses_are_cited_takes_each_once(shipped: None) -> None:
    first, second = enrol(NOW), enrol(NOW)

    assert first == 500
    assert second > 0
    assert Link.objects.count() == first + second <= Citation.objects.values("url").distinct().count()


def test_check_links_when_it_is_off_asks_nothing(shipped: None) -> None:
    assert check_links_job() == 0
    assert Link.objects.count() == 0
