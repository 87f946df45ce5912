"""The four verdicts on a statement, why each was reached, and how several are combined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """What the record says of a statement about an act. There is none on whether a commitment was kept."""

    SUPPORTED = "supported", _("Supported")
    CONTRADICTED = "contradicted", _("Contradicted")
    AMBIGUOUS = "ambiguous", _("Ambiguous")
    UNKNOWN = "unknown", _("Not decided by the record")


class Why(TextChoices):
    """What a verdict rests on."""

    ACT = "act", _("the act is on record, as precisely as claimed")
    LATER = "later", _("the act was later")
    EARLIER = "earlier", _("the act was earlier")
    WRONG_DAY = "wrong_day", _("the act was on another day")
    WRONG_COUNT = "wrong_count", _("the number is another")
    WRONG_DENOMINATOR = "wrong_denominator", _("another number of allies was needed")
    WRONG_TALLY = "wrong_tally", _("the votes were others")
    WRONG_ORDER = "wrong_order", _("the order was another")
    WRONG_PARTY = "wrong_party", _("it was another party")
    NO_SUCH_ACT = "no_such_act", _("there was no such act")
    PREMISE = "premise", _("what the statement takes for granted is not so")
    ACT_WORD = "act_word", _("the word names several acts, and they differ")
    NOT_ON_RECORD = "not_on_record", _("the record does not say it as precisely")
    CONFLICT = "conflict", _("the sources differ")
    FUTURE = "future", _("the day lies ahead of the day asked about")
    JUDGEMENT = "judgement", _("a judgement; the record tells who says what")
    CAUSE = "cause", _("motives are not on record")
    OUTSIDE = "outside", _("outside of what the record is about")


@dataclass(frozen=True, slots=True)
class Truth:
    """Whether something is so, None where the record does not decide it; and why."""

    value: bool | None
    why: Why = Why.ACT


_VERDICT: Final = {True: Verdict.SUPPORTED, False: Verdict.CONTRADICTED, None: Verdict.UNKNOWN}
# Of several statements joined by “and”, the first of these that one of them has.
_WEIGHT: Final = (Verdict.CONTRADICTED, Verdict.AMBIGUOUS, Verdict.UNKNOWN, Verdict.SUPPORTED)


def verdict_of(readings: Sequence[Truth]) -> tuple[Verdict, Why]:
    """The verdict on a statement that can be read in these ways: ambiguous where one is true and another is not."""
    values = {truth.value for truth in readings}
    if len(values) == 1:
        return _VERDICT[readings[0].value], readings[0].why
    if True in values:
        return Verdict.AMBIGUOUS, Why.ACT_WORD
    return Verdict.UNKNOWN, next(truth.why for truth in readings if truth.value is None)


def combined(verdicts: Iterable[tuple[Verdict, Why]]) -> tuple[Verdict, Why]:
    """The verdict on all statements together, each of which is claimed."""
    return min(verdicts, key=lambda pair: _WEIGHT.index(pair[0]))
