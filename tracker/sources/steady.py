"""A text without what changes by itself: how long ago something was, and how many have read it.

Two versions of a text that are alike in this form say the same; so do two spellings of its quotes and blanks.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_timedelta

_UNITS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800, "month": 2_629_800}
# Enough numbers to meet every form of plural that a language has.
_COUNTS: Final = (1, 2, 3, 5, 11, 21)
_NUMBER: Final = r"\d{1,6}"
_SPELLINGS: Final = str.maketrans(
    {"’": "'", "‘": "'", "\u02bc": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
)
# What stands between a time or a counter and the words.
_SEPARATORS: Final = " ·|•:,;-/()"
# What English papers write beside the forms of the locale data.
_ENGLISH: Final = (
    r"(?:an?|one|few|a few) (?:second|minute|min|hour|day|week)s? ago",
    rf"{_NUMBER} ?(?:s|secs?|mins?|m|hrs?|h|d) ago",
    r"just now|moments ago",
    r"(?:last )?(?:updated|modified|refreshed)(?: on| at|:)? ?(?:today|yesterday)?,? ?\d{1,2}[:.]\d\d(?: ?[ap]m)?",
)
# What is counted of a page, and never of an act; the stem of the word, and how it may end.
_COUNTED: Final = (
    r"views?|reads?|readers?|comments?|shares?|likes?|visits?|visitors?|clicks?|downloads?|retweets?|replies"
    r"|vues|lectures?|lecteurs|commentaires?|partages?|visites|aufrufe?|kommentare?n?|leser|zugriffe|besuche"
    r"|visitas|lecturas|comentarios?|compartidos|visualizzazioni|letture|commenti|condivisioni|visualizações|leituras"
    r"|comentários?|partilhas|weergaven|reacties|visningar|visninger|kommentarer|läsare|delningar|delinger"
    r"|katselukertaa|lukukertaa|kommenttia|jakoa|görüntülenme|okunma|okuma|izlenme|yorum|paylaşım|megtekintés"
    r"|hozzászólás|megosztás|wyświetle(?:ń|nia|nie)|odsłon[ay]?|komentarz(?:y|e)?|zobrazen[ií]|komentářů|komentárov"
    r"|vizualizări|afișări|comentarii|distribuiri|преглед(?:а|и)|преглеждания|коментар(?:а|и|ів)?|перегляд(?:ів|и)?"
    r"|προβολές|σχόλια|αναγνώσεις|pregleda|komentara|ogledov|komentarjev|peržiūr(?:os|ų)|komentar(?:ai|ų)|skatījumi"
    r"|komentāri|vaatamist|kommentaari|shikime|komente|skoðanir|athugasemdir"
)
_COUNTERS: Final = re.compile(
    rf"\b\d[\d.,\u00a0\u202f ]*[kmt]? ?(?:\w+ )?(?:{_COUNTED})\b|\b(?:{_COUNTED}) ?[:(] ?\d[\d.,\u00a0\u202f ]*[km]?\)?"
    r"|[👁👀💬❤👍🔥] ?\d[\d.,]*[km]?"
)


def steady(text: str, language: str = "") -> str:
    """The text in small letters and one spelling, without relative times and counters of readers."""
    simple = unicodedata.normalize("NFKC", text).casefold().translate(_SPELLINGS)
    without = _COUNTERS.sub(" ", " ".join(simple.split()))
    for pattern in (_relative_times("en"), _relative_times(language[:2])):
        without = pattern.sub(" ", without)
    return " ".join(without.split()).strip(_SEPARATORS)


@cache
def _relative_times(language: str) -> re.Pattern[str]:
    """How the language tells how long ago something was."""
    try:
        forms = set(_forms(Locale.parse(language)))
    except (UnknownLocaleError, ValueError):
        forms = set()
    if language == "en":
        forms |= set(_ENGLISH)
    # The longest first, or “3 hr” would leave its “ago” behind.
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?!\w)" if forms else r"(?!)")


def _forms(locale: Locale) -> Iterator[str]:
    for granularity, seconds in _UNITS.items():
        for count in _COUNTS:
            past = timedelta(seconds=-seconds * count)
            for width in ("long", "short", "narrow"):
                words = format_timedelta(
                    past,
                    granularity=granularity,  # type: ignore[arg-type]  # a key of the table above
                    threshold=10_000,
                    add_direction=True,
                    format=width,
                    locale=locale,
                )
                yield _as_pattern(words)


def _as_pattern(words: str) -> str:
    simple = unicodedata.normalize("NFKC", words).casefold().translate(_SPELLINGS)
    return re.sub(r"\d+", lambda _: _NUMBER, re.escape(" ".join(simple.split()))).replace(r"\ ", " ")
