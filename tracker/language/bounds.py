"""Numbers that may only be known to lie between two, in words."""

from django.utils.translation import gettext as _

from tracker.domain.statistics import Figure, Rank, Span
from tracker.language.words import say_number


def say_span(span: Span | None) -> str:
    """One number where it is known, its bounds where it lies between them, nothing where neither is."""
    if span is None or span.at_least is None:
        return "" if span is None or span.at_most is None else _("at most %(count)s") % {"count": _signed(span.at_most)}
    if span.at_most is None:
        return _("%(count)s or more") % {"count": _signed(span.at_least)}
    if span.exact is not None:
        return _signed(span.exact)
    return _("%(first)s to %(last)s") % {"first": _signed(span.at_least), "last": _signed(span.at_most)}


def say_figure(figure: Figure | None) -> str:
    """A number over allies: one where it is known, its bounds otherwise."""
    if figure is None or (figure.at_least is None and figure.at_most is None):
        return ""
    if figure.exact is not None:
        return _signed(figure.exact)
    if figure.at_most is None or figure.at_least is None:
        return _("%(count)s or more") % {"count": _signed(figure.at_least or 0)}
    return _("%(first)s to %(last)s") % {"first": _signed(figure.at_least), "last": _signed(figure.at_most)}


def say_rank(rank: Rank | None, required: int) -> str:
    """The place among the allies, or the places between which it lies."""
    if rank is None:
        return ""
    words = {"first": rank.best, "last": rank.worst, "rank": rank.best, "required": required}
    if rank.exact is not None:
        return _("%(rank)s of %(required)s") % words
    return _("%(first)s to %(last)s of %(required)s") % words


def _signed(count: float) -> str:
    # English and others write a hyphen, which is hardly seen before a figure.
    return say_number(count).replace("-", "\N{MINUS SIGN}")
