"""English."""

import re
from typing import Final

from tracker.language.languages.base import Language

_ARTICLE: Final = re.compile(r"(United|Netherlands|Federal|Czech Republic|European|International)\b")


def _subject(name: str) -> str:
    return f"the {name}" if _ARTICLE.match(name) else name


def _owner(name: str) -> str:
    named = _subject(name)
    return f"{named}’" if named != name and named.endswith("s") else f"{named}’s"


LANGUAGE: Final = Language("en", "English", place=1, subject=_subject, owner=_owner)
