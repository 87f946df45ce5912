"""The answer in one sentence, in the language that is active. Every number in it comes from standing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tracker.dates import PartialDate, Precision
from tracker.standing import AccessionStanding
from tracker.vocabulary import AccessionStatus, Milestone, Reached, Stage

# Which parts of a date are told; each language has its own order and endings for them.
_SKELETONS: Final = {Precision.MONTH: "yMMMM", Precision.YEAR: "y"}

# More names than this are counted and not told one by one; the table below the sentence has them all.
_NAMES_TOLD: Final = 5


def answer(standing: AccessionStanding, names: Mapping[str, str]) -> str:
    """Who is still missing, or how it ended. `names` has the applicant and the allies, by code."""
    applicant = names.get(standing.code, standing.code)
    if standing.status is AccessionStatus.SIGNED:
        return _under_way(standing, applicant, names)
    told = {"state": applicant, "date": _date_of(standing, _TURN.get(standing.status))}
    following = _FOLLOWING.get(standing.status)
    open_ended = following is not None and standing.by(following) is Reached.UNKNOWN
    return (_undecided if open_ended else _finished)(standing.status) % told


def _finished(status: AccessionStatus) -> str:
    """The sentence for an accession that waits for no ally."""
    return {
        AccessionStatus.ASPIRANT: _("%(state)s has not applied for membership on the record."),
        AccessionStatus.APPLICANT: _("%(state)s has applied for membership (%(date)s); it has not been invited."),
        AccessionStatus.INVITED: _("%(state)s has been invited (%(date)s); no accession protocol has been signed yet."),
        AccessionStatus.IN_FORCE: _(
            "The protocol on %(state)s’s accession has been in force since %(date)s; %(state)s is not a member yet."
        ),
        AccessionStatus.MEMBER: _("%(state)s has been a member of NATO since %(date)s."),
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
        AccessionStatus.IN_FORCE: _(
            "The protocol on %(state)s’s accession has been in force since %(date)s; "
            "it is not known whether %(state)s was a member by then."
        ),
    }[status]


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


def _under_way(standing: AccessionStanding, applicant: str, names: Mapping[str, str]) -> str:
    told = {
        "approved": standing.counts[Stage.APPROVED][Reached.REACHED],
        "required": len(standing.required),
        "state": applicant,
        "names": name_allies(standing.pending, names),
        "days": say_days(standing.days_since_signature or 0),
    }
    sentence = _pending(standing) % told
    if not standing.unknown:
        return sentence
    return _("%(sentence)s %(sentence_on_unknown)s") % {
        "sentence": sentence,
        "sentence_on_unknown": _unknown(standing, names),
    }


def _pending(standing: AccessionStanding) -> str:
    """The sentence on the allies that certainly have not approved."""
    dated = standing.days_since_signature is not None
    if not standing.pending and standing.unknown:
        return _("%(approved)d of %(required)d allies are known to have approved %(state)s’s accession.")
    if not standing.pending and dated:
        return _("All %(required)d allies have approved %(state)s’s accession, %(days)s after signature.")
    if not standing.pending:
        return _("All %(required)d allies have approved %(state)s’s accession.")
    if dated:
        return ngettext(
            "%(approved)d of %(required)d allies have approved %(state)s’s accession; "
            "%(names)s has not, %(days)s after signature.",
            "%(approved)d of %(required)d allies have approved %(state)s’s accession; "
            "%(names)s have not, %(days)s after signature.",
            len(standing.pending),
        )
    return ngettext(
        "%(approved)d of %(required)d allies have approved %(state)s’s accession; %(names)s has not.",
        "%(approved)d of %(required)d allies have approved %(state)s’s accession; %(names)s have not.",
        len(standing.pending),
    )


def _unknown(standing: AccessionStanding, names: Mapping[str, str]) -> str:
    """The sentence on the allies of which we cannot say."""
    return ngettext(
        "Of %(names)s it is not known whether it had by then.",
        "Of %(names)s it is not known whether they had by then.",
        len(standing.unknown),
    ) % {"names": name_allies(standing.unknown, names)}


def say_days(days: int) -> str:
    """A number of days, in words and a figure."""
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def name_allies(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """The allies by name in the order of the language, or how many they are where they are many."""
    if len(codes) > _NAMES_TOLD:
        return ngettext("%(count)d ally", "%(count)d allies", len(codes)) % {"count": len(codes)}
    return list_names(names.get(code, code) for code in codes)


def list_names(told: Iterable[str]) -> str:
    """The names in the order of the alphabet, joined as the language joins a list."""
    return format_list(sorted(told), locale=locale_name())


def say_date(occurred: PartialDate) -> str:
    """The date to the precision it is known, as the language writes it."""
    if occurred.earliest is None or occurred.latest is None:
        return _say_open(occurred.earliest, occurred.latest)
    if occurred.precision is Precision.DAY:
        return say_day(occurred.earliest)
    if occurred.precision in _SKELETONS:
        return format_skeleton(_SKELETONS[occurred.precision], occurred.earliest, locale=locale_name())
    return _("between %(earliest)s and %(latest)s") % {
        "earliest": say_day(occurred.earliest),
        "latest": say_day(occurred.latest),
    }


def say_day(day: date) -> str:
    """The day as the language writes it."""
    return format_date(day, "long", locale=locale_name())


def _say_open(earliest: date | None, latest: date | None) -> str:
    if earliest is not None:
        return _("on or after %(date)s") % {"date": say_day(earliest)}
    return _("by %(date)s") % {"date": say_day(latest)} if latest else _("on an unknown day")


def _date_of(standing: AccessionStanding, milestone: Milestone | None) -> str:
    occurred = standing.milestones[milestone].occurred if milestone else None
    return say_date(occurred) if occurred else ""


def locale_name() -> str:
    """The locale of the active language."""
    # NATO writes the day before the month.
    return {"en": "en_GB"}.get(language := get_language() or "en", language)
