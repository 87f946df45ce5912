"""The day that a source writes, in whatever form, and never its neighbour in another zone; None where it is in doubt.

A month or a year is given as such. What may be two days, such as 3/4/2024 in English, is none.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError

_YEARS: Final = range(1900, 2101)
# What programs write for “no date”.
_NONE: Final = frozenset({"1970-01-01", "1969-12-31", "1900-01-01"})
_LONGEST: Final = 100
_WORD: Final = r"([^\W\d_]{3,}?)"
_YEAR: Final = r"(\d{4}|\d{2}(?= \d\d?:))"
_YEAR_FIRST: Final = re.compile(r"(?<!\d)(\d{4})[-/.] ?(\d{1,2})[-/.] ?(\d{1,2})(?!\d)")
_MONTH_ONLY: Final = re.compile(r"(\d{4})-(\d{2})")
_YEAR_ONLY: Final = re.compile(r"\d{4}")
_DAY_WORD_YEAR: Final = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[ -](?:de |of )?{_WORD}\.?,?[ -](?:de |del )?{_YEAR}(?!\d)"
)
_WORD_DAY_YEAR: Final = re.compile(rf"\b{_WORD}\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\d)")
_YEAR_WORD_DAY: Final = re.compile(rf"(?<!\d)(\d{{4}})\.? {_WORD}\.? (\d{{1,2}})(?!\d)")
_NUMBERS: Final = re.compile(r"(?<![\d./-])(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4})(?!\d)")
# Where CLDR has the month first, or where the language is written on both sides of an ocean.
_EITHER_ORDER: Final = frozenset({"", "en"})

Parts = tuple[int, int, int]


def day_of(text: str, language: str = "", form: str = "") -> str | None:
    """The one day, month or year that the text names, as EDTF. `form` is what an operator says of its form."""
    plain = " ".join(_folded(text[:_LONGEST]).split())
    if form:
        return _by_form(text.strip(), form)
    if _YEAR_ONLY.fullmatch(plain):
        return plain if int(plain) in _YEARS else None
    if month := _MONTH_ONLY.fullmatch(plain):
        return plain if _day(int(month[1]), int(month[2]), 1) else None
    days = {day for parts in _readings(plain, language[:2].lower()) if (day := _day(*parts))}
    return days.pop() if len(days) == 1 else None


def _folded(text: str) -> str:
    # Once more after the change of case, which takes some letters of Greek apart.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _readings(text: str, language: str) -> Iterator[Parts]:
    for year, month, day in _YEAR_FIRST.findall(text):
        yield int(year), int(month), int(day)
    for day, word, year in _DAY_WORD_YEAR.findall(text):
        yield from _named(year, word, day, language)
    for word, day, year in _WORD_DAY_YEAR.findall(text):
        yield from _named(year, word, day, language)
    for year, word, day in _YEAR_WORD_DAY.findall(text):
        yield from _named(year, word, day, language)
    for first, mark, second, year in _NUMBERS.findall(text):
        yield from _numbered(int(first), int(second), int(year), mark, language)


def _named(year: str, word: str, day: str, language: str) -> Iterator[Parts]:
    full = int(year) if len(year) == 4 else 2000 + int(year) - (100 if int(year) > 68 else 0)
    months = _months(language).get(word, frozenset()) or _months("en").get(word, frozenset())
    for month in months:
        yield full, month, int(day)


def _numbered(first: int, second: int, year: int, mark: str, language: str) -> Iterator[Parts]:
    """A day and a month in an order that the text does not tell; both, where neither its language does."""
    yield year, second, first
    if language in _EITHER_ORDER and first != second:
        yield year, first, second


def _day(year: int, month: int, day: int) -> str | None:
    try:
        text = date(year, month, day).isoformat()
    except ValueError:
        return None
    return text if year in _YEARS and text not in _NONE else None


def _by_form(text: str, form: str) -> str | None:
    try:
        moment = datetime.strptime(text, form)  # noqa: DTZ007 - of a day as it is written, no zone is asked
    except (ValueError, re.error):
        return None
    return _day(moment.year, moment.month, moment.day)


@cache
def _months(language: str) -> dict[str, frozenset[int]]:
    """The months by all their names in the language, whole and cut off."""
    try:
        tables = Locale(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, frozenset[int]] = {}
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in tables[context][width].items():
                simple = _folded(name).rstrip(".")
                names[simple] = names.get(simple, frozenset()) | {number}
    # RFC 822 cuts all months at three letters, and papers write four of September.
    return names | ({"sept": frozenset({9})} if language == "en" else {})
