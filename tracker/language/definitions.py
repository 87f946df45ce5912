"""What every number means. The methodology page prints these, and every count links to its own by `key`."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.domain.vocabulary import Stage

Words = str | Promise


@dataclass(frozen=True)
class Definition:
    """A number, a word or a rule: the anchor on the methodology page, its heading, and what it means."""

    key: str
    term: Words
    text: Words


DEFINITIONS: Final = (
    Definition(
        "members",
        _("Members"),
        _("States whose accession lies on or before the day shown: founders from the entry into force of the "
          "Treaty, others from the deposit of their instrument of accession."),
    ),
    Definition(
        "required",
        _("Required"),
        _("The allies whose acceptance a protocol needs before it can enter into force: the members on the day of "
          "its signature, and every state that becomes a member before it is in force. The number can grow."),
    ),
    Definition(
        "count-submitted",
        _("Before parliament"),
        _("Required allies whose parliament had received the protocol by the day shown. Where no such act is on "
          "record, a later act shows that it had been submitted by then."),
    ),
    Definition(
        "count-approved",
        _("Approved"),
        _("Required allies whose parliamentary procedure, or the act that replaces it, was complete by the day "
          "shown. The vote of one chamber of two is not enough, and what a source merely calls “ratified” is not "
          "counted as any stage."),
    ),
    Definition(
        "count-assented",
        _("Law or instrument signed"),
        _("Required allies whose head of state, or whoever acts in that place, had signed by the day shown."),
    ),
    Definition(
        "count-deposited",
        _("Instrument deposited"),
        _("Required allies whose instrument had reached the depositary, the Government of the United States, by "
          "the day shown. This is the act that counts for the treaty."),
    ),
    Definition(
        "pending",
        _("Pending"),
        _("Required allies that certainly had not approved by the day shown."),
    ),
    Definition(
        "unknown",
        _("Unknown"),
        _("Required allies of which the record does not say whether they had reached the stage by the day shown, "
          "because its date is only known to lie in an interval around that day."),
    ),
    Definition(
        "days",
        _("Days"),
        _("Days from the signature of the protocol to the approval of the ally. Negative where a parliament "
          "approved before the protocol was signed. Two numbers where the day is only known to lie between two, one "
          "with “or more” where the ally may have approved by the day shown, but no day is on record."),
    ),
    Definition(
        "rank",
        _("Rank"),
        _("The place of an ally among those required for the same protocol, by day of approval; allies of the same "
          "day share a place. Two places where days are only known to lie between two: it was one of them or between."),
    ),
    Definition(
        "median-days",
        _("Median"),
        _("The middle one of the days that all required allies of a round took: half of them took no more. Two numbers "
          "where days are only known to lie between two, with the count of the allies whose day is known."),
    ),
    Definition(
        "days-since-signature",
        _("Days since signature"),
        _("Days from the signature of the protocol to the day shown."),
    ),
    Definition(
        "claims",
        _("Claims"),
        _("What one party says of a commitment, dated and with its source. This site has no verdict of its own."),
    ),
    Definition(
        "late",
        _("Recorded late"),
        _("Entered into the record after the last day on which it can have happened."),
    ),
    Definition(
        "checked",
        _("Checked"),
        _("When a source on this ally and this protocol was last looked at and read, whether or not it said anything "
          "new."),
    ),
)  # fmt: skip

COUNT_OF: Final = {stage: f"count-{stage.value}" for stage in Stage}
