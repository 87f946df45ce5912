"""States are found by every name they go or went by."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from tracker.domain.facts import PartyFact
from tracker.language.names import fold
from tracker.readmodel import Edition, State
from tracker.readmodel.fold import Document
from tracker.readmodel.search.parties import find_parties

TURKIYE = PartyFact.model_validate(
    {
        "code": "TUR",
        "kind": "state",
        "alpha2": "TR",
        "names": [
            {"language": "en", "text": "Turkey", "until": "2022-06-01"},
            {"language": "en", "text": "Türkiye", "since": "2022-06-01"},
            {"language": "hu", "text": "Törökország"},
        ],
    }
)
SWEDEN = PartyFact.model_validate(
    {"code": "SWE", "kind": "state", "alpha2": "SE", "names": [{"language": "en", "text": "Sweden"}]}
)


@pytest.mark.parametrize("text", ["Turkey", "TÜRKİYE", "turkiye", " tr ", "TUR", "törökország", "torokorszag", "turk"])
def test_state_when_looked_for_by_any_name_is_found(text: str) -> None:
    assert find_parties([SWEDEN, TURKIYE], text) == [TURKIYE]


def test_nothing_when_looked_for_is_nobody() -> None:
    assert find_parties([SWEDEN, TURKIYE], "  ") == []


def names_in(language: str, day: date, party: PartyFact) -> dict[str, str]:
    """What the party is called, in a record of nothing else."""
    return Edition(State(parties={party.code: Document(party.document())})).names_in(language, day)


@pytest.mark.parametrize(("day", "name"), [(date(2022, 5, 31), "Turkey"), (date(2022, 6, 1), "Türkiye")])
def test_name_when_asked_on_a_day_is_that_of_the_day(day: date, name: str) -> None:
    assert names_in("en", day, TURKIYE) == {"TUR": name}


def test_name_in_a_language_that_has_none_is_the_english_one() -> None:
    assert names_in("fi", date(2023, 10, 30), SWEDEN) == {"SWE": "Sweden"}


def test_dotless_and_dotted_letters_when_folded_are_one() -> None:
    assert fold("İstanbul ISPARTA ısparta") == "istanbul isparta isparta"


DATA = Path(settings.BASE_DIR) / "tracker" / "exchange" / "dataset" / "data" / "parties.jsonl"
SHIPPED = [PartyFact.model_validate_json(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def typed(name: str) -> set[str]:
    """The ways in which people type a name: as it is, loudly, and on a keyboard without the letters or the hyphens."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    plain = bare.replace("ı", "i").replace("’", "'")
    return {name, name.upper(), name.lower(), plain, plain.lower(), plain.replace("-", " ")}


@pytest.mark.parametrize("party", SHIPPED, ids=lambda party: party.code)
def test_party_of_the_shipped_data_is_found_by_each_name_in_each_language_and_by_its_codes(party: PartyFact) -> None:
    names = {way for name in party.names for way in typed(name.text)}
    codes = {code for code in (party.code, party.code.lower(), party.alpha2, party.alpha2.lower()) if code}

    assert {text for text in names | codes if party not in find_parties(SHIPPED, text)} == set()


@pytest.mark.parametrize("text", ["Turkey", "Türkiye", "Turkiye", "TR", "TUR", "Turquie", "Turkiet", "Turkki"])
def test_turkiye_of_the_shipped_data_is_the_one_party_that_is_found(text: str) -> None:
    assert [party.code for party in find_parties(SHIPPED, text)] == ["TUR"]
