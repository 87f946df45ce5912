"""Finnish: the case of an owner changes the name, and what stands before it; each name has its form in `forms.toml`."""

from typing import Final

from tracker.language.languages.base import Language

# A name whose form nobody has written down stays as it is beside a word that takes the case in its place.
LANGUAGE: Final = Language(
    "fi", "Suomi", place=4, owner=lambda name: f"valtion {name}", letters_after={"z": ("å", "ä", "ö")}
)
