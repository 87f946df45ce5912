"""How the name of a state stands in a sentence: with its article, and in the form that says whose something is.

Each language has its rules, and the names that do not keep to them. A name that is not in a table follows the rule, so
that a party that is new on the record can be told at once.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import get_language


def as_subject(name: str, language: str | None = None) -> str:
    """The name as the one who acts: “the Netherlands”, « la Suède »."""
    return _SUBJECTS.get(language or _spoken(), _same)(name)


def as_owner(name: str, language: str | None = None) -> str:
    """The name as the one whose something is: “Sweden’s”, « de la Suède », ”Ruotsin”."""
    return _OWNERS.get(language or _spoken(), _same)(name)


def is_plural(name: str, language: str | None = None) -> bool:
    """Whether a single state of that name takes the plural of a verb."""
    return (language or _spoken()) == "fr" and name in _FRENCH_PLURALS


def part_of(count: int, language: str | None = None) -> str:
    """The number as so many out of a greater one."""
    return f"{count}’{_turkish_part(count)}" if (language or _spoken()) == "tr" else str(count)


def capitalised(sentence: str) -> str:
    """The sentence with a capital, where it begins with a part that elsewhere stands inside one."""
    if _spoken() == "tr" and sentence.startswith("i"):
        return f"İ{sentence[1:]}"
    return sentence[:1].upper() + sentence[1:]


def _spoken() -> str:
    return get_language() or "en"


def _same(name: str) -> str:
    return name


# ── English ──────────────────────────────────────────────────────────────────────────────────────

_ENGLISH_ARTICLE: Final = re.compile(r"(United|Netherlands|Federal|Czech Republic|European|International)\b")


def _english_subject(name: str) -> str:
    return f"the {name}" if _ENGLISH_ARTICLE.match(name) else name


def _english_owner(name: str) -> str:
    told = _english_subject(name)
    return f"{told}’" if told != name and told.endswith("s") else f"{told}’s"


# ── French ───────────────────────────────────────────────────────────────────────────────────────

_FRENCH_PLURALS: Final = frozenset({"États-Unis", "Pays-Bas"})
_FRENCH_WITHOUT: Final = frozenset({"Andorre", "Chypre", "Malte", "Monaco", "Saint-Marin"})
_FRENCH_AGAINST_THE_RULE: Final = {"Moldova": "la ", "Royaume": "le ", "Cour": "la "}
_FRENCH_OF: Final = {"la ": "de la ", "le ": "du ", "les ": "des ", "l’": "de l’"}


def _french_article(name: str) -> str:
    if name in _FRENCH_WITHOUT or name.startswith(("l'", "l’")):
        return ""
    if name in _FRENCH_PLURALS:
        return "les "
    if _base(name[:1]) in "aeiou":
        return "l’"
    head = re.split(r"[ -]", name)[0]
    return _FRENCH_AGAINST_THE_RULE.get(head, "la " if head.endswith("e") else "le ")


def _french_subject(name: str) -> str:
    return _french_article(name) + name.replace("'", "’")


def _french_owner(name: str) -> str:
    article, told = _french_article(name), name.replace("'", "’")
    if article:
        return _FRENCH_OF[article] + told
    return f"d’{told}" if _base(name[:1]) in "aeiou" else f"de {told}"


# ── Swedish ──────────────────────────────────────────────────────────────────────────────────────


def _swedish_owner(name: str) -> str:
    if name.isupper():
        return f"{name}:s"
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


# ── Finnish ──────────────────────────────────────────────────────────────────────────────────────

# Names whose stem changes before the ending, by their last word.
_FINNISH_OWNERS: Final = {
    "Alankomaat": "Alankomaiden",
    "Irlanti": "Irlannin",
    "Islanti": "Islannin",
    "Itävalta": "Itävallan",
    "Kreikka": "Kreikan",
    "Kypros": "Kyproksen",
    "Suomi": "Suomen",
    "Tšekki": "Tšekin",
    "Turkki": "Turkin",
    "Yhdysvallat": "Yhdysvaltojen",
    "liittotasavalta": "liittotasavallan",
    "tuomioistuin": "tuomioistuimen",
}
_FINNISH_ATTRIBUTES: Final = {"entinen": "entisen", "tasavalta": "tasavallan", "Kansainvälinen": "Kansainvälisen"}
_FINNISH_VOWELS: Final = "aeiouyåäö"


def _finnish_owner(name: str) -> str:
    before, space, last = name.rpartition(" ")
    # Adjectives, and the noun that a name stands beside, take the case as well.
    words = [_FINNISH_ATTRIBUTES.get(word, word) for word in before.split(" ")]
    ending = "n" if last[-1:].casefold() in _FINNISH_VOWELS else "in"
    return " ".join(words) + space + _FINNISH_OWNERS.get(last, last + ending)


# ── Turkish ──────────────────────────────────────────────────────────────────────────────────────

# The vowel of an ending follows the last vowel of the word.
_HARMONY: Final = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}

# How the endings of “so many of them” sound after the last word of the number: that of its ones, tens, or hundreds.
_ENDING_OF_ONES: Final = ("", "i", "si", "ü", "ü", "i", "sı", "si", "i", "u")
_ENDING_OF_TENS: Final = ("", "u", "si", "u", "ı", "si", "ı", "i", "i", "ı")


def _turkish_owner(name: str) -> str:
    letters = name.replace("I", "ı").replace("İ", "i").lower()
    vowel = next((_HARMONY[one] for one in reversed(letters) if one in _HARMONY), "i")
    return f"{name}’{'n' if letters[-1:] in _HARMONY else ''}{vowel}n"


def _turkish_part(count: int) -> str:
    if count % 10:
        return _ENDING_OF_ONES[count % 10]
    if count % 100:
        return _ENDING_OF_TENS[count % 100 // 10]
    return "ü" if count else "ı"


# ── Hungarian ────────────────────────────────────────────────────────────────────────────────────


def _hungarian_subject(name: str) -> str:
    # Names of one word stand without an article; those that describe the state have one.
    if " " not in name:
        return name
    return f"{'az' if _base(name[:1]) in 'aeiou' else 'a'} {name}"


def _base(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[:1].casefold()


_SUBJECTS: Final[Mapping[str, Callable[[str], str]]] = {
    "en": _english_subject,
    "fr": _french_subject,
    "hu": _hungarian_subject,
}
_OWNERS: Final[Mapping[str, Callable[[str], str]]] = {
    "en": _english_owner,
    "fr": _french_owner,
    "sv": _swedish_owner,
    "fi": _finnish_owner,
    "tr": _turkish_owner,
    # Before what is owned, a Hungarian owner stands as it is.
    "hu": _hungarian_subject,
}
