"""A day on which many allies vote is one page: one preview that tells the sum, and all of it public together."""

from typing import Any

import pytest
from django.test import Client

from tests.desk.conftest import LogIn
from tests.desk.drafts import SOURCE, hidden, rows, sent_by
from tracker.models import Change, Event, Ratification, Report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
PAGE = "/admin/tracker/event/vote-day/"
DAY = {"accession": "Sweden", "kind": "chamber_vote", "date": "2024-02-26", **rows("citations", SOURCE)}
HUNGARY = {"actor": "Hungary", "votes_yes": "188", "votes_no": "6", "completes": "on"}


@pytest.fixture
def reviewer(log_in: LogIn) -> Client:
    return log_in("reviewer")


def saved(client: Client, data: dict[str, Any], **more: Any) -> Any:
    """The answer to saving what the preview of the day showed."""
    page: Any = client.post(PAGE, data | {"preview": ""})
    assert page.context["preview"], [form.errors for form in page.context["parts"]["allies"]]
    return client.post(
        PAGE, {**sent_by(page), "draft": page.context["draft"], "seen": hidden(page), "save": "", **more}
    )


def test_votes_of_a_day_go_on_record_together_with_their_consents(reviewer: Client) -> None:
    allies = rows("allies", HUNGARY, {"actor": "Italy", "office": "Camera dei deputati", "votes_yes": "300"})

    answer = saved(reviewer, DAY | allies, because="A second reading.")

    keys = set(
        Event.objects.filter(recorded__gt=Change.objects.latest("position").position - 6).values_list("key", flat=True)
    )
    assert answer.status_code == 302
    assert {"se2024-hu-chamber-vote", "se2024-hu-consent", "se2024-it-chamber-vote"} <= keys
    assert Ratification.objects.get(accession="SWE", ally="HUN").stage == "approved"
    assert len(set(Event.objects.filter(key__in=keys).values_list("recorded_at", flat=True))) == 1


def test_preview_of_a_day_tells_the_sum(reviewer: Client) -> None:
    page: Any = reviewer.post(PAGE, DAY | rows("allies", HUNGARY) | {"preview": ""})

    assert "Sweden: 30 → 31 of 31 approved." in page.context["preview"].lines


def test_what_is_wrong_stands_at_its_row(reviewer: Client) -> None:
    wrong = [
        {"actor": "Atlantis", "votes_yes": "1"},
        {"actor": "Italy", "votes_yes": "1"},
        HUNGARY | {"votes_no": "190"},
    ]

    page: Any = reviewer.post(PAGE, DAY | rows("allies", *wrong) | {"preview": ""})

    told = [dict(form.errors) for form in page.context["parts"]["allies"]][:3]
    assert "no state or organisation" in str(told[0]["actor"])
    assert "Say which chamber voted" in str(told[1]["office"])
    assert "completes nothing" in str(told[2]["completes"])
    assert not Event.objects.filter(key="se2024-hu-chamber-vote").exists()


def test_day_without_allies_or_without_a_source_is_refused(reviewer: Client) -> None:
    nobody: Any = reviewer.post(PAGE, DAY | rows("allies") | {"preview": ""})
    unsourced: Any = reviewer.post(PAGE, DAY | rows("citations") | rows("allies", HUNGARY) | {"preview": ""})

    assert "Say which allies acted" in nobody.content.decode()
    assert "has no source" in unsourced.content.decode()


def test_doubt_of_one_row_names_its_act_and_asks_for_a_reason(reviewer: Client) -> None:
    data = DAY | {"date": "2024-02-25"} | rows("allies", HUNGARY)

    page: Any = reviewer.post(PAGE, data | {"preview": ""})
    unanswered: Any = saved(reviewer, data)

    assert any(
        "National Assembly" in one.text and "is a Sunday" in one.text for one in page.context["preview"].warnings
    )
    assert "because" in unanswered.context["saving"].errors


def test_contributor_files_the_day_as_reports(log_in: LogIn) -> None:
    saved(log_in("contributor"), DAY | rows("allies", HUNGARY))

    assert sorted(one.proposal["kind"] for one in Report.objects.open()) == ["chamber_vote", "consent"]


def test_own_source_of_a_row_stands_beside_the_shared_one(reviewer: Client) -> None:
    own = HUNGARY | {"url": "https://www.reuters.com/hungary", "title": "Hungary approves"}

    saved(reviewer, DAY | rows("allies", own))

    cited = Event.objects.get(key="se2024-hu-chamber-vote").citations.values_list("publisher", flat=True)
    assert sorted(cited) == ["National Assembly of Hungary", "Reuters"]
