"""What offices, chambers, majorities and referendums are called in the reader's language, where a table says so."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import get_language

_FILE: Final = Path(__file__).with_name("offices.toml")


def say_office(text: str) -> tuple[str, str]:
    """The words for it, and the language that they are in: that of the reader, or English as it is on record."""
    language = get_language() or "en"
    told = _table().get(text.strip().casefold(), {}).get(language)
    return (told, language) if told else (text, "en")


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    words: Mapping[str, Mapping[str, str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {english.casefold(): told for english, told in words.items()}
