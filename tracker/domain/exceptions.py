"""What the domain refuses, one class a refusal. They carry the data and one sentence for people; no HTTP in here."""

from django.utils.translation import gettext as _

from tracker.domain.dates import PartialDate
from tracker.domain.vocabulary import Claim, EventKind, ReportState


class TrackerError(Exception):
    """A refusal: the request was understood, and the record stays as it was.

    `field` names the part of the draft that the refusal concerns, for a form to show it there.
    """

    field: str = ""


class Unsourced(TrackerError):
    """A fact came without a source."""

    field = "citations"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"“{key}” has no source: give at least one citation with its address.")


class UnknownParty(TrackerError):
    """A code names no state and no organisation on record."""

    field = "actor"

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            f"“{code}” is no state or organisation on record: use the ISO 3166-1 alpha-3 code, such as TUR."
        )


class UnknownCommitment(TrackerError):
    """A claim concerns a commitment that is not on record."""

    field = "commitment"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"There is no commitment “{key}” on record.")


class NotTheirWord(TrackerError):
    """A party says of a commitment what only another may say of it."""

    field = "status"

    def __init__(self, status: Claim, by: str, commitment: str) -> None:
        super().__init__(f"{by} cannot say “{status.label}” of “{commitment}”: its part in it is another.")


class NotAVoiceOf(TrackerError):
    """A claim stands under a name in which nobody spoke."""

    field = "speakers"

    def __init__(self, by: str, claim: str, statement: str) -> None:
        super().__init__(f"Nobody speaks for {by} in “{statement}”, so that “{claim}” cannot be its claim.")


class SpreadOverClauses(TrackerError):
    """A general statement is put under a clause that it does not name."""

    field = "claims"

    def __init__(self, statement: str, commitment: str) -> None:
        super().__init__(f"“{statement}” is general: it names no clause, and “{commitment}” is one.")


class SignatorySilent(TrackerError):
    """A joint text is told as that of some who signed it."""

    field = "claims"

    def __init__(self, code: str, statement: str, commitment: str) -> None:
        super().__init__(f"{code} signed “{statement}”, and has no claim from it on “{commitment}”.")


class ClaimHangsElsewhere(TrackerError):
    """A claim was made in one statement only."""

    field = "claims"

    def __init__(self, claim: str, statement: str) -> None:
        super().__init__(f"“{claim}” was made in “{statement}” already.")


class NotInProcess(TrackerError):
    """An act is older than the state's part in the process."""

    field = "date"

    def __init__(self, kind: EventKind, on: PartialDate, because: str) -> None:
        self.kind = kind
        self.on = on
        super().__init__(f"“{kind.label}” on {on} cannot be: {because}.")


class NoSuchRatification(TrackerError):
    """An ally's act on a protocol that does not need this state."""

    field = "actor"

    def __init__(self, accession: str, ally: str) -> None:
        self.accession = accession
        self.ally = ally
        super().__init__(
            f"There is no ratification {accession}/{ally}: {ally} was no ally when the protocol on {accession} was "
            f"signed, and has not become one before it entered into force."
        )


class TallyTooLarge(TrackerError):
    """More votes than the chamber had seats on that day."""

    field = "votes"

    def __init__(self, chamber: str, tally: int, seats: int) -> None:
        self.chamber = chamber
        self.tally = tally
        self.seats = seats
        super().__init__(f"{tally} votes are more than the {seats} seats of the {chamber} on that day.")


class ForeignChamber(TrackerError):
    """The vote of a chamber that belongs to another ally."""

    field = "office"

    def __init__(self, chamber: str, actor: str, ally: str) -> None:
        self.chamber = chamber
        self.actor = actor
        self.ally = ally
        super().__init__(f"The {chamber} is a chamber of {ally}, and {actor} has none of that name.")


class VotesWithoutAVote(TrackerError):
    """A tally on an act that is not a vote."""

    field = "votes"

    def __init__(self, kind: EventKind) -> None:
        self.kind = kind
        super().__init__(f"“{kind.label}” is not a vote: record the tally with the vote itself.")


class AlreadyRectified(TrackerError):
    """What is to be put right has been put right before."""

    def __init__(self, key: str, number: int) -> None:
        self.key = key
        self.number = number
        super().__init__(f"“{key}” was already put right by rectification {number}: rectify what replaced it.")


class NothingToRectify(TrackerError):
    """The replacement says the same as what it would replace."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"The replacement of “{key}” says the same as the record: change something, or leave it.")


class KeyTaken(TrackerError):
    """The key of a new fact names another one already."""

    field = "key"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"“{key}” is on record already: rectify it, or give the new fact another key.")


class SourceKnown(TrackerError):
    """A source that is to be added is cited already."""

    field = "citations"

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"“{key}” cites this address already: nothing would change.")


class Unfit(TrackerError):
    """What was typed does not make a fact; says which part of it, and why."""

    def __init__(self, field: str, because: str) -> None:
        self.field = field
        super().__init__(because)


class NotOnRecord(TrackerError):
    """There is no such fact to work on."""

    def __init__(self, what: str, key: str) -> None:
        self.key = key
        super().__init__(f"There is no {what} “{key}” on record.")


class ReasonMissing(TrackerError):
    """A rectification came without its reason."""

    field = "reason"

    def __init__(self) -> None:
        super().__init__("Say why: a rectification is public, and its reason is part of it.")


class NotReadable(TrackerError):
    """A line of an import cannot be read as the fact that it should hold."""

    def __init__(self, where: str, because: str) -> None:
        self.where = where
        self.because = because
        super().__init__(f"{where}: {because}")


class BadParameter(TrackerError):
    """A parameter of a request has a value that means nothing here; says what would be right."""

    def __init__(self, name: str, value: str, because: str) -> None:
        self.name = name
        self.field = name
        self.value = value
        self.because = because
        shown = value if len(value) <= 60 else f"{value[:60]}…"
        parts = {"name": name, "value": shown, "because": because}
        super().__init__(_("%(name)s=“%(value)s” cannot be answered: %(because)s.") % parts)


class AlreadyReviewed(TrackerError):
    """Another reviewer was first."""

    def __init__(self, report: int, state: ReportState) -> None:
        self.report = report
        self.state = state
        super().__init__(f"Report {report} has been reviewed already: {state.label}.")


class OwnReport(TrackerError):
    """Two pairs of eyes are required, and these are the same."""

    def __init__(self, report: int) -> None:
        self.report = report
        super().__init__(f"Report {report} is your own: another reviewer has to accept it.")


class NotAsFiled(TrackerError):
    """Two pairs of eyes are required, and one of them has not seen what is to be put on record."""

    def __init__(self, report: int) -> None:
        self.report = report
        super().__init__(
            f"Report {report} says something else: what you changed has to be accepted by another reviewer."
        )


class NotTheirs(TrackerError):
    """A milestone that only another can pass."""

    field = "actor"

    def __init__(self, kind: EventKind, actor: str, whose: str) -> None:
        self.kind = kind
        self.actor = actor
        super().__init__(f"“{kind.label}” is not an act of {actor}: it is one of {whose}.")


class NoProtocol(TrackerError):
    """An act that belongs to a protocol came without one."""

    field = "accession"

    def __init__(self, kind: EventKind) -> None:
        self.kind = kind
        super().__init__(f"“{kind.label}” belongs to an accession or a treaty: say to which.")


class NotAnApplicant(TrackerError):
    """An accession of somebody who cannot accede."""

    field = "accession"

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"{code} cannot have an accession: it is no state, or founded the alliance.")


class OutOfTurn(TrackerError):
    """Entries that were written elsewhere do not follow on the end of the log here."""

    def __init__(self, first: int, end: int) -> None:
        self.first = first
        self.end = end
        super().__init__(f"Entry {first} does not follow on the log, which ends at {end}.")


class NotAReadableLog(TrackerError):
    """The files of the shipped log are not what a log is."""


class CannotRelease(TrackerError):
    """The facts are not what the shipped log can have come to; says fact by fact why."""

    def __init__(self, because: list[str]) -> None:
        self.because = because
        shown = "\n".join(because[:40])
        more = f"\n… and {len(because) - 40} more" if len(because) > 40 else ""
        super().__init__(f"This is no release:\n{shown}{more}")
