"""What is let go, and what never: whatever a citation or an open or accepted report rests on."""

from datetime import timedelta
from typing import Any

import pytest

from tests.facts import SOURCE, begin, consent
from tests.watch.conftest import NOW
from tests.watch.watches import make_watch
from tracker.actions import file_report
from tracker.domain.vocabulary import ReportChannel, ReportState
from tracker.fetch.outcomes import Fetched
from tracker.models import Capture, Host, Link, Report
from tracker.watch.captures import address_of, keep
from tracker.watch.pruning import KEPT, MOST, prune

pytestmark = pytest.mark.django_db

LATER = NOW + KEPT + timedelta(days=1)


def page(text: str) -> Fetched:
    """A page as it was fetched."""
    sha256 = f"{text:0>64}"
    return Fetched(text.encode(), "https://example.org/", 200, {}, "text/plain", "utf-8", sha256, None, None, NOW)


def report(name: str, proposal: dict[str, Any], evidence: dict[str, Any], state: ReportState) -> None:
    """A report in that state."""
    made = file_report(proposal, fingerprint=name, channel=ReportChannel.API, by=None, evidence=evidence)
    reviewed = {"reviewed_at": NOW, "reason": "no act"} if state is ReportState.REJECTED else {}
    Report.objects.filter(pk=made.pk).update(state=state, **reviewed)


def test_prune_keeps_whatever_a_person_may_want_to_check() -> None:
    cited, evidence, named, rejected, unused, watched = (
        keep(page(name), NOW) for name in ("c1", "e1", "a1", "d1", "f1", "b1")
    )
    begin(consent(sources=[{**SOURCE, "archived_url": address_of(cited.pk)}]))
    report("found", {"title": "x"}, {"capture": evidence.pk}, ReportState.FILED)
    report("sent", {"sources": [{**SOURCE, "archived_url": address_of(named.pk)}]}, {}, ReportState.FILED)
    report("refused", {"title": "x"}, {"capture": rejected.pk}, ReportState.REJECTED)
    make_watch("https://example.org/", capture=watched)

    early, late, again = prune(NOW + KEPT), prune(LATER), prune(LATER)

    assert (early, late, again) == (0, 2, 0)
    assert set(Capture.objects.all()) == {cited, evidence, named, watched}
    assert not {rejected.pk, unused.pk} & set(Capture.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("proposal", [{"sources": "none"}, {"sources": [1]}, {"sources": [{"archived_url": None}]}, {}])
def test_prune_with_a_proposal_of_any_shape_goes_on(proposal: dict[str, Any]) -> None:
    keep(page("c1"), NOW)
    report("odd", proposal, {"capture": None}, ReportState.FILED)

    assert prune(LATER) == 1


def test_prune_is_not_stopped_by_as_many_old_copies_as_it_takes_that_stay_for_ever() -> None:
    kept = [f"{number:x}" for number in range(1, MOST + 1)]
    Capture.objects.bulk_create(
        Capture(
            sha256=f"{name:0>64}", url="https://example.org/", content=b"", size=0, captured_at=NOW, last_seen_at=NOW
        )
        for name in kept
    )
    for name in kept:
        report(name, {}, {"capture": f"{name:0>64}"}, ReportState.FILED)
    unused = keep(page("ffffff"), NOW + timedelta(seconds=1))

    assert prune(LATER) == 1
    assert not Capture.objects.filter(pk=unused.pk).exists()


def test_prune_takes_so_many_in_a_run_and_the_rest_in_the_next() -> None:
    Capture.objects.bulk_create(
        Capture(
            sha256=f"{number:064x}", url="https://example.org/", content=b"", size=0, captured_at=NOW, last_seen_at=NOW
        )
        for number in range(MOST + 3)
    )

    assert [prune(LATER), prune(LATER), prune(LATER)] == [MOST, 3, 0]


def test_copy_that_comes_again_is_young_again() -> None:
    keep(page("c1"), NOW)
    again = keep(page("c1"), LATER)

    assert prune(LATER) == 0
    assert again.last_seen_at == LATER
    assert again.captured_at == NOW


def test_prune_lets_go_of_hosts_and_addresses_that_are_out_of_use() -> None:
    begin(consent())
    Host.objects.create(origin="https://old.example", asked_at=NOW, next_at=NOW)
    Host.objects.create(origin="https://waiting.example", asked_at=NOW, next_at=LATER + timedelta(days=1))
    Link.objects.create(url=SOURCE["url"], next_check_at=NOW)
    Link.objects.create(url="https://example.org/no-longer-cited", next_check_at=NOW)

    assert prune(LATER) == 2
    assert Host.objects.get().origin == "https://waiting.example"
    assert Link.objects.get().url == SOURCE["url"]
