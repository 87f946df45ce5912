"""How the name of a state stands in a sentence: with its article, and in the form that says whose something is.

The forms are data, `forms.toml`: no rule knows that one says “the Holy See” or “Neuvostoliiton”. A name that has no
forms is told in a way that needs none; a test says which party on record lacks them.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import get_language

from tracker.language.languages import LANGUAGES, Language

_FILE: Final = Path(__file__).with_name("forms.toml")


@cache
def forms() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """For each language the forms of each name: as the one who acts, and as the one whose something is."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {code: {name: (pair[0], pair[1]) for name, pair in table.items()} for code, table in tables.items()}


def language_of(code: str | None = None) -> Language:
    """The language of that code, the active one unless one is given; English where the site does not speak it."""
    return LANGUAGES.get(code or get_language() or "en", LANGUAGES["en"])


def as_subject(name: str, language: str | None = None) -> str:
    """The name as the one who acts: “the Netherlands”, « la Suède »."""
    spoken = language_of(language)
    known = forms()[spoken.code].get(name)
    return known[0] if known else spoken.subject(name)


def as_owner(name: str, language: str | None = None) -> str:
    """The name as the one whose something is: “Sweden’s”, « de la Suède », ”Ruotsin”."""
    spoken = language_of(language)
    known = forms()[spoken.code].get(name)
    return known[1] if known else spoken.owner(name)


def is_plural(name: str, language: str | None = None) -> bool:
    """Whether a single state of that name takes the plural of a verb."""
    return name in language_of(language).plurals


def part_of(count: int, language: str | None = None) -> str:
    """The number as so many out of a greater one."""
    return language_of(language).part(count)


def capitalised(sentence: str) -> str:
    """The sentence with a capital, where it begins with a part that elsewhere stands inside one."""
    return language_of().capitalised(sentence)


def inside(phrase: str) -> str:
    """The phrase with a small letter, where it stands alone elsewhere and here inside a sentence or after a colon."""
    return language_of().inside(phrase)
