"""What a fact may say on a day: no text that names a later day, and no source that was published later.

The texts of the record are written afterwards, and some tell the end of what they are about. Which those
are is read from the days that they name, and not from the names of their fields.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel

from tracker.domain.facts import Differing, LegalBasis, Source
from tracker.readmodel.days.as_of import last_day_named, without_later

F = TypeVar("F", bound=BaseModel)

# What names a fact or leads to a source says nothing by itself.
_NO_TEXT: Final = frozenset({"key", "url", "archived_url", "website"})


def last_named_in(fact: BaseModel) -> date:
    """The last of the days that the fact names anywhere in its texts; the first day of all where it names none."""
    return max((last_named(text) for text in _texts(fact)), default=date.min)


def last_named(text: str) -> date:
    """The last of the days that the text names; the first day of all where it names none."""
    return last_day_named(text) or date.min


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
            shown = (_redacted(name, part, day) for part in value if not _comes_later(part, day))
            return tuple(part for part in shown if part != "")
        case str() if name not in _NO_TEXT and type(value) is str and last_named(value) > day:
            return text_on(value, day)
    return value


def _comes_later(part: object, day: date) -> bool:
    """Whether a part that stands by itself is from after the day as a whole: a source or what it says, a provision."""
    return isinstance(part, Source | Differing | LegalBasis) and last_named_in(part) > day


def text_on(text: str, day: date) -> str:
    """The text without a parenthesis that names a later day; nothing of it, where more than that does."""
    shown = without_later(text, day)
    return shown if last_named(shown) <= day else ""


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
