"""What a fact may say on a day: no text that names a later day, and no source that was published later.

The texts of the record are written afterwards, and some tell the end of what they are about. Which those
are is read from the days that they name, and not from the names of their fields.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel

from tracker.domain.facts import Differing, Source

F = TypeVar("F", bound=BaseModel)

_MONTHS: Final = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
_NAMES: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12][0-9]|3[01]))?\b",
        rf"\b(?:(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?:\s+of)?\s+)?(?P<month>{_NAMES})\.?\s+{_YEAR}\b",
        rf"\b(?P<month>{_NAMES})\.?\s+(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?,\s+{_YEAR}\b",
        rf"\b{_YEAR}\b",
    )
)
# What names a fact or leads to a source says nothing by itself.
_NO_TEXT: Final = frozenset({"key", "url", "archived_url", "website"})


def last_named_in(fact: BaseModel) -> date:
    """The last of the days that the fact names anywhere in its texts; the first day of all where it names none."""
    return max((last_named(text) for text in _texts(fact)), default=date.min)


@lru_cache(maxsize=20_000)
def last_named(text: str) -> date:
    """The last of the days that the text names, each by the first day that it can mean."""
    named = date.min
    for form in _FORMS:
        # What one form has read is not read once more by a coarser one.
        named = max([named, *map(_first_day, form.finditer(text))])
        text = form.sub(" ", text)
    return named


def _first_day(match: re.Match[str]) -> date:
    parts = match.groupdict()
    year, month, day = int(parts["year"]), parts.get("month"), int(parts.get("day") or 1)
    if not month:
        return date(year, 1, 1)
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    return date(year, number, min(max(day, 1), calendar.monthrange(year, number)[1]))


def _texts(value: object) -> Iterator[str]:
    match value:
        case BaseModel():
            named = (getattr(value, name) for name in type(value).model_fields if name not in _NO_TEXT)
            yield from chain.from_iterable(map(_texts, named))
        case tuple():
            yield from chain.from_iterable(map(_texts, value))
        case str():
            yield value


def redacted(fact: F, day: date) -> F:
    """The fact without the texts that name a day after this one, and without the sources that came after it."""
    if last_named_in(fact) <= day:
        return fact
    changed = {name: _redacted(name, getattr(fact, name), day) for name in type(fact).model_fields}
    return fact.model_copy(update={name: value for name, value in changed.items() if value is not getattr(fact, name)})


def _redacted(name: str, value: Any, day: date) -> Any:
    match value:
        case BaseModel():
            return redacted(value, day)
        case tuple():
            return tuple(_redacted(name, part, day) for part in value if not _comes_later(part, day))
        case str() if name not in _NO_TEXT and type(value) is str and last_named(value) > day:
            return ""
    return value


def _comes_later(part: object, day: date) -> bool:
    """Whether a part that stands by itself is from after the day as a whole: a source, or what one says."""
    return isinstance(part, Source | Differing) and last_named_in(part) > day


def text_on(text: str, day: date) -> str:
    """The text, if it names no day after this one; else nothing."""
    return text if last_named(text) <= day else ""


def later_of(whole: tuple[Source, ...], shown: tuple[Source, ...]) -> tuple[Source, ...]:
    """The sources that the day does not have yet."""
    return tuple(source for source in whole if source not in shown)


class Dated(Generic[F]):
    """A fact of the record as it may be told on a day. What an entry says cannot come after the entry itself."""

    def __init__(self, fact: F, recorded: date) -> None:
        self.fact = fact
        self._recorded = recorded

    @cached_property
    def _last_named(self) -> date:
        return last_named_in(self.fact)

    def on(self, day: date) -> F:
        """The fact without what came after the day."""
        if day >= self._recorded or self._last_named <= day:
            return self.fact
        return redacted(self.fact, day)
