"""The answer in one sentence, in the language that is active. Every number in it comes from standing."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.dates import PartialDate, Precision
from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import AccessionStatus, Milestone, Reached
from tracker.language.grammar import as_owner, as_subject, capitalised
from tracker.language.under_way import say_under_way
from tracker.language.words import number_of, say_date


def answer(standing: AccessionStanding, names: Mapping[str, str]) -> str:
    """Who is still missing, or how it ended. `names` has the applicant and the allies, by code."""
    name = names.get(standing.code, standing.code)
    turn = _turn_of(standing)
    if standing.status is AccessionStatus.SIGNED:
        return say_under_way(standing, names)
    if standing.status is AccessionStatus.MEMBER:
        return say_member(name, turn)
    if not standing.is_on_record and standing.by(Milestone.APPLIED) is not Reached.UNKNOWN:
        return _("%(state)s: no act by this day says that it wanted to join NATO.") % {"state": capitalised(name)}
    following = _FOLLOWING.get(standing.status)
    open_ended = following is not None and standing.by(following) is Reached.UNKNOWN
    told = {"state": as_subject(name), "of_state": as_owner(name), "date": say_date(turn) if turn else ""}
    if standing.status is AccessionStatus.IN_FORCE:
        return capitalised(_in_force(is_day=_is_day(turn), open_ended=open_ended) % told)
    return capitalised((_undecided if open_ended else _finished)(standing.status) % told)


def _finished(status: AccessionStatus) -> str:
    """The sentence for an accession that waits for no ally."""
    return {
        AccessionStatus.ASPIRANT: _("No application by %(state)s is on record."),
        AccessionStatus.APPLICANT: _("%(state)s has applied for membership (%(date)s); it has not been invited yet."),
        AccessionStatus.INVITED: _("%(state)s has been invited (%(date)s); no accession protocol has been signed yet."),
        AccessionStatus.WITHDRAWN: _("%(state)s has withdrawn its application (%(date)s)."),
    }[status]


def _undecided(status: AccessionStatus) -> str:
    """The sentence for a day by which the next turn may have come, or not."""
    return {
        AccessionStatus.ASPIRANT: _("It is not known whether %(state)s had applied for membership by then."),
        AccessionStatus.APPLICANT: _(
            "%(state)s has applied for membership (%(date)s); it is not known whether it had been invited by then."
        ),
        AccessionStatus.INVITED: _(
            "%(state)s has been invited (%(date)s); it is not known whether a protocol had been signed by then."
        ),
    }[status]


def _in_force(*, is_day: bool, open_ended: bool) -> str:
    """The sentence between the last deposit and the accession itself."""
    if is_day and open_ended:
        return _(
            "The protocol on %(of_state)s accession has been in force since %(date)s; "
            "it is not known whether %(state)s was a member by then."
        )
    if is_day:
        return _(
            "The protocol on %(of_state)s accession has been in force since %(date)s; %(state)s is not a member yet."
        )
    if open_ended:
        return _(
            "The protocol on %(of_state)s accession is in force (%(date)s); "
            "it is not known whether %(state)s was a member by then."
        )
    return _("The protocol on %(of_state)s accession is in force (%(date)s); %(state)s is not a member yet.")


def say_member(name: str, since: PartialDate | None) -> str:
    """That a state is a member, and since when."""
    number = number_of([name])
    if since is not None and _is_day(since):
        sentence = ngettext(
            "%(state)s has been a member of NATO since %(date)s.",
            "%(state)s have been a member of NATO since %(date)s.",
            number,
        )
    else:
        sentence = ngettext(
            "%(state)s is a member of NATO (%(date)s).", "%(state)s are a member of NATO (%(date)s).", number
        )
    return capitalised(sentence % {"state": as_subject(name), "date": say_date(since) if since else ""})


# The turn that ends a status.
_FOLLOWING: Final = {
    AccessionStatus.ASPIRANT: Milestone.APPLIED,
    AccessionStatus.APPLICANT: Milestone.INVITED,
    AccessionStatus.INVITED: Milestone.SIGNED,
    AccessionStatus.IN_FORCE: Milestone.ACCEDED,
}


_TURN: Final = {
    AccessionStatus.APPLICANT: Milestone.APPLIED,
    AccessionStatus.INVITED: Milestone.INVITED,
    AccessionStatus.IN_FORCE: Milestone.IN_FORCE,
    AccessionStatus.MEMBER: Milestone.ACCEDED,
    AccessionStatus.WITHDRAWN: Milestone.WITHDRAWN,
}


def _turn_of(standing: AccessionStanding) -> PartialDate | None:
    milestone = _TURN.get(standing.status)
    return standing.milestones[milestone].occurred if milestone else None


def _is_day(occurred: PartialDate | None) -> bool:
    """Whether “since” can stand before it."""
    return occurred is not None and occurred.precision is Precision.DAY
