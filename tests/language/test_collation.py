"""Names stand in the order of the alphabet of the language that is read."""

from itertools import pairwise

import pytest
from django.utils import translation

from tracker.language.collation import codes_in_order, order_key
from tracker.language.words import list_names


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", ["Canada", "Czechia", "North Macedonia", "Norway", "Türkiye", "Ukraine"]),
        ("fr", ["Espagne", "Estonie", "États-Unis", "Finlande", "Türkiye", "Ukraine"]),
        ("sv", ["Albanien", "Storbritannien", "Österrike"]),
        ("sv", ["Zypern", "Åland", "Ägypten", "Österrike"]),
        ("fi", ["Alankomaat", "Suomi", "Tanska", "Tšekki", "Turkki", "Yhdysvallat", "Ähtäri"]),
        ("tr", ["Bulgaristan", "Ceuta", "Çekya", "Danimarka", "Gürcistan", "Hırvatistan", "Hollanda"]),
        ("tr", ["Irak", "İran", "İsveç", "Japonya", "Sırbistan", "Şili", "Ukrayna", "Ürdün"]),
        ("hu", ["Ciprus", "Csehország", "Dánia", "Egyesült Államok", "Észak-Macedónia", "Észtország"]),
        ("hu", ["Olaszország", "Örményország", "Spanyolország", "Svédország", "Szerbia", "Törökország"]),
    ],
)
def test_names_are_in_the_order_of_the_language(language: str, ordered: list[str]) -> None:
    keys = [order_key(name, language) for name in ordered]

    assert [one for one, following in pairwise(keys) if one >= following] == []


def test_the_same_codes_are_listed_in_another_order_in_another_language() -> None:
    swedish = {"AUT": "Österrike", "HUN": "Ungern", "TUR": "Turkiet"}
    english = {"AUT": "Austria", "HUN": "Hungary", "TUR": "Türkiye"}

    with translation.override("sv"):
        assert codes_in_order(swedish) == ["TUR", "HUN", "AUT"]
        assert list_names(swedish, swedish) == "Turkiet, Ungern och Österrike"
    with translation.override("en"):
        assert codes_in_order(english, ["TUR", "AUT"]) == ["AUT", "TUR"]


def test_letters_of_another_alphabet_stand_beside_those_they_are_made_of() -> None:
    assert order_key("Łódź", "en")[0] == order_key("Lodz", "en")[0]
    assert order_key("Århus", "en")[0] == order_key("Arhus", "en")[0]
    assert order_key("Århus", "sv")[0] != order_key("Arhus", "sv")[0]
