"""The tables of languages: complete, readable, and without a phrase that means two states."""

import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from babel import Locale

from tracker.domain.vocabulary import ALLIANCE, EventKind
from tracker.language.names import alpha2_of
from tracker.sources import tables
from tracker.sources.matching import match
from tracker.sources.phrases import Phrases
from tracker.sources.reading import read
from tracker.sources.tables import languages, table_of
from tracker.sources.words import words_of

FOLDER = Path(tables.__file__).with_name("languages")
ALLIES = (
    "ALB", "BEL", "BGR", "CAN", "CZE", "DEU", "DNK", "ESP", "EST", "FIN", "FRA", "GBR", "GRC", "HRV",
    "HUN", "ISL", "ITA", "LTU", "LUX", "LVA", "MKD", "MNE", "NLD", "NOR", "POL", "PRT", "ROU", "SVK",
    "SVN", "SWE", "TUR", "USA",
)  # fmt: skip
ASPIRANTS = ("BIH", "GEO", "UKR")
# Lists that a language may do without, because its grammar does.
OF_GRAMMAR = frozenset({"of", "after", "filler", "home", "enlargement"})
LISTS = {section: set(keys) for section, keys in tomllib.loads((FOLDER / "en.toml").read_text("utf-8")).items()}


# One act in every language, by whom it names as the one who acts.
RATIFIES = tomllib.loads(Path(__file__).with_name("ratifies.toml").read_text(encoding="utf-8"))


def load(language: str) -> dict[str, dict[str, list[str]]]:
    return {
        section: lists
        for section, lists in tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8")).items()
        if isinstance(lists, dict)
    }


def test_there_are_nineteen_languages() -> None:
    assert len(languages()) == 19
    assert table_of("xx") is None
    assert table_of("") is None


@pytest.mark.parametrize("language", languages())
def test_table_has_every_list_that_is_no_matter_of_grammar(language: str) -> None:
    own = load(language)

    for section in ("words", "acts", "void"):
        assert LISTS[section] - own[section].keys() <= OF_GRAMMAR


@pytest.mark.parametrize("language", languages())
def test_every_ally_and_aspirant_has_names_and_a_capital(language: str) -> None:
    own = load(language)

    assert [code for code in (*ALLIES, *ASPIRANTS) if not own["states"].get(code)] == []
    assert [code for code in (*ALLIES, *ASPIRANTS) if not own["capitals"].get(code)] == []


@pytest.mark.parametrize("language", languages())
def test_phrase_is_of_one_state_and_stands_once_in_its_list(language: str) -> None:
    meant = defaultdict(set)
    for section, lists in load(language).items():
        for key, phrases in lists.items():
            assert len(phrases) == len(set(phrases)), (section, key)
            if section in ("states", "capitals", "bodies"):
                for phrase in phrases:
                    meant[phrase.casefold()].add(key)

    assert {phrase: codes for phrase, codes in meant.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("language", languages())
def test_name_of_the_locale_data_is_that_state_alone(language: str) -> None:
    table = table_of(language)
    assert table is not None
    territories = Locale.parse(language).territories
    for code in (*ALLIES, *ASPIRANTS):
        mentions = read(territories[alpha2_of(code)], table, None).of("state", "capital", "body")
        assert {mention.code for mention in mentions} == {code}


@pytest.mark.parametrize("language", languages())
def test_every_ally_is_read_as_the_one_who_acts(language: str) -> None:
    territories = Locale(language).territories
    for code in ALLIES:
        if code != "SWE":
            headline = RATIFIES[language].format(ally=territories[alpha2_of(code)])
            said = match(headline, language=language, applicants={"SWE", "UKR", "GEO", "BIH"})
            assert (said.accession, said.ally) == ("SWE", code), headline
            assert said.kind in (EventKind.RATIFIED, EventKind.CHAMBER_VOTE), headline


@pytest.mark.parametrize("language", languages())
def test_phrase_of_every_table_finds_itself(language: str) -> None:
    for lists in load(language).values():
        for key, phrases in lists.items():
            for phrase in phrases:
                written = " ".join(part.strip("=^*").replace("#", "7") for part in phrase.split() if part != "…")
                mentions = Phrases([("label", key, phrase)]).mentions(words_of(written))
                assert [mention.code for mention in mentions] == [key], phrase


def test_alliance_is_named_in_every_language() -> None:
    for language in languages():
        table = table_of(language)
        assert table is not None
        assert read(ALLIANCE, table, None).has("alliance") or read("OTAN NAVO", table, None).has("alliance")
