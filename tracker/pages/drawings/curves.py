"""The ratification curve of every round, one of them in front."""

from collections.abc import Iterable, Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.domain.standing import AccessionStanding
from tracker.pages.figures.curve import Approval, CurveWords, Round, draw_curve
from tracker.readmodel.rounds import RoundFigures, figures_of, signed_on


def approvals_of(figures: RoundFigures) -> list[Approval]:
    """When each required ally approved, in days since signature, for those that have or may have by the day shown.

    The end of what may have happened by then is not known yet: it lies beyond the last day that is drawn.
    """
    ahead = figures.until + 1
    spans = [taken.span for taken in figures.taken if taken.span]
    return [
        Approval(span.at_least, span.at_most if span.at_most is not None else ahead)
        for span in spans
        if span.at_least is not None
    ]


def draw_rounds(
    standings: Iterable[AccessionStanding], names: Mapping[str, str], current: str, desc: str
) -> SafeString:
    """The curve of all rounds that were signed by the day shown; nothing to draw is an empty text."""
    signed = [figures_of(standing) for standing in standings if standing.required and signed_on(standing)]
    rounds = [
        Round(
            figures.standing.code,
            names[figures.standing.code],
            figures.required,
            approvals_of(figures),
            figures.until,
            is_current=figures.standing.code == current,
        )
        for figures in signed
    ]
    if not rounds:
        return SafeString("")
    words = CurveWords(days=_("Days since signature"), allies=_("Allies that have approved"))
    note = _(
        "One line a round, counted from the signature of its protocol. Shaded: days on which an approval may have "
        "been given. A ring marks the end of a round of which few days are on record."
    )
    return draw_curve(rounds, _("Approvals by day, all accessions"), desc, words, note)
