"""Whatever is typed into the forms: never a fault, never a half, and never anything but text on a page."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk.conftest import LogIn
from tests.desk.drafts import SOURCE, THE_VOTE, confirm, draft, rows, sent_by
from tracker.desk.forms.citations import CitationForm, ConflictForm
from tracker.desk.forms.events import EventForm
from tracker.desk.forms.saving import GroundForm, SavingForm
from tracker.models import Assessment, Change, Commitment, Draft, Event, Report

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# A page that puts something right has many parts, and each previews the record: every text meets a fifth of them in
# turn, so that every part meets three texts, and all meet all where CI tries more cases of everything.
EVERY = 1 if settings().max_examples > 100 else 5
ADD = "/admin/tracker/event/add/"
SCRIPT = "<script>alert(1)</script>"
STRANGE = {
    "script": SCRIPT,
    "attribute": '" onmouseover="alert(1)',
    "template": "{{ 7|add:7 }}{% now 'Y' %}",
    "javascript": "javascript:alert(1)",
    "zero width": "\u200b\u200d\ufeff\u2060",
    "right to left": "\u202eevil\u2066x\u2069",
    "nul": "a\x00b",
    "number": "9" * 400,
    "negative": "-1",
    "fraction": "1e309",
    "formula": "=cmd|' /C calc'!A0",
    "quotes": "'; DROP TABLE tracker_event; --",
    "path": "../../etc/passwd",
    "long": "x" * 100_000,
    "lines": "\r\n" * 50,
}
PARTS = {
    "draft": list(EventForm.base_fields),
    "sources": [f"citations-0-{name}" for name in CitationForm.base_fields],
    "conflicts": [f"conflicts-0-{name}" for name in ConflictForm.base_fields],
    "saving": list(SavingForm.base_fields),
    "rows": [f"citations-{name}" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MAX_NUM_FORMS")],
}
NAMES = [name for names in PARTS.values() for name in names]


@pytest.fixture
def reviewer(february: None, log_in: LogIn) -> Client:
    return log_in("reviewer")


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_strange_text_in_every_field_is_no_fault_and_stays_text(reviewer: Client, strange: str) -> None:
    before = Change.objects.count(), Event.objects.count()
    base = THE_VOTE | rows("conflicts", {"field": "votes", "value": "1", "url": "https://example.org/"})

    for part, names in PARTS.items():
        page = reviewer.post(ADD, base | dict.fromkeys(names, strange) | {"preview": ""})

        assert page.status_code in {200, 400}, part
        assert SCRIPT not in page.content.decode(), part
        assert 'onmouseover="alert' not in page.content.decode(), part
    assert (Change.objects.count(), Event.objects.count()) == before


@settings(max_examples=settings().max_examples // 5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40), max_size=8))
def test_any_text_in_several_fields_is_no_fault_and_moves_nothing(reviewer: Client, given: dict[str, str]) -> None:
    before = Change.objects.count()

    page = reviewer.post(ADD, THE_VOTE | given | {"preview": ""})

    assert page.status_code in {200, 400}
    assert Change.objects.count() == before


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", "application/octet-stream"])
def test_body_of_another_type_is_no_fault(reviewer: Client, kind: str) -> None:
    assert reviewer.generic("POST", ADD, b'{"a": [', content_type=kind).status_code in {302, 400}


def test_ten_megabytes_of_text_are_refused_and_nothing_is_kept(reviewer: Client) -> None:
    before = Change.objects.count()

    page = reviewer.post(ADD, THE_VOTE | {"detail": "x" * 10_000_000, "save": ""})

    assert page.status_code == 413
    assert Change.objects.count() == before


def test_two_thousand_fields_are_refused(reviewer: Client) -> None:
    assert reviewer.post(ADD, {f"field-{number}": "" for number in range(2_000)}).status_code == 400


HOSTILE = f"Hungary {SCRIPT} \u202e\u200b=1+1"


def test_hostile_text_on_record_is_shown_as_text_everywhere(reviewer: Client) -> None:
    source = {**SOURCE, "title": HOSTILE, "publisher": HOSTILE, "quote": HOSTILE}
    conflict = {"field": "votes", "value": HOSTILE, "url": "https://example.org/"}
    data = THE_VOTE | draft(source, title=HOSTILE, detail=HOSTILE, office="National Assembly")
    confirm(reviewer, ADD, data | rows("conflicts", conflict))
    event = Event.objects.get(key="se2024-hu-chamber-vote")

    pages = [
        f"/admin/tracker/event/{event.pk}/change/",
        f"/admin/tracker/event/{event.pk}/rectify/",
        "/admin/tracker/event/?q=hungary",
        "/admin/tracker/citation/?q=hungary",
        "/admin/tracker/conflict/",
        "/admin/tracker/change/",
        "/admin/",
        f"/events/{event.key}/",
        "/accessions/SWE/HUN/",
    ]
    answers: dict[str, Any] = {page: reviewer.get(page) for page in pages}

    assert event.title == f"Hungary {SCRIPT} =1+1"
    assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(pages, 200)
    assert [page for page, answer in answers.items() if SCRIPT in answer.content.decode()] == []


def test_hostile_reason_of_a_rectification_is_shown_as_text(reviewer: Client) -> None:
    event = Event.objects.standing().get(key="fi2022-hu-consent")
    address = f"/admin/tracker/event/{event.pk}/retract/"
    given = dict.fromkeys(GroundForm.base_fields, HOSTILE)

    confirm(reviewer, address, given, **given)

    pages = [reviewer.get(page) for page in ("/admin/tracker/rectification/", "/rectifications/", "/admin/")]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert not any(SCRIPT in page.content.decode() for page in pages)


CHANGES = {
    "state": "/admin/tracker/party/TUR/rectify/",
    "procedure": "/admin/tracker/procedure/ITA/rectify/",
    "commitment": "commitment",
    "claim": "assessment",
}


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("place", CHANGES.values(), ids=CHANGES)
def test_strange_text_in_what_is_put_right_is_no_fault_and_stays_text(
    reviewer: Client, place: str, strange: str
) -> None:
    first: Any = {"commitment": Commitment, "assessment": Assessment}.get(place)
    address = f"/admin/tracker/{place}/{first.objects.order_by('pk')[0].pk}/rectify/" if first else place
    filled = sent_by(reviewer.get(address)) | {"reason": "Why."}
    before = Change.objects.count()
    parts = sorted({name.split("-")[0] for name in filled})

    for part in parts[list(STRANGE.values()).index(strange) % EVERY :: EVERY]:
        names = [name for name in filled if name.split("-")[0] == part]
        answer = reviewer.post(address, filled | dict.fromkeys(names, strange) | {"preview": ""})

        assert answer.status_code in {200, 400}, part
        assert SCRIPT not in answer.content.decode(), part
    assert Change.objects.count() == before


def test_half_of_what_completes_a_procedure_is_never_kept(reviewer: Client) -> None:
    before = Change.objects.count()

    page = reviewer.post(ADD, THE_VOTE | {"key": "se2022-hu-submitted", "save": ""})

    assert page.status_code == 200
    assert (Change.objects.count(), Report.objects.count()) == (before, 0)


def test_form_with_a_null_character_shows_where_it_was_and_keeps_the_rest(reviewer: Client) -> None:
    page = reviewer.post(ADD, THE_VOTE | {"title": "The\0vote", "n\0me": "x", "preview": ""})

    assert [str(one) for one in page.context["messages"]] == [
        "What you sent held a null character, which cannot be kept: � stands where it was. Look at it once more."
    ]
    assert page.context["parts"]["draft"]["title"].value() == "The�vote"


def test_what_is_kept_while_it_is_typed_has_none(reviewer: Client) -> None:
    answer = reviewer.post("/admin/drafts/keep/", {"page": ADD, "title": "a\0b", "data": "title=The%00vote&%00=1"})

    assert answer.status_code == 200
    assert "%00" not in Draft.objects.get().data
