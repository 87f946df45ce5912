"""The answer in three lengths to paste: about ten words, thirty, sixty; the longest says what the number is not."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import AccessionStatus, Reached, Stage
from tracker.language.grammar import capitalised
from tracker.language.sentences import answer
from tracker.language.under_way import approved_of
from tracker.language.words import say_day, say_number


@dataclass(frozen=True, slots=True)
class Excerpts:
    """The same answer, short, middling and long; each names the day."""

    short: str
    middling: str
    long: str


def excerpts(standing: AccessionStanding, names: Mapping[str, str]) -> Excerpts:
    """The answer as of the day of the standing, in three lengths."""
    middling = _("As of %(day)s: %(answer)s") % {"day": say_day(standing.as_of), "answer": answer(standing, names)}
    return Excerpts(short=_short(standing, names), middling=middling, long=_long(standing, middling))


def say_limits() -> str:
    """What the number of approvals does not mean."""
    return _(
        "Approval is the end of an ally’s own procedure, not the deposit of its instrument; the protocol enters into "
        "force only when every ally has notified its acceptance to the Government of the United States."
    )


def _short(standing: AccessionStanding, names: Mapping[str, str]) -> str:
    words = {
        "state": capitalised(names.get(standing.code, standing.code)),
        "day": say_day(standing.as_of),
        "approved": say_number(approved_of(standing)),
        "required": say_number(len(standing.required)),
        "status": str(standing.status.label),
    }
    if standing.status is not AccessionStatus.SIGNED:
        return _("%(state)s and NATO on %(day)s: %(status)s") % words
    if standing.unknown:
        return _("%(state)s and NATO on %(day)s: at least %(approved)s of %(required)s allies have approved") % words
    return _("%(state)s and NATO on %(day)s: %(approved)s of %(required)s allies have approved") % words


def _long(standing: AccessionStanding, middling: str) -> str:
    if standing.status is not AccessionStatus.SIGNED:
        return middling
    deposited = standing.counts[Stage.DEPOSITED]
    pattern = ngettext(
        "%(count)s instrument is known to have been deposited.",
        "%(count)s instruments are known to have been deposited.",
        deposited[Reached.REACHED],
    )
    return " ".join([middling, pattern % {"count": say_number(deposited[Reached.REACHED])}, say_limits()])
