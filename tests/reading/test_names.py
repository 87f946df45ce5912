"""States are found by every name they go or went by."""

from datetime import date

import pytest

from tracker.facts import PartyFact
from tracker.reading.names import find_parties, fold, names_on

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


@pytest.mark.parametrize(("day", "name"), [(date(2022, 5, 31), "Turkey"), (date(2022, 6, 1), "Türkiye")])
def test_name_when_asked_on_a_day_is_that_of_the_day(day: date, name: str) -> None:
    assert names_on({"TUR": TURKIYE}, day, "en") == {"TUR": name}


def test_name_in_a_language_that_has_none_is_the_english_one() -> None:
    assert names_on({"SWE": SWEDEN}, date(2023, 10, 30), "fi") == {"SWE": "Sweden"}


def test_dotless_and_dotted_letters_when_folded_are_one() -> None:
    assert fold("İstanbul ISPARTA ısparta") == "istanbul isparta isparta"
