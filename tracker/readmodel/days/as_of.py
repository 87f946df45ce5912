"""What a document shows on a day: no day, text or source from later. Pages and API ask here.

A document of the log is told whole. What of it a day can show is judged by what it names: the
day on which a source was published, and every day that a text writes out.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from tracker.domain.dates import PartialDate
from tracker.domain.vocabulary import Reached

Document = Mapping[str, Any]

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# 2022, 2022-10, 2022-10-23; also the year of Law 590/2003 and the end of 1967-1999; no part of a longer number or of
# an address.
_ISO: Final = re.compile(
    r"(?:(?<![\d/.-])|(?<=\d/)|(?<=\b\d{4}-))"
    r"(?P<year>1[89]\d\d|20\d\d)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?!\d)"
)
# 23 October 2022, 23 Oct 2022, October 23, 2022, October 2022.
_ENGLISH: Final = re.compile(
    rf"(?:(?P<before>\d{{1,2}}) )?\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?,? (?:(?P<after>\d{{1,2}}),? )?"
    r"(?P<year>1[89]\d\d|20\d\d)\b",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(r"\s*\([^()]*\)|,\s[^,;()]*")

# Left out whole where they name a later day; of the others only the aside that does.
_REMARKS: Final = ("detail", "note")
_HEADINGS: Final = ("title", "office")


@lru_cache(maxsize=50_000)
def last_day_named(text: str) -> date | None:
    """The latest day that the text writes out: the first one that it can mean. None if it names none."""
    if text.startswith(("https://", "http://")):
        return None
    return max((day for day in _days_named(text) if day is not None), default=None)


def _days_named(text: str) -> Iterator[date | None]:
    for match in _ISO.finditer(text):
        yield _day(match["year"], match["month"], match["day"])
    for match in _ENGLISH.finditer(text):
        month = _MONTHS.index(match["month"].lower()) + 1
        yield _day(match["year"], str(month), match["before"] or match["after"])


def _day(year: str, month: str | None, day: str | None) -> date | None:
    try:
        return date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        # A number that only looks like a day, as in “No. 2003-1401”.
        return date(int(year), 1, 1)


def names_later(text: str | None, day: date) -> bool:
    """Whether the text names a day after that one."""
    named = last_day_named(text) if text else None
    return named is not None and named > day


def without_later(text: str, day: date) -> str:
    """The text without the parentheses, and the clauses after a comma, that name a later day."""
    return _ASIDE.sub(lambda match: "" if names_later(match[0], day) else match[0], text)


def source_since(source: Document) -> date:
    """The first day on which the source can have been read, as it is cited: with title, publisher and quote."""
    named = (last_day_named(source[name] or "") for name in ("title", "publisher", "quote"))
    return max((_first_day(source["published"]), *(day for day in named if day)))


def date_by(occurred: PartialDate, day: date) -> PartialDate | None:
    """The date as that day can tell it: whole where it has passed, its first day where it may have, else none."""
    state = occurred.by(day)
    if state is Reached.REACHED:
        return occurred
    return PartialDate.between(occurred.earliest, None) if state is Reached.UNKNOWN and occurred.earliest else None


def names_by(names: list[Any], day: date) -> list[Any]:
    """The dated names that had come into use by that day; of one in use its end is not known yet."""
    begun = [name for name in names if _first_day(name["since"]) <= day]
    return [{**name, "until": None} if _first_day(name["until"]) > day else name for name in begun]


def _first_day(text: str | None) -> date:
    return (PartialDate.parse(text).earliest if text else None) or date.min


def sources_by(sources: list[Any], day: date) -> list[Any]:
    """Those of the sources that could be read by that day."""
    return [source for source in sources if source_since(source) <= day]


def shown_on(document: Document, day: date) -> dict[str, Any]:
    """What that day can show of a document of the log; all of it, once the log had said it."""
    is_said = document["recorded_at"][:10] <= day.isoformat()
    return dict(document) if is_said else _redacted(document, day)


def _redacted(document: Document, day: date) -> dict[str, Any]:
    shown = dict(document)
    for name in _REMARKS:
        if names_later(document.get(name), day):
            shown[name] = None
    for name in _HEADINGS:
        if document.get(name):
            shown[name] = without_later(document[name], day)
    if "conflicts" in document:
        shown["conflicts"] = [one for one in document["conflicts"] if not names_later(one["value"], day)]
    shown["sources"] = sources_by(document["sources"], day)
    return shown


def hidden_on(document: Document, day: date) -> dict[str, Any]:
    """What that day cannot show of the document: whole texts, and the members of lists that it leaves out."""
    shown = shown_on(document, day)
    changed = (name for name in document if document[name] != shown[name])
    return {name: _missing(document[name], shown[name]) for name in changed}


def _missing(whole: Any, shown: Any) -> Any:
    return [member for member in whole if member not in shown] if isinstance(whole, list) else whole


def is_told_on(rectification: Document, day: date) -> bool:
    """Whether the day can tell the rectification: made by then, or about nothing that is later."""
    texts = _texts([rectification[name] for name in ("reason", "was", "now")])
    return rectification["stood_until"][:10] <= day.isoformat() or not any(names_later(text, day) for text in texts)


def turns_in(document: Document) -> tuple[date, ...]:
    """The days on which more of the document comes to be shown, in order."""
    named = {last_day_named(text) for text in _texts(document)} | {date.fromisoformat(document["recorded_at"][:10])}
    return tuple(sorted(day for day in named if day is not None))


def turn_on(turns: tuple[date, ...], day: date) -> int:
    """How many of these days have come: between two of them the document is shown alike."""
    return bisect_right(turns, day)


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for member in value.values():
                yield from _texts(member)
        case list():
            for member in value:
                yield from _texts(member)
