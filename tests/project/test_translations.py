"""Every text of the interface is there in every language, and every compiled catalogue is the one of its source."""

import gettext
import re
import string
from collections.abc import Iterable

import pytest
from babel.messages.catalog import Message

from scripts.catalogues import LANGUAGES, LOCALE, missing, read, texts
from tracker.language.languages import LANGUAGES as SPOKEN

_PLACE = re.compile(r"%\((\w+)\)[sd]")


def places(message: str | Iterable[str]) -> set[str]:
    """The names that the text has to be filled with."""
    told = [message] if isinstance(message, str) else list(message)
    return {name for text in told for name in _PLACE.findall(text)}


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing(language: str) -> None:
    assert missing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_is_filled_with_the_same_names(language: str) -> None:
    different = [
        str(one.id) for one in read(language) if one.id and any(places(text) - places(one.id) for text in strings(one))
    ]

    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_its_source(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    wrong = [
        str(one.id)
        for one in read(language)
        if isinstance(one.id, str) and one.id and not one.context and compiled.gettext(one.id) != one.string
    ]

    assert wrong == []


def test_the_texts_are_found_in_code_and_in_templates() -> None:
    found = {place for one in texts() for place, _ in one.locations}

    assert {"tracker/domain/vocabulary.py", "tracker/language/sentences.py", "templates/base.html"} <= found
    assert len(found) > len(string.ascii_lowercase)


def test_every_language_but_that_of_the_code_has_a_catalogue() -> None:
    assert {"en", *LANGUAGES} == set(SPOKEN)
