"""Reports: filed once, reviewed once, public only when accepted."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import Settings

from tests.facts import accept_change_request, accept_report, begin, consent, on_record
from tracker.actions import (
    ChangeRequest,
    Justification,
    accept_as_rectification,
    amend_report,
    file_change_request,
    file_report,
    log_transaction,
    reject_report,
)
from tracker.domain.exceptions import AlreadyReviewed, NotAsFiled, NotOnRecord, OwnReport, ReasonMissing, Unsourced
from tracker.domain.vocabulary import Origin, ReportChannel, ReportState, Subject, Verb
from tracker.models import Change, Event, Rectification, Report
from tracker.readmodel.record import current_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def contributor() -> User:
    return User.objects.create_user("contributor")


@pytest.fixture
def reviewer() -> User:
    return User.objects.create_user("reviewer")


def filed(by: User | None = None, **more: Any) -> Report:
    return file_report(
        consent().document(), fingerprint="hu-vote", channel=ReportChannel.API, by=by, evidence={"quote": "188"}, **more
    )


def test_filing_makes_nothing_public(contributor: User) -> None:
    begin()
    edition = current_edition()

    report = filed(contributor)

    assert (report.state, report.filed_by) == (ReportState.FILED, contributor)
    assert current_edition() == edition


def test_the_same_find_is_filed_once() -> None:
    assert filed() == filed(message="again")

    assert Report.objects.get().message == ""


def test_an_accepted_report_becomes_an_event(reviewer: User) -> None:
    begin()

    event = accept_report(filed().pk, consent(), by=reviewer)

    report = Report.objects.get()
    assert (report.state, report.event, report.reviewed_by) == (ReportState.ACCEPTED, event, reviewer)
    assert event.recorded_by == reviewer
    assert Change.objects.get(event=event.key).origin == "report"


def test_an_accepted_report_can_put_the_record_right(reviewer: User) -> None:
    begin(consent(date="2024-02-16"))

    with log_transaction(by=reviewer, origin=Origin.REPORT) as log:
        event = accept_as_rectification(log, filed().pk, consent(), Justification("The gazette has the 26th."))

    assert (event.version, event.date) == (2, "2024-02-26")
    assert Report.objects.get().event == event


def test_a_rejected_report_keeps_its_reason(reviewer: User) -> None:
    report = reject_report(filed().pk, reason="The source speaks of Finland.", by=reviewer)

    assert (report.state, report.reason) == (ReportState.REJECTED, "The source speaks of Finland.")


def test_rejecting_needs_a_reason(reviewer: User) -> None:
    with pytest.raises(ReasonMissing):
        reject_report(filed().pk, reason=" ", by=reviewer)

    assert Report.objects.get().state == ReportState.FILED


def test_a_reviewed_report_is_not_reviewed_again(reviewer: User) -> None:
    begin()
    accept_report(filed().pk, consent(), by=reviewer)

    with pytest.raises(AlreadyReviewed, match="Accepted"):
        accept_report(filed().pk, consent(), by=reviewer)
    with pytest.raises(AlreadyReviewed):
        reject_report(filed().pk, reason="Too late.", by=reviewer)


def test_a_refused_fact_leaves_the_report_open(reviewer: User) -> None:
    begin()

    with pytest.raises(Unsourced):
        accept_report(filed().pk, consent(sources=[]), by=reviewer)

    assert Report.objects.get().state == ReportState.FILED
    assert not Event.objects.filter(key="se-hun-consent").exists()


def test_two_pairs_of_eyes_where_the_setting_asks_for_them(
    contributor: User, reviewer: User, settings: Settings
) -> None:
    begin()
    settings.TWO_PAIRS_OF_EYES = True
    report = filed(contributor)

    with pytest.raises(OwnReport):
        accept_report(report.pk, consent(), by=contributor)
    accept_report(report.pk, consent(), by=reviewer)

    assert on_record("se-hun-consent").recorded_by == reviewer


def test_what_a_reviewer_changed_is_refused_where_two_pairs_of_eyes_are_required(
    contributor: User, reviewer: User, settings: Settings
) -> None:
    begin()
    settings.TWO_PAIRS_OF_EYES = True
    report = filed(contributor)
    changed = consent(date="2024-02-27")

    with pytest.raises(NotAsFiled):
        accept_report(report.pk, changed, by=reviewer)
    amend_report(report.pk, changed, by=reviewer)
    with pytest.raises(OwnReport):
        accept_report(report.pk, changed, by=reviewer)
    accept_report(report.pk, changed, by=contributor)

    assert on_record("se-hun-consent").date == "2024-02-27"


def test_a_change_is_filed_once_and_made_once(contributor: User, reviewer: User) -> None:
    begin(consent())
    change_request = ChangeRequest(
        verb=Verb.RETRACT, subject=Subject.EVENT, key="se-hun-consent", title="T", reason="A rumour."
    )
    report = file_change_request(change_request, by=contributor)

    assert file_change_request(change_request, by=reviewer) == report
    accept_change_request(report.pk, by=reviewer)
    with pytest.raises(AlreadyReviewed):
        accept_change_request(report.pk, by=reviewer)
    with pytest.raises(AlreadyReviewed):
        file_change_request(change_request, by=contributor)
    report.refresh_from_db()
    assert (report.state, report.event) == (ReportState.ACCEPTED, None)
    assert Rectification.objects.get().now is None


def test_a_change_that_is_refused_leaves_its_report_open(contributor: User, reviewer: User) -> None:
    begin()
    change_request = ChangeRequest(verb=Verb.RETRACT, subject=Subject.EVENT, key="nothing", title="T", reason="Why.")
    report = file_change_request(change_request, by=contributor)

    with pytest.raises(NotOnRecord):
        accept_change_request(report.pk, by=reviewer)

    assert Report.objects.get().state == ReportState.FILED


def test_a_report_of_an_event_proposes_no_change(reviewer: User) -> None:
    begin()

    with pytest.raises(NotOnRecord):
        accept_change_request(filed().pk, by=reviewer)


def test_no_such_report(reviewer: User) -> None:
    with pytest.raises(NotOnRecord):
        accept_report(4711, consent(), by=reviewer)
