"""How the name of a state stands in a sentence: with its article, and in the form that says whose something is.

Each language has its rules, and the names that do not keep to them: `tracker.language.languages`. A name that is not in
a table follows the rule, so that a party that is new on the record can be told at once.
"""

from django.utils.translation import get_language

from tracker.language.languages import LANGUAGES, Language


def language_of(code: str | None = None) -> Language:
    """The language of that code, the active one unless one is given; English where the site does not speak it."""
    return LANGUAGES.get(code or get_language() or "en", LANGUAGES["en"])


def as_subject(name: str, language: str | None = None) -> str:
    """The name as the one who acts: “the Netherlands”, « la Suède »."""
    return language_of(language).subject(name)


def as_owner(name: str, language: str | None = None) -> str:
    """The name as the one whose something is: “Sweden’s”, « de la Suède », ”Ruotsin”."""
    return language_of(language).owner(name)


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
