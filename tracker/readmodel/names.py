"""What parties are called, by language and by day, from the documents of the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Name:
    """One name in one language: in use from `since`, up to and without `until`."""

    language: str
    text: str
    since: date
    until: date


def names_of(party: Mapping[str, Any]) -> tuple[Name, ...]:
    """The names of a party's document, in its order."""
    return tuple(
        Name(one["language"], one["text"], _first_day(one["since"], date.min), _first_day(one["until"], date.max))
        for one in party["names"]
    )


def names_on(names: Sequence[Name], day: date) -> dict[str, str]:
    """The name in each language on that day; the first one listed, where several were in use."""
    found: dict[str, str] = {}
    for name in names:
        if name.since <= day < name.until:
            found.setdefault(name.language, name.text)
    return found


def first_names(names: Sequence[Name]) -> dict[str, str]:
    """The first name of each language, which is what a state younger than a day came to be called."""
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda name: name.since):
        found.setdefault(name.language, name.text)
    return found


def _first_day(text: str | None, otherwise: date) -> date:
    return (PartialDate.parse(text).earliest if text else None) or otherwise
