"""Names in a sentence: every state of the shipped data with its article and as an owner, in every language."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from tracker.language.grammar import as_owner, as_subject, capitalised, forms, is_plural, part_of

DATA = Path(settings.BASE_DIR) / "tracker" / "exchange" / "dataset" / "data" / "parties.jsonl"


@pytest.mark.parametrize(
    ("language", "name", "subject", "owner"),
    [
        ("en", "Sweden", "Sweden", "Sweden’s"),
        ("en", "Netherlands", "the Netherlands", "the Netherlands’"),
        ("en", "Cyprus", "Cyprus", "Cyprus’s"),
        ("fr", "Suède", "la Suède", "de la Suède"),
        ("fr", "Canada", "le Canada", "du Canada"),
        ("fr", "Albanie", "l’Albanie", "de l’Albanie"),
        ("fr", "États-Unis", "les États-Unis", "des États-Unis"),
        ("fr", "Hongrie", "la Hongrie", "de la Hongrie"),
        ("fr", "Macédoine du Nord", "la Macédoine du Nord", "de la Macédoine du Nord"),
        ("fr", "Royaume-Uni", "le Royaume-Uni", "du Royaume-Uni"),
        ("fr", "Moldova", "la Moldova", "de la Moldova"),
        ("fr", "Chypre", "Chypre", "de Chypre"),
        ("fr", "l'ex-République yougoslave de Macédoine", "l’ex-République yougoslave de Macédoine", None),
        ("sv", "Sverige", "Sverige", "Sveriges"),
        ("sv", "Schweiz", "Schweiz", "Schweiz"),
        ("sv", "USA", "USA", "USA:s"),
        ("fi", "Ruotsi", "Ruotsi", "Ruotsin"),
        ("fi", "Turkki", "Turkki", "Turkin"),
        ("fi", "Alankomaat", "Alankomaat", "Alankomaiden"),
        ("fi", "Luxemburg", "Luxemburg", "Luxemburgin"),
        ("fi", "Malta", "Malta", "Maltan"),
        ("fi", "Itävalta", "Itävalta", "Itävallan"),
        ("fi", "entinen Jugoslavian tasavalta Makedonia", None, "entisen Jugoslavian tasavallan Makedonian"),
        ("tr", "İsveç", "İsveç", "İsveç’in"),
        ("tr", "Finlandiya", "Finlandiya", "Finlandiya’nın"),
        ("tr", "Arnavutluk", "Arnavutluk", "Arnavutluk’un"),
        ("tr", "Amerika Birleşik Devletleri", "Amerika Birleşik Devletleri", "Amerika Birleşik Devletleri’nin"),
        ("tr", "NATO", "NATO", "NATO’nun"),
        ("hu", "Svédország", "Svédország", "Svédország"),
        ("hu", "Egyesült Államok", "az Egyesült Államok", "az Egyesült Államok"),
        ("hu", "Német Szövetségi Köztársaság", "a Német Szövetségi Köztársaság", None),
    ],
)
def test_name_stands_in_the_form_that_the_language_asks_for(
    language: str, name: str, subject: str | None, owner: str | None
) -> None:
    if subject is not None:
        assert as_subject(name, language) == subject
    if owner is not None:
        assert as_owner(name, language) == owner


def test_every_shipped_name_keeps_its_letters_as_a_subject() -> None:
    parties = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    names = [(one["text"], one["language"]) for party in parties for one in party["names"]]

    def kept(name: str, language: str) -> bool:
        return as_subject(name, language).casefold().endswith(name.replace("'", "’").casefold())

    lost = [name for name, language in names if not kept(name, language)]

    assert len(names) > 200
    assert lost == []


def test_every_party_on_record_has_its_forms_in_every_language() -> None:
    parties = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    names = {(one["language"], one["text"]) for party in parties for one in party["names"]}

    assert {
        (language, name) for language, name in names if language in forms() and name not in forms()[language]
    } == set()


@pytest.mark.parametrize(
    ("language", "name", "owner"),
    [
        ("en", "Holy See", "the Holy See’s"),
        ("en", "Philippines", "the Philippines’"),
        ("fr", "Mexique", "du Mexique"),
        ("fr", "Israël", "d’Israël"),
        ("fi", "Neuvostoliitto", "Neuvostoliiton"),
        ("fi", "Iso-Britannia", "Ison-Britannian"),
        ("tr", "Birleşmiş Milletler", "Birleşmiş Milletlerin"),
        ("tr", "Avrupa Birliği", "Avrupa Birliğinin"),
        ("hu", "Szovjetunió", "a Szovjetunió"),
    ],
)
def test_names_that_no_rule_would_form_rightly(language: str, name: str, owner: str) -> None:
    assert as_owner(name, language) == owner


@pytest.mark.parametrize("language", ["en", "fr", "sv", "fi", "tr", "hu"])
def test_name_that_nobody_has_formed_is_told_as_it_is_written(language: str) -> None:
    assert as_subject("Ruritania", language) == "Ruritania"
    assert "Ruritania" in as_owner("Ruritania", language)


def test_french_alone_has_states_in_the_plural() -> None:
    assert is_plural("Pays-Bas", "fr")
    assert not is_plural("Suède", "fr")
    assert not is_plural("United States", "en")


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "0’ı"),
        (1, "1’i"),
        (2, "2’si"),
        (4, "4’ü"),
        (6, "6’sı"),
        (9, "9’u"),
        (10, "10’u"),
        (20, "20’si"),
        (29, "29’u"),
        (30, "30’u"),
        (40, "40’ı"),
        (100, "100’ü"),
    ],
)
def test_turkish_number_out_of_another_has_the_ending_of_its_last_word(count: int, told: str) -> None:
    assert part_of(count, "tr") == told
    assert part_of(count, "en") == str(count)


def test_sentence_that_begins_with_an_article_has_a_capital() -> None:
    assert capitalised("the Netherlands has not.") == "The Netherlands has not."
