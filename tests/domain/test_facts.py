"""What a fact refuses, so that every database takes the same facts and a form can say what is wrong."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.facts import SOURCE, claim, commitment, event, party, procedure
from tracker.domain.commitment_facts import RESERVED_KEYS
from tracker.domain.facts import EventFact, PartyFact, ProcedureFact, Source
from tracker.pages.urls import urlpatterns


def source(**more: Any) -> Source:
    return Source.model_validate({**SOURCE, **more})


def act(**more: Any) -> EventFact:
    return event("e", "statement", "HUN", "2022", **more)


@pytest.mark.parametrize("field", ["url", "archived_url"])
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://example.org/a",
        "https:// ",
        "https:///path",
        "https://a b.org",
        "https://a.org/\x00",
    ],
)
def test_an_address_that_is_not_of_the_web_is_refused(field: str, address: str) -> None:
    with pytest.raises(ValidationError, match=field):
        source(**{field: address})


def test_an_archived_copy_may_be_missing() -> None:
    assert source(archived_url=None).archived_url == ""


def test_a_conflicting_value_needs_an_address_of_the_web() -> None:
    with pytest.raises(ValidationError, match=r"conflicts\.0\.url"):
        act(conflicts=[{"field": "date", "value": "2023", "url": "data:text/html,x"}])


@pytest.mark.parametrize(
    ("make", "field", "longest"),
    [
        (act, "title", 300),
        (act, "office", 200),
        (act, "treaty", 20),
        (source, "title", 500),
        (source, "publisher", 200),
        (source, "quote_language", 8),
        (commitment, "title", 300),
        (claim, "office", 200),
    ],
)
def test_a_text_longer_than_its_column_is_refused(make: Any, field: str, longest: int) -> None:
    fits = make(**{field: "x" * longest})

    with pytest.raises(ValidationError, match=f"more than {longest} characters"):
        make(**{field: "x" * (longest + 1)})

    assert getattr(fits, field) == "x" * longest


@pytest.mark.parametrize(
    ("make", "field"),
    [(act, "title"), (act, "office"), (act, "detail"), (source, "quote"), (claim, "note"), (source, "publisher")],
)
@pytest.mark.parametrize("control", ["\x00", "\x1b", "\x7f", "\x85"])
def test_a_control_character_is_refused_in_every_text(make: Any, field: str, control: str) -> None:
    with pytest.raises(ValidationError, match=f"{field}\n"):
        make(**{field: f"a{control}b"})


def test_a_long_text_keeps_its_lines_and_a_title_has_one() -> None:
    assert act(detail="one\r\ntwo\n\tthree").detail == "one\ntwo\n\tthree"

    with pytest.raises(ValidationError, match="title"):
        act(title="one\ntwo")


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0"])
def test_a_blank_title_is_refused(blank: str) -> None:
    with pytest.raises(ValidationError, match="title"):
        act(title=blank)


def test_a_title_is_trimmed() -> None:
    assert act(title="  Said \n").title == "Said"


@pytest.mark.parametrize("code", ["UK", "EUROPE"])
def test_a_state_has_a_code_of_three_letters(code: str) -> None:
    with pytest.raises(ValidationError, match="alpha-3"):
        party(code)

    assert party(code, "organisation").code == code


@pytest.mark.parametrize("code", ["s", "se", "SWE"])
def test_a_two_letter_code_has_two_letters(code: str) -> None:
    with pytest.raises(ValidationError, match="alpha2"):
        PartyFact.model_validate({**party("SWE").document(), "alpha2": code})


@pytest.mark.parametrize("side", ["asked_by", "owed_by"])
def test_a_side_names_each_party_once(side: str) -> None:
    twice: dict[str, Any] = {side: ["TUR", "TUR"]}

    with pytest.raises(ValidationError, match="twice"):
        commitment(**twice)


def changed(**more: Any) -> ProcedureFact:
    """Two chambers, both of which vote, unless told otherwise."""
    chambers = [{"name": "Senate", "role": "votes"}, {"name": "House", "role": "votes"}]
    both = {"chambers": chambers, "chambers_that_vote": ["Senate", "House"]}
    return ProcedureFact.model_validate({**procedure("HUN").document(), **both, **more})


def test_the_order_in_which_a_procedure_is_told_does_not_matter() -> None:
    steps = [one.document() for one in procedure("HUN").steps]

    found = changed(chambers_that_vote=["House", "Senate", "House"], steps=steps[::-1])

    assert found == changed(steps=steps)
    assert found.chambers_that_vote == ("Senate", "House")


@pytest.mark.parametrize(
    ("more", "because"),
    [
        ({"chambers_that_vote": ["Diet"]}, "none of the chambers"),
        ({"chambers": [{"name": "House", "role": "votes"}] * 2}, "the same name"),
        ({"steps": [{"order": 1, "kind": "submitted", "body": "Government"}] * 2}, "the same place"),
    ],
)
def test_a_procedure_that_contradicts_itself_is_refused(more: dict[str, Any], because: str) -> None:
    with pytest.raises(ValidationError, match=because):
        changed(**more)


def test_commitment_under_the_address_of_another_page_is_refused() -> None:
    with pytest.raises(ValidationError, match="choose another key"):
        commitment(key="extraditions")


def test_every_page_beside_the_commitments_has_its_key_reserved() -> None:
    beside = {str(one.pattern) for one in urlpatterns if str(one.pattern).startswith("commitments/")}

    assert {one.split("/")[1] for one in beside} - {"", "<slug:key>"} == RESERVED_KEYS
