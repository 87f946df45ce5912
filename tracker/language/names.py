"""Who is meant by what people type: the one look-up of names, for search, desk, importer, filters and addresses.

What parties are called comes from three places: the names on record, the locale data of Babel, and `aliases.toml` for
what neither has. Only names are compared in here; what a running text says is read in `tracker.sources`.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.core import get_global

from tracker.domain.facts import PartyFact

_FILE: Final = Path(__file__).with_name("aliases.toml")

# The languages of the states on record, and those of their regions that have a name of their own for the state.
_LOCALES: Final = (
    "en", "fr", "sv", "fi", "tr", "hu", "de", "pl", "es", "it", "nl", "da", "no", "nn", "cs", "sk", "hr", "ro", "el",
    "pt", "pt_PT", "is", "sl", "bs", "sr", "sr_Latn", "mk", "sq", "bg", "et", "lv", "lt", "ka", "uk", "rm", "gsw",
    "lb", "mt", "ga", "gd", "cy", "ca", "eu", "gl", "fy", "se",
)  # fmt: skip

# Letters that keep no base letter when their marks are taken away.
_LETTERS: Final = str.maketrans(
    {
        "ı": "i", "İ": "i", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ß": "ss",
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d",
    }
)  # fmt: skip
# What stands in for a letter with a mark where a keyboard has none; å has two such forms.
_DIGRAPHS: Final = tuple(
    str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": ring, "Ä": "ae", "Ö": "oe", "Ü": "ue", "Ø": "oe"})
    for ring in ("aa", "a")
)
# Signs inside a name that are typed in many ways, or left out.
_SIGNS: Final = re.compile(r"[-\u2010\u2011\u2013\u2014'\u2018\u2019\u02bc\u00b4`.,&()]+")
_INITIALS: Final = re.compile(r"(?<=\b\w)\.[ -]?(?=\w(?:\b|\.))")

# Codes that ISO 3166 leaves to its users, and the locale data therefore do not pair.
_USER_ASSIGNED: Final = {"XKX": "XK"}

_SHORTEST_START: Final = 2
_SHORTEST_TYPO: Final = 4


class NameKind(StrEnum):
    """What sort of name it is; the order is that in which they count."""

    NAME = "name"
    SHORT = "short"
    FORMER = "former"
    MISSPELT = "misspelt"


@dataclass(frozen=True, slots=True)
class Alias:
    """One thing that a party is called; a former name has the days from which and up to which it was in use."""

    code: str
    text: str
    kind: NameKind = NameKind.NAME
    since: str = ""
    until: str = ""


def fold(text: str) -> str:
    """The text as people type it in a hurry: no marks, no hyphens, no capitals, single spaces."""
    joined = _SIGNS.sub(" ", _INITIALS.sub("", text.translate(_LETTERS)))
    bare = unicodedata.normalize("NFKD", joined)
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())


def without_one(word: str) -> set[str]:
    """The word, and the word with any one letter left out: two words that share such a form differ by one typo."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


class NameIndex:
    """Parties by everything that they go or went by."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self._by_name: dict[str, list[Alias]] = defaultdict(list)
        for code, texts in names.items():
            for alias in (Alias(code, code, NameKind.SHORT), *_on_record(code, texts), *_elsewhere(code)):
                for spelling in _spellings(alias.text):
                    self._by_name[spelling].append(alias)
        self._near: dict[str, set[str]] = defaultdict(set)
        for name in self._by_name:
            for form in without_one(name) if len(name) >= _SHORTEST_TYPO else ():
                self._near[form].add(name)
        self._longest = max(map(len, self._by_name), default=0)

    def exact(self, text: str) -> list[Alias]:
        """What goes by that very name, one entry a party, the best kind of name first."""
        wanted = fold(text)
        return _once(self._by_name.get(wanted) or self._by_name.get(_without_article(wanted), []))

    def starting(self, text: str) -> list[Alias]:
        """What has a name in which a word starts so; those whose name itself starts so come first."""
        wanted = fold(text)
        if len(wanted) < _SHORTEST_START:
            return []
        names = [name for name in self._by_name if f" {wanted}" in f" {name}"]
        names.sort(key=lambda name: not name.startswith(wanted))
        return _once(alias for name in names for alias in self._by_name[name] if alias.kind in _BEGINNINGS)

    def near(self, text: str) -> list[Alias]:
        """What the text may be a slip for: a name that differs by one letter, or by two that changed places."""
        wanted = fold(text)
        # Forms of a text take time and room by the square of its length; no name is near one that is longer by two.
        if not _SHORTEST_TYPO <= len(wanted) <= self._longest + 1:
            return []
        names = dict.fromkeys(name for form in sorted(without_one(wanted)) for name in sorted(self._near.get(form, ())))
        return _once(alias for name in names for alias in self._by_name[name])

    def find(self, text: str) -> list[Alias]:
        """What goes by that name; where nothing does, what has a name that starts so; else what it may mean."""
        return self.exact(text) or self.starting(text) or self.near(text)

    def code_of(self, text: str) -> str | None:
        """The one party that certainly goes by that name, or None. What is only misspelt is not certain."""
        codes = {alias.code for alias in self.exact(text) if alias.kind is not NameKind.MISSPELT}
        return next(iter(codes)) if len(codes) == 1 else None


_BEGINNINGS: Final = frozenset({NameKind.NAME, NameKind.FORMER})
_ORDER: Final = tuple(NameKind)


def index_of(parties: Iterable[PartyFact]) -> NameIndex:
    """The index of these parties."""
    return index_of_names({party.code: (party.alpha2, *(name.text for name in party.names)) for party in parties})


def index_of_names(names: Mapping[str, Iterable[str]]) -> NameIndex:
    """The index of parties that are called so, by code. It takes longer to make than to ask, and is kept."""
    return _index(tuple((code, *texts) for code, texts in names.items()))


@cache
def everyone() -> NameIndex:
    """The index of all parties that `aliases.toml` knows, for where no record is at hand."""
    return NameIndex(dict.fromkeys(aliases(), ()))


@lru_cache(maxsize=8)
def _index(names: tuple[tuple[str, ...], ...]) -> NameIndex:
    return NameIndex({code: texts for code, *texts in names})


@cache
def aliases() -> Mapping[str, tuple[Alias, ...]]:
    """What `aliases.toml` says, by code."""
    return {code: tuple(_read(code, table)) for code, table in _file()["names"].items()}


@cache
def alpha2_of(code: str) -> str | None:
    """The two-letter code of a state, as the locale data have it."""
    return _USER_ASSIGNED.get(code) or next(iter(get_global("territory_aliases").get(code, ())), None)


@cache
def is_state(code: str) -> bool:
    """Whether the three letters are the code of a state or territory of today, be it on record or not."""
    # The locale data name what is unknown as well.
    return len(code) == 3 and code != "ZZZ" and alpha2_of(code) in Locale("en").territories


@cache
def locale_names(code: str) -> tuple[str, ...]:
    """What the locale data call a state, in every language in which we expect it to be typed."""
    alpha2 = alpha2_of(code)
    names = (Locale.parse(locale).territories.get(alpha2) for locale in _LOCALES) if alpha2 else ()
    return tuple(dict.fromkeys(name for name in names if name))


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _read(code: str, table: Mapping[str, Any]) -> Iterator[Alias]:
    for key, kind in (("names", NameKind.NAME), ("short", NameKind.SHORT), ("misspelt", NameKind.MISSPELT)):
        yield from (Alias(code, text, kind) for text in table.get(key, ()))
    for former in table.get("former", ()):
        yield Alias(code, former["name"], NameKind.FORMER, former["since"], former["until"])


def _on_record(code: str, texts: Iterable[str]) -> Iterator[Alias]:
    # A code among the names, and no name, has no small letters.
    yield from (Alias(code, text, NameKind.SHORT if text.isupper() else NameKind.NAME) for text in texts if text)


def _elsewhere(code: str) -> Iterator[Alias]:
    yield from (Alias(code, name) for name in locale_names(code))
    yield from aliases().get(code, ())
    if alpha2 := alpha2_of(code):
        yield Alias(code, alpha2, NameKind.SHORT)


def _spellings(text: str) -> set[str]:
    return {fold(text), *(fold(text.translate(table)) for table in _DIGRAPHS)} - {""}


def _without_article(folded: str) -> str:
    first, _, rest = folded.partition(" ")
    return rest if first in _file()["articles"] else ""


def _once(many: Iterable[Alias]) -> list[Alias]:
    """One entry a party: the best of its names."""
    best: dict[str, Alias] = {}
    for alias in many:
        known = best.get(alias.code)
        if known is None or _ORDER.index(alias.kind) < _ORDER.index(known.kind):
            best[alias.code] = alias
    return list(best.values())
