"""French: an article before almost every name, and its forms with “de”."""

import re
from typing import Final

from tracker.language.languages.base import Language, base_letter

_PLURALS: Final = frozenset({"États-Unis", "Pays-Bas"})
_WITHOUT: Final = frozenset({"Andorre", "Chypre", "Malte", "Monaco", "Saint-Marin"})
_AGAINST_THE_RULE: Final = {"Moldova": "la ", "Royaume": "le ", "Cour": "la "}
_OF: Final = {"la ": "de la ", "le ": "du ", "les ": "des ", "l’": "de l’"}


def _article(name: str) -> str:
    if name in _WITHOUT or name.startswith(("l'", "l’")):
        return ""
    if name in _PLURALS:
        return "les "
    if base_letter(name) in "aeiou":
        return "l’"
    head = re.split(r"[ -]", name)[0]
    return _AGAINST_THE_RULE.get(head, "la " if head.endswith("e") else "le ")


def _subject(name: str) -> str:
    return _article(name) + name.replace("'", "’")


def _owner(name: str) -> str:
    article, named = _article(name), name.replace("'", "’")
    if article:
        return _OF[article] + named
    return f"d’{named}" if base_letter(name) in "aeiou" else f"de {named}"


LANGUAGE: Final = Language("fr", "Français", place=2, subject=_subject, owner=_owner, plurals=_PLURALS)
