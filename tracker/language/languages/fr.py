"""French: articles and their forms with “de” stand with each name, in `forms.toml`."""

from typing import Final

from tracker.language.languages.base import Language, base_letter

_PLURALS: Final = frozenset({"États-Unis", "Pays-Bas", "Philippines", "Nations unies", "Membres d’un parlement"})


def _owner(name: str) -> str:
    return f"d’{name}" if base_letter(name) in "aeiou" else f"de {name}"


LANGUAGE: Final = Language("fr", "Français", place=2, owner=_owner, plurals=_PLURALS)
