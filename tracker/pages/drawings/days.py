"""The days that allies took, over all their rounds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.domain.standing import AccessionStanding
from tracker.language.collation import Key, order_key
from tracker.language.sentences import labelled, say_days
from tracker.pages.figures.days import DayDot, DayStrip, draw_days
from tracker.pages.views.rows import say_span
from tracker.readmodel.rounds import signed_ordinal, taken_in


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
        DayStrip(names[ally], ally, dots[ally]) for ally in sorted(dots, key=lambda one: _place(one, order, names))
    ]
    return _draw(strips)


def draw_days_by_round(rounds: Iterable[AccessionStanding], names: Mapping[str, str], ally: str) -> SafeString:
    """One strip a round, the newest first, for one ally."""
    strips = [
        DayStrip(names[standing.code], standing.code, [dot])
        for standing in rounds
        for found, dot in _dots(standing, names, is_current=True)
        if found == ally
    ]
    return _draw(strips)


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
    start = signed_ordinal(standing)
    if start is None:
        return
    waited = standing.as_of.toordinal() - start
    for one in taken_in(standing):
        if one.last is None and one.first is None:
            told = {"state": names[standing.code], "days": say_days(waited)}
            title = _("%(state)s: not approved after %(days)s") % told
            yield one.ally, DayDot(waited, None, title, is_current)
        elif one.first is not None and one.last is not None:
            title = labelled(names[standing.code], _say_span(one.first, one.last))
            yield one.ally, DayDot(one.first, one.last, title, is_current)


def _say_span(first: int, last: int) -> str:
    return say_days(last) if first == last else _("%(span)s days") % {"span": say_span(first, last)}
