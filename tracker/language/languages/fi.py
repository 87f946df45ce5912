"""Finnish: the case of an owner changes the name, and what stands before it."""

from typing import Final

from tracker.language.languages.base import Language

# Names whose stem changes before the ending, by their last word.
_OWNERS: Final = {
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
_ATTRIBUTES: Final = {"entinen": "entisen", "tasavalta": "tasavallan", "Kansainvälinen": "Kansainvälisen"}
_VOWELS: Final = "aeiouyåäö"


def _owner(name: str) -> str:
    before, space, last = name.rpartition(" ")
    # Adjectives, and the noun that a name stands beside, take the case as well.
    words = [_ATTRIBUTES.get(word, word) for word in before.split(" ")]
    ending = "n" if last[-1:].casefold() in _VOWELS else "in"
    return " ".join(words) + space + _OWNERS.get(last, last + ending)


LANGUAGE: Final = Language("fi", "Suomi", place=4, owner=_owner, letters_after={"z": ("å", "ä", "ö")})
