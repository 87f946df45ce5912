"""How the states are named in running text, so that a name is recognised in its inflected forms too.

The names come from the locale data of Babel; only what inflection hides is written down here.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from babel import Locale

LANGUAGES: Final = ("en", "fr", "de", "sv", "fi", "tr", "hu", "pl")

ALPHA2: Final[Mapping[str, str]] = {
    "ALB": "AL", "AUT": "AT", "BEL": "BE", "BGR": "BG", "BIH": "BA", "CAN": "CA", "CHE": "CH", "CYP": "CY",
    "CZE": "CZ", "DEU": "DE", "DNK": "DK", "ESP": "ES", "EST": "EE", "FIN": "FI", "FRA": "FR", "GBR": "GB",
    "GEO": "GE", "GRC": "GR", "HRV": "HR", "HUN": "HU", "IRL": "IE", "ISL": "IS", "ITA": "IT", "LTU": "LT",
    "LUX": "LU", "LVA": "LV", "MDA": "MD", "MKD": "MK", "MLT": "MT", "MNE": "ME", "NLD": "NL", "NOR": "NO",
    "POL": "PL", "PRT": "PT", "ROU": "RO", "SRB": "RS", "SVK": "SK", "SVN": "SI", "SWE": "SE", "TUR": "TR",
    "UKR": "UA", "USA": "US", "XKX": "XK",
}  # fmt: skip

# Letters that keep their stroke when accents are taken away.
_STROKES: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "\u0131": "i", "ß": "ss", "æ": "ae", "’": "'"})

# Stems that the name in the locale data does not begin with, by language.
_FURTHER: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "en": {
        "SWE": ("swedish",), "FIN": ("finnish",), "TUR": ("turkey", "turkiye", "turkish"), "HUN": ("hungarian",),
        "USA": ("american", "us senate"), "GBR": ("british", "uk"), "CZE": ("czech",), "UKR": ("ukrainian",),
        "DEU": ("german",), "POL": ("polish",), "FRA": ("french",), "NLD": ("dutch",), "DNK": ("danish",),
    },
    "fr": {"SWE": ("suedois",), "FIN": ("finlandais",), "TUR": ("turc", "turque"), "HUN": ("hongrois",)},
    "de": {"SWE": ("schwedisch",), "FIN": ("finnisch",), "TUR": ("turkisch",), "HUN": ("ungarisch",)},
    "sv": {"SWE": ("svensk",), "FIN": ("finsk", "finlandsk"), "TUR": ("turkisk",), "HUN": ("ungersk",)},
    "fi": {"SWE": ("ruots",), "FIN": ("suome",), "TUR": ("turki",), "HUN": ("unkari",)},
    "tr": {"SWE": ("isvec",), "FIN": ("fin",), "USA": ("abd",)},
    "hu": {"SWE": ("sved",), "FIN": ("finn",), "TUR": ("torok",), "HUN": ("magyar",)},
    "pl": {"SWE": ("szwedz",), "FIN": ("finsk",), "TUR": ("tureck",), "HUN": ("wegier", "wegr"), "DEU": ("niemc",)},
}  # fmt: skip

# Bodies whose name is that of one state's and no other's, in whatever language it is written.
_BODIES: Final[Mapping[str, str]] = {
    "DEU": "bundestag", "DNK": "folketing", "EST": "riigikogu", "FIN": "eduskun", "HUN": "orszaggyul", "ISL": "althing",
    "LTU": "seimas", "LVA": "saeima", "NOR": "storting", "POL": "sejm", "SWE": "riksdag", "TUR": "tbmm",
}  # fmt: skip

# Languages whose names change their last vowel, so that it is no part of the stem.
_VOWEL_CHANGES: Final = frozenset({"pl"})
# Of names that have a first word in common with another, or are short words themselves.
_WHOLE_WORD: Final = frozenset({"fin", "uk", "abd", "turc"})


def plain(text: str) -> str:
    """The text in small letters without accents, so that İsveç, isveç and ISVEÇ are the same."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(letters.translate(_STROKES).split())


@cache
def patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    """How each state is recognised in a language; empty for a language that we do not know."""
    if language not in LANGUAGES:
        return {}
    territories = Locale(language).territories
    return {code: _pattern(_stems(territories[alpha2], code, language)) for code, alpha2 in ALPHA2.items()}


def states_in(text: str, language: str) -> frozenset[str]:
    """The states that a text names."""
    simple = plain(text)
    return frozenset(code for code, pattern in patterns(language).items() if pattern.search(simple))


def _stems(name: str, code: str, language: str) -> tuple[str, ...]:
    stem = plain(name)
    if language in _VOWEL_CHANGES:
        stem = stem.rstrip("aeiouy")
    bodies = (_BODIES[code],) if code in _BODIES else ()
    return (stem, *bodies, *_FURTHER[language].get(code, ()))


def _pattern(stems: tuple[str, ...]) -> re.Pattern[str]:
    parts = (re.escape(stem) + (r"\b" if stem in _WHOLE_WORD else "") for stem in stems)
    return re.compile(rf"\b(?:{'|'.join(parts)})")
