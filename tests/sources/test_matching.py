"""What the reader of headlines says of texts that leave no choice, and what it leaves open of others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.vocabulary import EventKind
from tracker.sources.matching import APPLICANTS, Match, match
from tracker.sources.tables import languages


def reading(accession: str | None = None, ally: str | None = None, kind: EventKind | None = None) -> Match:
    """What is said of one accession and one ally, as far as it is."""
    return Match((accession,) if accession else (), (ally,) if ally else (), kind)


CERTAIN = [
    ("en", "Hungary's parliament ratifies Sweden's NATO membership", reading("SWE", "HUN", EventKind.RATIFIED)),
    ("en", "Hungarian parliament approved Sweden's NATO accession", reading("SWE", "HUN", EventKind.CHAMBER_VOTE)),
    ("en", "Hungary's parliament votes to approve Sweden's accession to NATO on 26 May 2024",
     reading("SWE", "HUN", EventKind.CHAMBER_VOTE)),
    ("en", "Turkey deposited an instrument on Sweden's accession to NATO", reading("SWE", "TUR", EventKind.DEPOSITED)),
    ("en", "Sweden's protocol of accession to NATO published in the Official Gazette of Türkiye",
     reading("SWE", "TUR", EventKind.PUBLISHED)),
    ("en", "Norway's Storting approves Sweden's NATO accession while Turkey stalls",
     reading("SWE", "NOR", EventKind.CHAMBER_VOTE)),
    ("fr", "Le Parlement norvégien ratifie l'adhésion de la Suède à l'Otan, la Turquie bloque encore",
     reading("SWE", "NOR", EventKind.RATIFIED)),
    ("de", "Norwegens Parlament stimmt Schwedens Nato-Beitritt zu, die Türkei blockiert weiter",
     reading("SWE", "NOR", EventKind.CHAMBER_VOTE)),
    ("tr", "TBMM Genel Kurulu'nda İsveç'in NATO'ya katılımına ilişkin protokol kabul edildi",
     reading("SWE", "TUR", EventKind.CHAMBER_VOTE)),
    ("tr", "Türkiye: İsveç'in NATO üyeliği Resmî Gazete'de yayımlandı", reading("SWE", "TUR", EventKind.PUBLISHED)),
    ("hu", "Az Országgyűlés elfogadta Svédország NATO-csatlakozását", reading("SWE", "HUN", EventKind.CHAMBER_VOTE)),
    ("sv", "Ungerns parlament godkände Sveriges Natomedlemskap", reading("SWE", "HUN", EventKind.CHAMBER_VOTE)),
    ("fi", "Turkin parlamentti hyväksyi Suomen Nato-jäsenyyden", reading("FIN", "TUR", EventKind.CHAMBER_VOTE)),
    ("de", "Der Bundestag stimmt dem NATO-Beitritt Schwedens zu", reading("SWE", "DEU", EventKind.CHAMBER_VOTE)),
    ("fr", "En France, le Sénat a approuvé le protocole d'adhésion de la Suède à l'OTAN",
     reading("SWE", "FRA", EventKind.CHAMBER_VOTE)),
    ("pl", "Sejm wyraził zgodę na ratyfikację protokołu o akcesji Szwecji do NATO",
     reading("SWE", "POL", EventKind.CHAMBER_VOTE)),
]  # fmt: skip

OPEN_QUESTIONS = [
    ("en", "Hungary's assembly calls off its vote on Sweden's NATO accession", reading("SWE", "HUN")),
    ("en", "Hungarian deputies vote down Sweden's NATO accession", reading("SWE", "HUN")),
    ("de", "Bundestag stimmt gegen Schwedens Nato-Beitritt", reading("SWE", "DEU")),
    ("en", "Turkey's parliament will vote on Sweden's NATO accession", reading("SWE", "TUR")),
    ("en", "Hungary has not ratified Sweden's accession to NATO", reading("SWE", "HUN")),
    (
        "en",
        "Hungary's parliament approved and the president signed into law Sweden's accession to NATO",
        reading("SWE", "HUN"),
    ),
    ("en", "Parliament ratified Sweden's accession to NATO", reading("SWE")),
    ("en", "Sweden wins at ice hockey", reading()),
    ("en", "Hungary ratifies Sweden's accession to the European Patent Convention", reading()),
    ("en", "Hungary approves a NATO exercise in Sweden", reading()),
    ("hu", "Magyarország nem ratifikálta Svédország NATO-csatlakozását", reading("SWE", "HUN")),
    ("xx", "Hungary's parliament ratifies Sweden's NATO membership", reading()),
    ("", "Hungary's parliament ratifies Sweden's NATO membership", reading()),
]


@pytest.mark.parametrize(("language", "text", "expected"), CERTAIN)
def test_match_of_words_that_leave_no_choice_names_all_three(language: str, text: str, expected: Match) -> None:
    assert match(text, language=language) == expected


@pytest.mark.parametrize(("language", "text", "expected"), OPEN_QUESTIONS)
def test_match_of_words_that_leave_a_choice_leaves_it(language: str, text: str, expected: Match) -> None:
    assert match(text, language=language) == expected


def test_match_with_the_open_applicants_takes_a_member_for_an_ally() -> None:
    text = "Finland's parliament approved Sweden's accession to NATO"

    assert match(text, language="en", applicants={"SWE"}) == reading("SWE", "FIN", EventKind.CHAMBER_VOTE)


def test_match_in_the_source_of_an_ally_that_speaks_of_another_leaves_the_actor_open() -> None:
    text = "Parliament of Hungary approved Sweden's accession to NATO"

    assert match(text, language="en", ally="TUR") == reading("SWE")
    assert match(text, language="en", ally="HUN") == reading("SWE", "HUN", EventKind.CHAMBER_VOTE)


@given(st.text(max_size=300), st.sampled_from(languages()))
def test_whatever_is_written_is_read_or_left_open(text: str, language: str) -> None:
    said = match(f"{text} Nato", language=language, day="2024-01-20")

    assert set(said.accessions) <= APPLICANTS
    assert not set(said.accessions) & set(said.allies)


@given(st.permutations(("Hungarian parliament approves Sweden's NATO accession", "no", "if", "; Ankara", "will", ",")))
def test_words_of_doubt_never_make_an_act_of_another(parts: list[str]) -> None:
    said = match(" ".join(parts), language="en", applicants={"SWE"})

    assert said.kind in (None, EventKind.CHAMBER_VOTE)
    assert set(said.allies) <= {"HUN", "TUR"}
