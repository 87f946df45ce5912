"""The ratification curve of every round, one of them in front."""

from collections.abc import Iterable, Mapping

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import Milestone, Stage
from tracker.pages.figures.curve import Approval, CurveWords, Round, draw_curve
from tracker.readmodel.rounds import signed_ordinal


def approvals_of(standing: AccessionStanding) -> dict[str, Approval]:
    """When each required ally approved, in days since signature, for those that have or may have."""
    start = signed_ordinal(standing)
    if start is None:
        return {}
    dated = {one.ally: one.dates[Stage.APPROVED].occurred for one in standing.required}
    return {
        ally: Approval(one.earliest.toordinal() - start, one.latest.toordinal() - start)
        for ally, one in dated.items()
        if one is not None and one.earliest and one.latest and one.earliest <= standing.as_of
    }


def until_of(standing: AccessionStanding) -> int:
    """Up to which day a round is drawn: its protocol's entry into force, or the day shown."""
    start = signed_ordinal(standing) or standing.as_of.toordinal()
    ended = standing.milestones[Milestone.IN_FORCE].occurred
    last = min(ended.latest, standing.as_of) if ended and ended.latest else standing.as_of
    return max(0, last.toordinal() - start)


def draw_rounds(
    standings: Iterable[AccessionStanding], names: Mapping[str, str], current: str, desc: str
) -> SafeString:
    """The curve of all rounds that were signed by the day shown; nothing to draw is an empty text."""
    rounds = [
        Round(
            one.code,
            names[one.code],
            len(one.required),
            list(approvals_of(one).values()),
            until_of(one),
            is_current=one.code == current,
        )
        for one in standings
        if one.required and signed_ordinal(one)
    ]
    if not rounds:
        return SafeString("")
    words = CurveWords(days=_("Days since signature"), allies=_("Allies that have approved"))
    note = _(
        "One line a round, counted from the signature of its protocol. Shaded: days on which an approval may have "
        "been given. A ring marks the end of a round of which few days are on record."
    )
    return draw_curve(rounds, _("Approvals by day, every round"), desc, words, note)
