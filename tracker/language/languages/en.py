"""English."""

from typing import Final

from tracker.language.languages.base import Language

LANGUAGE: Final = Language("en", "English", place=1, owner=lambda name: f"{name}’s")
