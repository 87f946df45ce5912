"""A joint statement entered at once: four speakers, six claims, and what is doubted about who spoke."""

from typing import Any

import pytest
from django.test import Client

from tests.desk.conftest import LogIn
from tests.desk.drafts import confirm, hidden, rows, sent_by
from tracker.models import Assessment, Rectification, Statement
from tracker.models.facts_of_rows import statement_fact

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ADD = "/admin/tracker/statement/add/"
SOURCE = {
    "url": "https://www.nato.int/joint",
    "title": "Joint statement",
    "publisher": "NATO",
    "source_class": "organisation",
    "quote": "We welcome the progress made",
    "quote_language": "en",
}
SPEAKERS = (
    {"party": "Türkiye", "kind": "government", "office": "Minister of Foreign Affairs"},
    {"party": "Finland", "kind": "government", "office": "Minister for Foreign Affairs"},
    {"party": "Sverige", "kind": "government", "office": "Minister for Foreign Affairs"},
    {"party": "NATO", "kind": "organisation", "office": "Secretary General", "person": "Jens Stoltenberg"},
)
CLAIMS = tuple(
    {"commitment": key, "status": "in_progress"}
    for key in (
        "mou-04a-no-support-ypg-pyd",
        "mou-05a-pkk-proscribed",
        "mou-05b-prevent-pkk-activities",
        "mou-07a-no-arms-embargo",
        "mou-08c-extradition",
        "mou-08d-financing-recruitment",
    )
)


def typed(speakers: Any = SPEAKERS, claims: Any = CLAIMS, sources: Any = (SOURCE,), **fields: Any) -> dict[str, Any]:
    """The draft of a statement as a browser sends it."""
    given = {"title": "Joint statement of a meeting", "form": "text", "date": "2024-01-10", "place": "Brussels"}
    return {
        **given,
        **fields,
        **rows("speakers", *speakers),
        **rows("claims", *claims),
        **rows("relations"),
        **rows("citations", *sources),
    }


@pytest.fixture
def reviewer(shipped: None, log_in: LogIn) -> Client:
    return log_in("reviewer")


def test_joint_statement_with_four_speakers_and_six_rows_is_entered_at_once(reviewer: Client) -> None:
    before = Assessment.objects.count()

    answer = confirm(reviewer, ADD, typed())

    statement = Statement.objects.get(title="Joint statement of a meeting")
    told = statement_fact(statement)
    assert answer.headers["Location"] == f"/admin/tracker/statement/{statement.pk}/change/"
    assert [speaker.party for speaker in told.speakers] == ["TUR", "FIN", "SWE", "NATO"]
    assert Assessment.objects.count() == before + 24
    assert len(told.claims) == 24
    assert {row.by_id for row in Assessment.objects.filter(key__in=told.claims)} == {"TUR", "FIN", "SWE", "NATO"}


def test_row_without_a_name_is_of_each_who_may_say_so(reviewer: Client) -> None:
    confirm(reviewer, ADD, typed(form="spoken", claims=({"commitment": CLAIMS[0]["commitment"], "status": "pledged"},)))

    told = statement_fact(Statement.objects.get(title="Joint statement of a meeting"))
    assert sorted(row.by_id for row in Assessment.objects.filter(key__in=told.claims)) == ["FIN", "SWE"]


def test_joint_text_told_of_one_who_signed_it_is_refused_at_its_claims(reviewer: Client) -> None:
    only = ({"commitment": "mou-05a-pkk-proscribed", "status": "in_progress", "by": "Türkiye"},)

    page = reviewer.post(ADD, typed(claims=only) | {"preview": ""})

    assert "signed" in str(page.context["parts"]["claims"].non_form_errors())


def test_opposition_in_a_state_s_name_is_asked_about_and_stands_under_its_own(reviewer: Client) -> None:
    speaker = {"party": "Türkiye", "kind": "opposition", "office": "İYİ Party"}
    draft = typed(speakers=(speaker,), form="spoken", claims=CLAIMS[:1])

    page = reviewer.post(ADD, draft | {"preview": ""})
    asked = [warning.text for warning in page.context["preview"].warnings]
    answer = reviewer.post(ADD, sent_by(page) | {"save": "", "seen": hidden(page), "because": "It is what they said."})

    assert asked == ["This does not speak for Türkiye: its claims stand under “Political party”."]
    assert answer.status_code == 302
    told = statement_fact(Statement.objects.get(title="Joint statement of a meeting"))
    assert Assessment.objects.get(key=told.claims[0]).by_id == "PARTY"


def test_paper_that_is_named_as_the_office_of_a_state_is_asked_about(reviewer: Client) -> None:
    paper = {**SOURCE, "publisher": "Daily Sabah", "source_class": "media", "quote": "", "quote_language": ""}
    speaker = {"party": "Türkiye", "kind": "government", "office": "Daily Sabah"}
    draft = typed(speakers=(speaker,), form="spoken", claims=CLAIMS[:1], sources=(paper,))

    page = reviewer.post(ADD, draft | {"preview": ""})

    asked = " ".join(warning.text for warning in page.context["preview"].warnings)
    assert "“Daily Sabah” publishes the source" in asked
    assert "Only reports are cited, without a quote" in asked


def test_statement_without_a_speaker_is_refused(reviewer: Client) -> None:
    page = reviewer.post(ADD, typed(speakers=()) | {"preview": ""})

    assert "nobody’s" in str(page.context["parts"]["speakers"].non_form_errors())


def test_statement_is_put_right_and_taken_back_in_the_open(reviewer: Client) -> None:
    confirm(reviewer, ADD, typed())
    statement = Statement.objects.get(title="Joint statement of a meeting")
    address = f"/admin/tracker/statement/{statement.pk}/rectify/"
    page = reviewer.get(address)

    confirm(reviewer, address, sent_by(page) | {"place": "Stockholm", "reason": "It was elsewhere."})
    confirm(reviewer, f"/admin/tracker/statement/{statement.pk}/retract/", {"reason": "There was no such text."})

    statement.refresh_from_db()
    assert statement.withdrawn
    told = Rectification.objects.filter(subject="statement", key=statement.key).order_by("number")
    assert [(one.was["place"], one.now and one.now["place"]) for one in told] == [
        ("Brussels", "Stockholm"),
        ("Stockholm", None),
    ]
