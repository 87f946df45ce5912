"""States, procedures and commitments put right from their own page: with a reason, a preview, and in the open."""

from typing import Any

import pytest
from django.db.models import Count
from django.test import Client

from tests.desk.conftest import LogIn
from tests.desk.drafts import SOURCE, confirm, hidden, rows, sent_by
from tests.desk.test_rectify import at
from tracker.actions import Justification, add_commitment_sources, correct_party, log_transaction
from tracker.domain.facts import Source
from tracker.models import Assessment, Change, Commitment, Party, Procedure, Rectification
from tracker.models.facts_of_rows import commitment_fact, party_fact, procedure_fact
from tracker.readmodel import open_newest
from tracker.readmodel.record import Record, current_edition

OTHER = Source(url="https://www.nato.int/other", title="Another", publisher="NATO", source_class="organisation")
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REASON = {"reason": "The gazette says otherwise.", "reported_by": "A reader"}


@pytest.fixture
def reviewer(february: None, log_in: LogIn) -> Client:
    return log_in("reviewer")


def party(code: str) -> Party:
    return Party.objects.for_display().get(pk=code)


def procedure(code: str) -> Procedure:
    return Procedure.objects.with_parts().get(pk=code)


def filled(client: Client, row: Any, **change: Any) -> dict[str, Any]:
    """What the page of the row sends, with these fields changed."""
    return sent_by(client.get(at("rectify", row))) | REASON | change


def change(client: Client, row: Any, **fields: Any) -> Any:
    """Rectify the row, as its page would."""
    return confirm(client, at("rectify", row), filled(client, row, **fields), **REASON, **fields)


def test_state_is_put_right_in_the_open(reviewer: Client) -> None:
    was = party_fact(party("TUR"))

    change(reviewer, party("TUR"), capital="Ankara (Türkiye)")

    found = Rectification.objects.latest("number")
    assert (found.subject, found.key, found.reason, found.reported_by) == ("party", "TUR", *REASON.values())
    assert party_fact(party("TUR")) == was.model_copy(update={"capital": "Ankara (Türkiye)"})
    assert "Ankara (Türkiye)" in reviewer.get("/rectifications/").content.decode()


def test_state_keeps_each_name_through_its_page(reviewer: Client) -> None:
    was = party_fact(party("TUR"))
    last = len(was.names)
    name = {f"names-{last}-language": "fr", f"names-{last}-text": "La Turquie", f"names-{last}-since": "2030-01-01"}

    change(reviewer, party("TUR"), **name)

    assert party_fact(party("TUR")).names[:-1] == was.names
    assert party_fact(party("TUR")).names[-1].text == "La Turquie"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"alpha2": "HU"}, "HU is the code of HUN."),
        ({"alpha2": "1!"}, "The code has two letters"),
        ({"names-0-language": "tr", "names-1-language": "tr"}, "Give at least one English name"),
        ({"names-0-language": "English"}, "Write the code of a language"),
        ({"names-0-since": "2023-01-01"}, "The name would have ended before it began."),
        ({"names-0-since": "sometime"}, "is not a date we can read"),
        ({"capital": "Ankara"}, "says the same as the record"),
        ({"reason": ""}, "This field is required."),
    ],
)
def test_state_that_cannot_be_is_refused_and_nothing_has_moved(reviewer: Client, wrong: Any, said: str) -> None:
    before = Change.objects.count()

    page = reviewer.post(at("rectify", party("TUR")), filled(reviewer, party("TUR"), **wrong) | {"save": ""})

    assert said in page.content.decode()
    assert Change.objects.count() == before


def test_state_with_an_accession_cannot_become_a_founder(reviewer: Client) -> None:
    page = reviewer.post(at("rectify", party("SWE")), filled(reviewer, party("SWE"), founding_member="yes", preview=""))

    assert "cannot have an accession" in page.content.decode()


def test_kind_and_code_of_a_state_are_no_fields_and_stay(reviewer: Client) -> None:
    change(reviewer, party("TUR"), capital="Elsewhere", kind="organisation", code="XXX")

    assert party("TUR").kind == "state"
    assert not Party.objects.filter(pk="XXX").exists()


def test_page_opened_before_another_correction_is_refused(reviewer: Client) -> None:
    old = filled(reviewer, party("TUR"), capital="Mine")
    change(reviewer, party("TUR"), capital="Theirs")

    page = reviewer.post(at("rectify", party("TUR")), old | {"save": "", "seen": "x"})

    assert "was already put right by rectification" in page.content.decode()
    assert party("TUR").capital == "Theirs"


def test_preview_stays_good_where_something_else_was_put_right_meanwhile(reviewer: Client) -> None:
    page: Any = reviewer.post(
        at("rectify", procedure("HUN")), filled(reviewer, procedure("HUN"), notes="Otherwise.", preview="")
    )
    with log_transaction() as log:
        correct_party(log, party_fact(party("TUR")).model_copy(update={"capital": "X"}), Justification("Why."))

    again = reviewer.post(at("rectify", procedure("HUN")), sent_by(page) | REASON | {"save": "", "seen": hidden(page)})

    assert again.status_code == 302
    assert procedure("HUN").notes == "Otherwise."


def test_second_click_on_save_is_refused(reviewer: Client) -> None:
    page: Any = reviewer.post(
        at("rectify", party("TUR")), filled(reviewer, party("TUR"), capital="Elsewhere", preview="")
    )
    save = sent_by(page) | {"save": "", "seen": hidden(page)}
    reviewer.post(at("rectify", party("TUR")), save)

    second = reviewer.post(at("rectify", party("TUR")), save)

    assert "was already put right" in second.content.decode()
    assert Rectification.objects.filter(key="TUR").count() == 1


def test_what_is_put_right_twice_stood_since_the_first_time(reviewer: Client) -> None:
    change(reviewer, party("TUR"), capital="First")
    change(reviewer, party("TUR"), capital="Second")

    first, second = Rectification.objects.filter(key="TUR").order_by("number")
    assert second.stood_from == first.stood_until


def test_procedure_is_put_right_part_by_part(reviewer: Client) -> None:
    was, edition = procedure_fact(procedure("ITA")), current_edition()

    page: Any = reviewer.post(
        at("rectify", procedure("ITA")), filled(reviewer, procedure("ITA"), **{"chambers-0-seats": "401"}, preview="")
    )
    change(reviewer, procedure("ITA"), **{"chambers-0-seats": "401"})

    now = procedure_fact(procedure("ITA"))
    assert page.context["preview"].lines[0].endswith("of “ITA”: Chamber of Deputies, seats: 400 → 401.")
    assert now.chambers[0].model_copy(update={"seats": 400}) == was.chambers[0]
    assert (now.steps, now.sources, now.unsourced_fields) == (was.steps, was.sources, was.unsourced_fields)
    assert Record(edition).procedures["ITA"].chambers[0].seats == 400


def test_procedure_of_an_earlier_time_is_put_right_by_itself(reviewer: Client) -> None:
    was = procedure_fact(procedure("BEL"))
    address = at("rectify", procedure("BEL")) + "1/"
    told = {"valid_from": "1993-05-19", "legal_basis": "Constitution, art. 68 | The Chambers assent.\nLaw of 1993"}

    confirm(reviewer, address, sent_by(reviewer.get(address)) | REASON | told, **REASON)

    now = procedure_fact(procedure("BEL"))
    assert [(one.provision, one.says) for one in now.earlier[1].legal_basis] == [
        ("Constitution, art. 68", "The Chambers assent."),
        ("Law of 1993", ""),
    ]
    assert now.earlier[1].valid_from == "1993-05-19"
    assert now.earlier[1].steps == was.earlier[1].steps
    assert (now.earlier[2], now.steps, now.sources) == (was.earlier[2], was.steps, was.sources)
    assert reviewer.get(at("rectify", procedure("BEL")) + "9/").status_code == 404


def test_procedure_of_a_time_that_is_not_on_record_is_added_in_its_place(reviewer: Client) -> None:
    was = procedure_fact(procedure("POL"))
    assert was.earlier == ()
    address = at("add", procedure("POL"))
    told = {"valid_from": "1997-10-17", "valid_until": "1999-03-11", "boundary": "Constitution of 1997"}

    confirm(reviewer, address, sent_by(reviewer.get(address)) | REASON | told, **REASON)

    now = procedure_fact(procedure("POL"))
    assert [(one.valid_from, one.valid_until, one.boundary) for one in now.earlier] == [tuple(told.values())]
    assert now.model_copy(update={"earlier": ()}) == was


def test_procedure_of_a_time_that_another_has_is_refused(reviewer: Client) -> None:
    address = at("add", procedure("POL"))
    told = {"valid_from": "1997-10-17", "valid_until": "2001-01-01"}

    page = reviewer.post(address, sent_by(reviewer.get(address)) | REASON | told | {"preview": ""})

    assert "An earlier procedure ends before the next one begins" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"chambers-0-seats": "-1"}, "greater than or equal to 0"),
        ({"chambers-0-earlier": "long ago: many"}, "Write each size as 2022-10-12: 630"),
        ({"chambers-0-earlier": "2022-13-40: 630"}, "2022-13-40"),
        ({"chambers-1-name": "Chamber of Deputies"}, "Two chambers have the same name"),
        ({"steps-1-order": "1"}, "Two steps have the same place in the order"),
        ({"steps-0-kind": "nonsense"}, "Select a valid choice"),
        ({"website": "javascript:alert(1)"}, "beginning with https:// or http://"),
        ({"unsourced": "x" * 300}, "It has more than 200 characters"),
    ],
)
def test_procedure_that_cannot_be_is_refused_and_nothing_has_moved(reviewer: Client, wrong: Any, said: str) -> None:
    before = Change.objects.count()

    page = reviewer.post(at("rectify", procedure("ITA")), filled(reviewer, procedure("ITA"), **wrong) | {"save": ""})

    assert page.status_code == 200
    assert said in page.content.decode()
    assert Change.objects.count() == before


def test_commitment_is_put_right_and_keeps_its_sources_and_claims(reviewer: Client) -> None:
    commitment = Commitment.objects.filter(assessments__isnull=False).order_by("pk")[0]
    kept = commitment.citations.count(), commitment.assessments.count()

    change(reviewer, commitment, title="Told otherwise")

    commitment.refresh_from_db()
    assert commitment.title == "Told otherwise"
    assert (commitment.citations.count(), commitment.assessments.count()) == kept
    assert Rectification.objects.latest("number").subject == "commitment"


def test_source_of_a_commitment_is_taken_back_and_another_put_in_its_place(reviewer: Client) -> None:
    commitment = Commitment.objects.filter(assessments__isnull=False).order_by("pk")[0]
    gone = commitment.citations.all()[0].url
    kept = [one.url for one in commitment.citations.all()[1:]]

    change(reviewer, commitment, **{f"citations-0-{name}": value for name, value in SOURCE.items()})
    told = open_newest().state.commitments[commitment.key]["sources"]
    with log_transaction() as log:
        found = add_commitment_sources(log, Commitment.objects.with_parts().get(pk=commitment.pk), [OTHER])
    commitment = Commitment.objects.with_parts().get(pk=commitment.pk)

    assert gone not in kept
    assert [one["url"] for one in told] == [*kept, SOURCE["url"]]
    assert found == [OTHER]
    assert [one.url for one in commitment_fact(commitment).sources] == [*kept, SOURCE["url"], OTHER.url]
    assert gone in [one.url for one in commitment.citations.all()]


def test_commitment_cannot_lose_its_last_source(reviewer: Client) -> None:
    commitment = Commitment.objects.annotate(cited=Count("citations")).filter(cited=1).order_by("pk")[0]

    page = reviewer.post(at("rectify", commitment), filled(reviewer, commitment, **{"citations-0-DELETE": "on"}))

    assert "has no source" in page.content.decode()


def test_commitment_left_as_it_is_is_nothing_to_rectify(reviewer: Client) -> None:
    for commitment in Commitment.objects.order_by("pk"):
        page = reviewer.post(at("rectify", commitment), filled(reviewer, commitment, preview=""))

        assert "says the same as the record" in page.content.decode(), commitment.key


@pytest.mark.parametrize("noun", [Commitment, Assessment])
def test_source_is_added_once(reviewer: Client, noun: Any) -> None:
    row = noun.objects.order_by("pk")[0]
    confirm(reviewer, at("source", row), rows("citations", SOURCE))

    again = reviewer.post(at("source", row), rows("citations", SOURCE) | {"preview": ""})

    assert row.citations.filter(url=SOURCE["url"]).count() == 1
    assert "cites this address already" in again.content.decode()


def test_what_is_wrong_stands_at_the_top_with_the_way_to_its_field(reviewer: Client) -> None:
    wrong = {"alpha2": "HU", "names-0-since": "sometime"}

    text = reviewer.post(at("rectify", party("TUR")), filled(reviewer, party("TUR"), **wrong)).content.decode()

    assert "2 things are not right yet" in text
    assert '<a href="#id_alpha2">Two-letter code</a>' in text
    assert '<a href="#id_names-0-since">Name 1, Since</a>' in text
    assert text.count("<details open") + text.count("open><summary>") == 1
