"""The days that allies took, over all their rounds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.domain.standing import AccessionStanding
from tracker.domain.statistics import Span
from tracker.language.bounds import say_span
from tracker.language.collation import Key, order_key
from tracker.language.words import labelled, say_days
from tracker.pages.figures.days import DayDot, DayStrip, draw_days
from tracker.readmodel.rounds import RoundFigures, figures_of


def draw_days_by_ally(rounds: Iterable[AccessionStanding], names: Mapping[str, str], current: str) -> SafeString:
    """One strip an ally, the slowest in the current round first."""
    dots: dict[str, list[DayDot]] = defaultdict(list)
    order: dict[str, int] = {}
    for standing in rounds:
        for ally, dot in _dots(standing, names, is_current=standing.code == current):
            # Of the rounds behind only what is known to the day: bars over bars tell nothing.
            if dot.earliest == dot.latest or standing.code == current:
                dots[ally].append(dot)
            if standing.code == current:
                order[ally] = dot.latest if dot.latest is not None else 99_999
    strips = [
        DayStrip(names[ally], ally, dots[ally]) for ally in sorted(dots, key=lambda code: _place(code, order, names))
    ]
    return _draw(strips)


def draw_days_by_round(rounds: Iterable[AccessionStanding], names: Mapping[str, str], ally: str) -> SafeString:
    """One strip a round, the newest first, for one ally."""
    strips = [
        DayStrip(names[standing.code], standing.code, [dot])
        for standing in rounds
        for who, dot in _dots(standing, names, is_current=True)
        if who == ally
    ]
    return _draw(strips)


def draw_days_by_end(rounds: Iterable[RoundFigures], names: Mapping[str, str], current: str) -> SafeString:
    """One strip a round: the days until its last ally had approved, as a bar where they lie between two numbers."""
    strips = [
        DayStrip(names[one.standing.code], one.standing.code, [dot])
        for one in rounds
        if (dot := _end_dot(one, names, is_current=one.standing.code == current))
    ]
    if not strips:
        return SafeString("")
    note = _(
        "A bar covers the days on which the last ally may have approved; an arrow is an accession in which one has "
        "still to approve."
    )
    return draw_days(strips, _("Days until every ally had approved"), note, _("Days"), note, identity="ends")


def _end_dot(one: RoundFigures, names: Mapping[str, str], *, is_current: bool) -> DayDot | None:
    took = one.slowest_took
    if took.at_least is None:
        return None
    title = labelled(names[one.standing.code], _say_span(took))
    if took.at_most is None and took.at_least > one.until:
        return DayDot(one.until, None, title, is_current)
    return DayDot(took.at_least, _end(took, one.until), title, is_current)


def _draw(strips: list[DayStrip]) -> SafeString:
    if not strips:
        return SafeString("")
    note = _(
        "A bar covers the days on which an approval may have been given; an arrow is an ally that had not approved "
        "by the day shown."
    )
    return draw_days(strips, _("Days from signature to approval"), note, _("Days"), note)


def _place(ally: str, order: Mapping[str, int], names: Mapping[str, str]) -> tuple[int, Key]:
    return (-order.get(ally, -99_999), order_key(names[ally]))


def _dots(standing: AccessionStanding, names: Mapping[str, str], *, is_current: bool) -> Iterable[tuple[str, DayDot]]:
    figures, state = figures_of(standing), names[standing.code]
    for taken in figures.taken:
        if taken.span is None:
            words = {"state": state, "days": say_days(figures.until)}
            title = _("%(state)s: not approved after %(days)s") % words
            yield taken.ally, DayDot(figures.until, None, title, is_current)
        elif taken.span.at_least is not None:
            title = labelled(state, _say_span(taken.span))
            yield taken.ally, DayDot(taken.span.at_least, _end(taken.span, figures.until), title, is_current)


def _end(span: Span, until: int) -> int:
    """Up to which day the bar goes: what may have happened by the day shown ends there."""
    return until if span.at_most is None else span.at_most


def _say_span(span: Span) -> str:
    return say_days(span.exact) if span.exact is not None else _("%(span)s days") % {"span": say_span(span)}
