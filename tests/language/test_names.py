"""Every name that people type means the party that they mean, and never another."""

import time
import tomllib
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.language.names import NameIndex, NameKind, aliases, everyone, fold, locale_names, without_one

NAMES = tomllib.loads(Path(__file__).with_name("state_names.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, names in NAMES.items() for name in names])
def test_name_in_english_officially_or_by_the_state_itself_means_that_state_alone(code: str, name: str) -> None:
    assert everyone().code_of(name) == code
    assert [alias.code for alias in everyone().find(name)] == [code]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("UK", "GBR"), ("uk", "GBR"), ("tr", "TUR"), ("TUR", "TUR"), ("Turkiye", "TUR"), ("TÜRKİYE", "TUR"),
        ("isveç", "SWE"), ("ISVEÇ", "SWE"), ("İSVEÇ", "SWE"), ("The Netherlands", "NLD"), ("les Pays-Bas", "NLD"),
        ("die Tuerkei", "TUR"), ("Graekenland", "GRC"), ("l’Allemagne", "DEU"), ("Cote  d’Or", None), ("", None),
        ("Korea", None), ("Congo", None), ("Northern Ireland", None), ("Swedan", None),
    ],
)  # fmt: skip
def test_what_is_typed_in_a_hurry_means_one_party_for_certain_or_none(typed: str, code: str | None) -> None:
    assert everyone().code_of(typed) == code


def test_exact_short_name_comes_before_any_beginning() -> None:
    assert [alias.code for alias in everyone().find("UK")] == ["GBR"]
    assert [alias.code for alias in everyone().find("ukr")] == ["UKR"]
    assert [alias.code for alias in everyone().find("ukra")] == ["UKR"]


def test_former_name_tells_when_it_was_in_use() -> None:
    former = everyone().exact("West Germany")[0]

    assert (former.code, former.kind, former.since, former.until) == (
        "DEU",
        NameKind.FORMER,
        "1949-05-23",
        "1990-10-03",
    )


def test_misspelt_name_is_found_and_never_certain() -> None:
    assert [alias.code for alias in everyone().find("Hungery")] == ["HUN"]
    assert everyone().code_of("Hungery") is None


def test_no_name_means_two_parties() -> None:
    meant = defaultdict(set)
    for code, known in aliases().items():
        for text in (code, *locale_names(code), *(alias.text for alias in known)):
            meant[fold(text)].add(code)

    assert {name: codes for name, codes in meant.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("code", sorted(aliases()))
def test_every_name_of_the_table_is_found_however_it_is_typed(code: str) -> None:
    for alias in aliases()[code]:
        bare = "".join(sign for sign in unicodedata.normalize("NFKD", alias.text) if not unicodedata.combining(sign))
        for way in (alias.text, alias.text.lower(), bare, f" {alias.text.replace('-', ' ')} "):
            assert [meant.code for meant in everyone().exact(way)] == [code], way


def test_name_on_record_that_no_table_has_is_found() -> None:
    index = NameIndex({"AND": ("AD", "Principat d’Andorra")})

    assert index.code_of("principat d'andorra") == "AND"
    assert [alias.code for alias in index.find("Andora")] == ["AND"]


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("abcdefgh", min_size=4, max_size=9), st.data())
def test_words_that_differ_by_one_slip_share_a_form(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("xyz"))
    slips = (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )

    assert all(without_one(word) & without_one(slip) for slip in slips)


def test_text_longer_than_any_name_is_near_none_and_costs_nothing() -> None:
    before = time.process_time()

    assert everyone().find("x" * 200_000) == []
    assert time.process_time() - before < 5
