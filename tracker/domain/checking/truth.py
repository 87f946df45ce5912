"""True, false or not decided: of one dated act, and of several things said at once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from tracker.domain.checking.clauses import Window
from tracker.domain.checking.verdicts import Truth, Why
from tracker.domain.dates import PartialDate
from tracker.domain.vocabulary import Reached


def falls_within(occurred: PartialDate, window: Window, as_of: date) -> Truth:
    """Whether the act was on one of these days, asked on a day. What lies ahead of that day is not decided."""
    if occurred.by(as_of) is not Reached.REACHED and (window.last or as_of) > as_of:
        return Truth(None, Why.FUTURE)
    limits = replace(window, last=as_of) if window.last is None and window.first is None else window
    if window.last is None and window.first is not None and occurred.by(as_of) is Reached.NOT_REACHED:
        return Truth(None, Why.FUTURE)
    return _within(occurred, limits)


def _within(occurred: PartialDate, window: Window) -> Truth:
    if window.first and occurred.latest and occurred.latest < window.first:
        return Truth(False, Why.WRONG_DAY if window.is_one_day else Why.EARLIER)
    if window.last and occurred.earliest and occurred.earliest > window.last:
        return Truth(False, Why.WRONG_DAY if window.is_one_day else Why.LATER)
    after_first = window.first is None or (occurred.earliest is not None and occurred.earliest >= window.first)
    before_last = window.last is None or (occurred.latest is not None and occurred.latest <= window.last)
    return Truth(True) if after_first and before_last else Truth(None, Why.NOT_ON_RECORD)


def absent(window: Window, as_of: date, *, closed_until: date | None) -> Truth:
    """Whether an act that is not on record was on one of these days.

    It was not where the list of such acts is complete up to a day that is not before the last of them; without
    such a day the record says nothing.
    """
    last = window.last or as_of
    if last > as_of:
        return Truth(None, Why.FUTURE)
    if closed_until is None or closed_until < last:
        return Truth(None, Why.NOT_ON_RECORD)
    return Truth(False, Why.NO_SUCH_ACT)


def turned_round(truth: Truth) -> Truth:
    """The truth of the opposite."""
    if truth.value is None:
        return truth
    return Truth(not truth.value, Why.EARLIER if truth.value else Why.ACT)


def both(first: Truth, second: Truth) -> Truth:
    """The truth of two things said at once: false if one is, else not decided if one is."""
    return agreed([first, second])


def agreed(truths: Iterable[Truth]) -> Truth:
    """The truth of all of it."""
    said = list(truths)
    for value in (False, None):
        for truth in said:
            if truth.value is value:
                return truth
    return Truth(True)


def is_last(of: str, dates: Mapping[str, PartialDate | None], *, first: bool = False) -> Truth:
    """Whether nobody came after that one; with `first`, whether nobody came before it."""
    own = dates.get(of)
    if own is None:
        return Truth(None, Why.NOT_ON_RECORD)
    others = [_after(own, other, first=first) for party, other in dates.items() if party != of]
    if any(answer is False for answer in others):
        return Truth(False, Why.WRONG_PARTY)
    return Truth(True) if all(others) else Truth(None, Why.NOT_ON_RECORD)


def _after(own: PartialDate, other: PartialDate | None, *, first: bool) -> bool | None:
    """Whether the other certainly did not come after (with `first`, before) the own date; False if it certainly did."""
    if other is None:
        return None
    late, early = (own, other) if first else (other, own)
    # Nobody is known to be later than who may have been the last on the same day.
    if late.latest and early.earliest and late.latest <= early.earliest:
        return True
    return False if late.earliest and early.latest and late.earliest > early.latest else None
