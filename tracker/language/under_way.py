"""How many allies have approved, of how many that is known, and who has not yet: for none, one, some, all.

A state that has still to act has not decided, so every language says “yet”. Where the record does not say of some
allies, the number is a lower bound and is told as one.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import Milestone, Reached, Stage
from tracker.language.grammar import as_owner, capitalised, part_of
from tracker.language.words import after_signature, in_turn, name_allies, number_of, say_day, say_number

# More names than this are counted and not told one by one; the table below the sentence has them all.
_NAMES_TOLD: Final = 5


def say_under_way(standing: AccessionStanding, names: Mapping[str, str]) -> str:
    """The sentence for a protocol that has been signed and is not known to be in force."""
    if not standing.pending and not standing.unknown:
        return f"{capitalised(in_turn([_all_approved(standing, names), *_not_in_force(standing)]))}."
    clause = say_count(standing, names)
    if standing.pending and (approved_of(standing) or standing.unknown):
        clause = in_turn([clause, _missing(standing.pending, names)])
    if standing.pending:
        clause = after_signature(clause, standing.days_since_signature)
    sentence = f"{capitalised(clause)}."
    if not standing.unknown:
        return sentence
    return _("%(sentence)s %(sentence_on_unknown)s") % {
        "sentence": sentence,
        "sentence_on_unknown": capitalised(_unknown(standing.unknown, names)),
    }


def approved_of(standing: AccessionStanding) -> int:
    """How many allies certainly have approved."""
    return standing.counts[Stage.APPROVED][Reached.REACHED]


def say_count(standing: AccessionStanding, names: Mapping[str, str]) -> str:
    """The clause on the allies that certainly have approved."""
    approved = approved_of(standing)
    return _count_pattern(standing, approved) % {
        "approved": part_of(approved),
        "required": str(len(standing.required)),
        "of_state": as_owner(names.get(standing.code, standing.code)),
    }


def _count_pattern(standing: AccessionStanding, approved: int) -> str:
    if not standing.pending and not standing.unknown:
        return _("All %(required)s allies have approved %(of_state)s accession")
    if standing.unknown:
        return _at_least(approved)
    if not approved:
        return _("none of the %(required)s allies has yet approved %(of_state)s accession")
    return ngettext(
        "%(approved)s of %(required)s allies has approved %(of_state)s accession",
        "%(approved)s of %(required)s allies have approved %(of_state)s accession",
        approved,
    )


def _at_least(approved: int) -> str:
    """The clause where of some allies the record does not say; none that is known is not the same as none."""
    if not approved:
        return _("no ally is known to have approved %(of_state)s accession")
    return ngettext(
        "at least %(approved)s of %(required)s allies has approved %(of_state)s accession",
        "at least %(approved)s of %(required)s allies have approved %(of_state)s accession",
        approved,
    )


def _all_approved(standing: AccessionStanding, names: Mapping[str, str]) -> str:
    """The clause for all, with who was the last, and when, where that is known."""
    clause, last = say_count(standing, names), standing.last_approval
    signed = standing.milestones[Milestone.SIGNED].occurred
    if last is None or signed is None or signed.latest is None or signed.earliest != signed.latest:
        return clause
    day, allies = last
    if len(allies) > _NAMES_TOLD:
        return clause
    days = (day - signed.latest).days
    pattern = ngettext(
        "%(all)s, the last, %(names)s, on %(date)s, %(count)s day after signature",
        "%(all)s, the last, %(names)s, on %(date)s, %(count)s days after signature",
        days,
    )
    words = {"names": name_allies(allies, names), "date": say_day(day), "count": say_number(days)}
    return pattern % {"all": clause, **words}


def _not_in_force(standing: AccessionStanding) -> list[str]:
    return [] if standing.by(Milestone.IN_FORCE) is Reached.UNKNOWN else [_("the protocol is not yet in force")]


def _missing(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """The clause on the allies that certainly have not approved."""
    if len(codes) > _NAMES_TOLD:
        pattern = ngettext("%(count)s ally has not yet done so", "%(count)s allies have not yet done so", len(codes))
        return pattern % {"count": len(codes)}
    number = number_of([names.get(code, code) for code in codes])
    pattern = ngettext("%(names)s has not yet done so", "%(names)s have not yet done so", number)
    return pattern % {"names": name_allies(codes, names)}


def _unknown(codes: Sequence[str], names: Mapping[str, str]) -> str:
    """The sentence on the allies of which we cannot say."""
    if len(codes) > _NAMES_TOLD:
        return ngettext(
            "For %(count)s ally the record does not say.",
            "For %(count)s allies the record does not say.",
            len(codes),
        ) % {"count": len(codes)}
    return ngettext(
        "For %(names)s the record does not say.",
        "For %(names)s the record does not say.",
        number_of([names.get(code, code) for code in codes]),
    ) % {"names": name_allies(codes, names)}
