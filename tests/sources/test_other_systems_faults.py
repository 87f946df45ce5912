"""What readers of votes elsewhere once took for an act, in headlines of our own: none is a chamber's vote."""

import pytest

from tracker.domain.vocabulary import EventKind
from tracker.sources.matching import match

CALLED_OFF = [
    ("en", "Hungarian parliament cancels vote on Sweden's NATO accession", "HUN"),
    ("en", "Hungarian parliament suspends vote on Sweden's NATO accession", "HUN"),
    ("en", "Hungarian parliament puts off vote on Sweden's NATO accession", "HUN"),
    ("en", "Hungarian parliament shelves vote on Sweden's NATO accession", "HUN"),
    ("en", "Hungarian parliament votes down Sweden's NATO accession", "HUN"),
    ("en", "Hungarian parliament fails to back Sweden's NATO accession", "HUN"),
    ("fr", "L'Assemblée nationale annule le vote sur l'adhésion de la Suède à l'OTAN", "FRA"),
    ("de", "Bundestag stimmt gegen NATO-Beitritt Schwedens", "DEU"),
]
IN_COMMITTEE = [
    ("en", "Turkish parliament commission approves Sweden's NATO bid for membership", "TUR"),
    ("en", "Dutch Senate committee approves Sweden's NATO accession", "NLD"),
    ("tr", "İsveç'in NATO'ya Katılım Protokolü TBMM Dışişleri Komisyonunda kabul edildi", "TUR"),
    ("hu", "A parlament külügyi bizottsága elfogadta Svédország NATO-csatlakozását", "HUN"),
    (
        "fr",
        "La commission des affaires étrangères de l'Assemblée nationale adopte l'adhésion de la Suède à l'OTAN",
        "FRA",
    ),
]
BESIDE_ANOTHER = [
    ("en", "Norwegian parliament approves Sweden's NATO accession as Turkey stalls", "NOR"),
    ("en", "Italian Senate ratifies Sweden's NATO accession, pressing Turkey", "ITA"),
    ("en", "Portuguese parliament approves Sweden's NATO accession, Hungary is next", "PRT"),
    ("de", "Norwegisches Parlament stimmt NATO-Beitritt Schwedens zu, Türkei blockiert", "NOR"),
    ("fr", "Le Parlement norvégien ratifie l'adhésion de la Suède à l'OTAN, la Turquie bloque", "NOR"),
]


@pytest.mark.parametrize(("language", "text", "ally"), CALLED_OFF)
def test_a_vote_that_was_called_off_or_lost_is_of_no_kind(language: str, text: str, ally: str) -> None:
    found = match(text, language=language)

    assert (found.accessions, found.kind) == (("SWE",), None)
    assert set(found.allies) <= {ally}


@pytest.mark.parametrize(("language", "text", "ally"), IN_COMMITTEE)
def test_a_committee_is_no_chamber(language: str, text: str, ally: str) -> None:
    found = match(text, language=language)

    assert found.kind in {None, EventKind.COMMITTEE_VOTE}
    assert set(found.allies) <= {ally}


@pytest.mark.parametrize(("language", "text", "ally"), BESIDE_ANOTHER)
def test_the_ally_that_acted_is_not_the_one_named_beside_it(language: str, text: str, ally: str) -> None:
    assert set(match(text, language=language).allies) <= {ally}
