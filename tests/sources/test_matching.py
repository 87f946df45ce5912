import pytest
from tracker.domain.vocabulary import EventKind
from tracker.sources.matching import NOTHING, Match, match

CERTAIN = [
    ("en", "Hungary's parliament ratifies Sweden's NATO membership", Match(("SWE",), ("HUN",), EventKind.RATIFIED)),
    ("en", "Hungarian parliament approved Sweden's NATO accession", Match(("SWE",), ("HUN",), EventKind.CHAMBER_VOTE)),
    ("en", "Hungary's parliament votes to approve Sweden's accession to NATO on 26 May 2024",
     Match(("SWE",), ("HUN",), EventKind.CHAMBER_VOTE)),
    ("en", "Turkey deposited its instrument for Sweden's accession to NATO", Match(("SWE",), ("TUR",), EventKind.DEPOSITED)),
    ("en", "Sweden's protocol of accession to NATO published in the Official Gazette of Türkiye",
     Match(("SWE",), ("TUR",), EventKind.PUBLISHED)),
    ("tr", "TBMM Genel Kurulu'nda İsveç'in NATO'ya katılımına ilişkin protokol kabul edildi",
     Match(("SWE",), ("TUR",), EventKind.CHAMBER_VOTE)),
    ("tr", "Türkiye: İsveç'in NATO üyeliği Resmî Gazete'de yayımlandı", Match(("SWE",), ("TUR",), EventKind.PUBLISHED)),
    ("hu", "Az Országgyűlés elfogadta Svédország NATO-csatlakozását", Match(("SWE",), ("HUN",), EventKind.CHAMBER_VOTE)),
    ("sv", "Ungerns parlament godkände Sveriges Natomedlemskap", Match(("SWE",), ("HUN",), EventKind.CHAMBER_VOTE)),
    ("fi", "Turkin parlamentti hyväksyi Suomen Nato-jäsenyyden", Match(("FIN",), ("TUR",), EventKind.CHAMBER_VOTE)),
    ("de", "Der Bundestag stimmt dem NATO-Beitritt Schwedens zu", Match(("SWE",), ("DEU",), EventKind.CHAMBER_VOTE)),
    ("fr", "En France, le Sénat a approuvé le protocole d'adhésion de la Suède à l'OTAN",
     Match(("SWE",), ("FRA",), EventKind.CHAMBER_VOTE)),
    ("pl", "Sejm wyraził zgodę na ratyfikację protokołu o akcesji Szwecji do NATO",
     Match(("SWE",), ("POL",), EventKind.CHAMBER_VOTE)),
]  # fmt: skip

OPEN_QUESTIONS = [
    ("en", "Turkey's parliament will vote on Sweden's NATO accession", Match(("SWE",), ("TUR",))),
    ("en", "Hungary has not ratified Sweden's accession to NATO", Match(("SWE",), ("HUN",))),
    (
        "en",
        "Hungary's parliament approved and the president signed into law Sweden's accession to NATO",
        Match(("SWE",), ("HUN",)),
    ),
    ("en", "Parliament ratified Sweden's accession to NATO", Match(("SWE",))),
    ("en", "Sweden wins at ice hockey", Match()),
    ("en", "Hungary ratifies Sweden's accession to the European Patent Convention", Match()),
    ("en", "Hungary approves a NATO exercise in Sweden", Match()),
    ("hu", "Magyarország nem ratifikálta Svédország NATO-csatlakozását", Match(("SWE",), ("HUN",))),
    ("xx", "Hungary's parliament ratifies Sweden's NATO membership", Match()),
    ("", "Hungary's parliament ratifies Sweden's NATO membership", Match()),
]


@pytest.mark.parametrize(("language", "text", "expected"), CERTAIN)
def test_match_of_words_that_leave_no_choice_names_all_three(language: str, text: str, expected: Match) -> None:
    assert match(text, language=language) == expected


@pytest.mark.parametrize(("language", "text", "expected"), OPEN_QUESTIONS)
def test_match_of_words_that_leave_a_choice_leaves_it(language: str, text: str, expected: Match) -> None:
    assert match(text, language=language) == expected


def test_match_with_the_open_applicants_takes_a_member_for_an_ally() -> None:
    text = "Finland's parliament approved Sweden's accession to NATO"

    assert match(text, language="en", applicants={"SWE"}) == Match(("SWE",), ("FIN",), EventKind.CHAMBER_VOTE)


def test_match_in_the_source_of_an_ally_that_speaks_of_another_leaves_the_actor_open() -> None:
    text = "Parliament of Hungary approved Sweden's accession to NATO"

    assert match(text, language="en", ally="TUR") == Match(("SWE",))
    assert match(text, language="en", ally="HUN") == Match(("SWE",), ("HUN",), EventKind.CHAMBER_VOTE)
