"""The answer in one sentence, in the language that is active. Every number in it comes from standing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Final

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tracker.domain.dates import PartialDate, Precision
from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import AccessionStatus, Milestone, Reached, Stage
from tracker.language.collation import codes_in_order
from tracker.language.grammar import as_owner, as_subject, capitalised, is_plural, part_of

# Which parts of a date are told; each language has its own order and endings for them.
_SKELETONS: Final = {Precision.MONTH: "yMMMM", Precision.YEAR: "y"}

# More names than this are counted and not told one by one; the table below the sentence has them all.
_NAMES_TOLD: Final = 5


def answer(standing: AccessionStanding, names: Mapping[str, str]) -> str:
    """Who is still missing, or how it ended. `names` has the applicant and the allies, by code."""
    name = names.get(standing.code, standing.code)
    turn = _turn_of(standing)
    if standing.status is AccessionStatus.SIGNED:
        return _under_way(standing, name, names)
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
        AccessionStatus.ASPIRANT: _("%(state)s has not applied for membership on the record."),
        AccessionStatus.APPLICANT: _("%(state)s has applied for membership (%(date)s); it has not been invited."),
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
    number = _number_of([name])
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


def _under_way(standing: AccessionStanding, name: str, names: Mapping[str, str]) -> str:
    approved = standing.counts[Stage.APPROVED][Reached.REACHED]
    told = {"approved": part_of(approved), "required": str(len(standing.required)), "of_state": as_owner(name)}
    clause = _approved(standing, approved) % told
    if standing.pending and (approved or standing.unknown):
        clause = in_turn([clause, _missing(standing.pending, names)])
    if standing.pending or not standing.unknown:
        clause = after_signature(clause, standing.days_since_signature)
    sentence = f"{capitalised(clause)}."
    if not standing.unknown:
        return sentence
    return _("%(sentence)s %(sentence_on_unknown)s") % {
        "sentence": sentence,
        "sentence_on_unknown": capitalised(_unknown(standing.unknown, names)),
    }


def _approved(standing: AccessionStanding, approved: int) -> str:
    """The clause on the allies that certainly have approved."""
    if not standing.pending and not standing.unknown:
        return _("All %(required)s allies have approved %(of_state)s accession")
    if not standing.pending:
        return ngettext(
            "%(approved)s of %(required)s allies is known to have approved %(of_state)s accession",
            "%(approved)s of %(required)s allies are known to have approved %(of_state)s accession",
            approved,
        )
    if not approved and not standing.unknown:
        return _("None of the %(required)s allies has approved %(of_state)s accession")
    return ngettext(
        "%(approved)s of %(required)s allies has approved %(of_state)s accession",
        "%(approved)s of %(required)s allies have approved %(of_state)s accession",
        approved,
    )


def _missing(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """The clause on the allies that certainly have not approved."""
    if len(codes) > _NAMES_TOLD:
        return ngettext("%(count)s ally has not", "%(count)s allies have not", len(codes)) % {"count": len(codes)}
    number = _number_of([names.get(code, code) for code in codes])
    return ngettext("%(names)s has not", "%(names)s have not", number) % {"names": name_allies(codes, names)}


def _unknown(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """The sentence on the allies of which we cannot say."""
    if len(codes) > _NAMES_TOLD:
        return ngettext(
            "Of %(count)s ally it is not known whether it had done so by then.",
            "Of %(count)s allies it is not known whether they had done so by then.",
            len(codes),
        ) % {"count": len(codes)}
    return ngettext(
        "It is not known whether %(names)s had done so by then.",
        "It is not known whether %(names)s had done so by then.",
        _number_of([names.get(code, code) for code in codes]),
    ) % {"names": name_allies(codes, names)}


def _number_of(names: Sequence[str]) -> int:
    """How many the verb takes the names for; some languages treat the name of one state as many."""
    return 2 if len(names) == 1 and is_plural(names[0]) else len(names)


def after_signature(clause: str, days: int | None) -> str:
    """The clause with the days since signature, where they are known."""
    if days is None:
        return clause
    after = ngettext("%(count)s day after signature", "%(count)s days after signature", days)
    told = after % {"count": say_number(days)} if days else _("on the day of signature")
    return _("%(told)s, %(after)s") % {"told": clause, "after": told}


def say_number(number: float) -> str:
    """The number with the separators of the language."""
    return format_decimal(number, locale=locale_name())


def say_days(days: int) -> str:
    """A number of days, in words and a figure."""
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": say_number(days)}


def name_allies(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """The states by name, as those who act, in the order of the language and joined as it joins a list."""
    return join([as_subject(names.get(code, code)) for code in codes_in_order(names, codes)])


def list_names(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """The bare names in the order of the alphabet, joined as the language joins a list."""
    return join([names.get(code, code) for code in codes_in_order(names, codes)])


def join(told: Sequence[str]) -> str:
    """The parts in the order given, joined as the language joins a list."""
    return format_list(told, locale=locale_name())


def labelled(name: str, told: str) -> str:
    """What is told, after what it is told of."""
    return _("%(name)s: %(told)s") % {"name": name, "told": told}


def in_turn(clauses: Iterable[str]) -> str:
    """The clauses, one at least, one after the other as the language sets them apart."""
    return reduce(lambda first, second: _("%(first)s; %(second)s") % {"first": first, "second": second}, clauses)


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
    told = format_date(day, "long", locale=locale_name())
    # The first of a month is the one day that French counts with an ordinal; the locale data have no pattern for it.
    return f"1er{told[1:]}" if day.day == 1 and locale_name() == "fr" else told


def _say_open(earliest: date | None, latest: date | None) -> str:
    if earliest is not None:
        return _("on or after %(date)s") % {"date": say_day(earliest)}
    return _("by %(date)s") % {"date": say_day(latest)} if latest else _("on an unknown day")


def _turn_of(standing: AccessionStanding) -> PartialDate | None:
    milestone = _TURN.get(standing.status)
    return standing.milestones[milestone].occurred if milestone else None


def _is_day(occurred: PartialDate | None) -> bool:
    """Whether “since” can stand before it."""
    return occurred is not None and occurred.precision is Precision.DAY


def locale_name() -> str:
    """The locale of the active language."""
    # NATO writes the day before the month.
    return {"en": "en_GB"}.get(language := get_language() or "en", language)
