"""A JSON document that knows, at every place, where that place is: what is missing is reported with its path."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NoReturn

from tracker.fetch.outcomes import Fetched
from tracker.sources.readers.base import NotUnderstood, text_of

# What servers of .NET write for "no date".
_NO_DATE: Final = "0001-01-01"
# A day, and perhaps a time after it, in which nothing is hidden.
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ][\d:.,]+(?:Z|[+-]\d{2}:?\d{2})?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Node:
    """One place in the document."""

    value: Any
    where: str = "$"

    def __getitem__(self, name: str) -> "Node":
        """The member of that name. Raises `NotUnderstood` without it."""
        if member := self.get(name):
            return member
        raise NotUnderstood(self.where, f"a member “{name}”", self.described())

    def get(self, name: str) -> "Node | None":
        """The member of that name, or None where there is none or it is null."""
        if not isinstance(self.value, dict):
            raise NotUnderstood(self.where, "an object", self.value)
        value = self.value.get(name)
        return None if value is None else Node(value, f"{self.where}.{name}")

    def has(self, name: str) -> bool:
        """Whether the object has such a member, null or not."""
        return isinstance(self.value, dict) and name in self.value

    def described(self) -> str:
        """What stands here, in a few words, for a complaint about it."""
        return f"an object with {', '.join(self.value)}" if isinstance(self.value, dict) else type(self.value).__name__

    def each(self) -> Iterator["Node"]:
        """The elements of a list."""
        if not isinstance(self.value, list):
            raise NotUnderstood(self.where, "a list", self.value)
        for index, value in enumerate(self.value):
            yield Node(value, f"{self.where}[{index}]")

    def one_or_each(self) -> Iterator["Node"]:
        """The elements, where a source writes a list of one without its brackets."""
        if isinstance(self.value, dict):
            yield self
        else:
            yield from self.each()

    def text(self) -> str:
        """A text. Raises `NotUnderstood` for anything else."""
        return self.value if isinstance(self.value, str) else self._raise("a text")

    def label(self) -> str:
        """A text or a whole number, as text."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return str(self.value)
        return self.text()

    def number(self) -> int:
        """A whole number."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        return self._raise("a whole number")

    def day(self) -> str | None:
        """The day of a date or time, as YYYY-MM-DD; None for the empty forms of “no date”."""
        text = self.text().strip()
        if not text or text.startswith(_NO_DATE):
            return None
        try:
            return date.fromisoformat(_DAY.fullmatch(text)[1]).isoformat()  # type: ignore[index]  # None is caught
        except (TypeError, ValueError):
            return self._raise("a date as YYYY-MM-DD", text)

    def text_at(self, name: str, default: str = "") -> str:
        """The text of a member that may be missing."""
        member = self.get(name)
        return member.text() if member else default

    def words_at(self, name: str) -> str:
        """The text or number of a member, where “nothing” may be written as null or left away."""
        member = self.get(name)
        return member.label() if member else ""

    def day_at(self, name: str) -> str | None:
        """The day of a member that may be missing."""
        member = self.get(name)
        return member.day() if member else None

    def each_at(self, name: str) -> Iterator["Node"]:
        """The elements of a list, or the one element, of a member that may be missing."""
        if member := self.get(name):
            yield from member.one_or_each()

    def _raise(self, expected: str, instead: object = None) -> NoReturn:
        raise NotUnderstood(self.where, expected, self.value if instead is None else instead)


def load(page: Fetched) -> Node:
    """The document as a tree. Raises `NotUnderstood` where it is no JSON, or nested beyond sense."""
    try:
        return Node(json.loads(text_of(page), parse_constant=_refuse_constant))
    except RecursionError as error:
        raise NotUnderstood("$", "JSON of some depth", "nesting without end") from error
    except ValueError as error:
        raise NotUnderstood("$", "JSON", f"{page.content_type or 'no type'}: {error}") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
