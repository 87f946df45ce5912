"""What is refused before anything is written, and what is only doubtful."""

from collections.abc import Iterable, Mapping
from typing import Final

from tracker.actions.accessions import ActIndex
from tracker.domain.dates import PartialDate
from tracker.domain.exceptions import (
    ForeignChamber,
    NoProtocol,
    NoSuchRatification,
    NotInProcess,
    NotTheirs,
    TallyTooLarge,
    UnknownParty,
    Unsourced,
    VotesWithoutAVote,
)
from tracker.domain.facts import AssessmentFact, ChamberFact, CommitmentFact, EventFact, ProcedureFact
from tracker.domain.standing import Process, required_allies
from tracker.domain.standing.votes import seats_on
from tracker.domain.vocabulary import ALLIANCE, ALLY_ACTS, Confidence, EventKind, Milestone, Origin
from tracker.models import Party

# Who passes a milestone: the applicant itself, or the alliance.
_OF_THE_APPLICANT: Final = frozenset({EventKind.APPLICATION, EventKind.ACCEDED, EventKind.WITHDRAWN})
_OF_THE_ALLIANCE: Final = frozenset({EventKind.INVITATION, EventKind.PROTOCOL_SIGNED, EventKind.PROTOCOL_IN_FORCE})

# Words for an ally's acts that fit an applicant's own parliament as well.
_ALSO_OF_APPLICANTS: Final = ALLY_ACTS - {EventKind.CONSENT, EventKind.DEPOSITED}

# A tally belongs to one of these; `other` is a vote that is none of a ratification.
_VOTES: Final = frozenset(
    {
        EventKind.CHAMBER_VOTE,
        EventKind.COMMITTEE_VOTE,
        EventKind.APPLICANT_VOTE,
        EventKind.CONSENT,
        EventKind.OTHER,
    }
)


def check_sourced(fact: EventFact | AssessmentFact | CommitmentFact, origin: Origin) -> None:
    """Refuse a fact without a source.

    The shipped data holds a few facts of general knowledge, marked by their confidence; nobody can add another.
    Raises `Unsourced`.
    """
    general_knowledge = origin is Origin.DATASET and fact.confidence in {None, Confidence.LOW}
    if not fact.sources and not general_knowledge:
        raise Unsourced(fact.key)


def check_parties(codes: Iterable[str]) -> None:
    """Refuse a code that names nobody on record. One query. Raises `UnknownParty`."""
    wanted = set(codes)
    check_among(wanted, set(Party.objects.filter(code__in=wanted).values_list("code", flat=True)))


def check_among(codes: set[str], known: set[str]) -> None:
    """Refuse a code that is not among the known ones. Raises `UnknownParty`."""
    if unknown := sorted(codes - known):
        raise UnknownParty(unknown[0])


def check_event(fact: EventFact, act_index: ActIndex, procedures: Mapping[str, ProcedureFact]) -> None:
    """Refuse an event that cannot have happened as told. Raises a `TrackerError` of its own for each reason."""
    check_tally(fact, procedures.get(fact.actor))
    _check_chamber(fact, procedures)
    _check_actor(fact)
    if fact.kind in ALLY_ACTS and not _is_own(fact):
        _check_in_process(fact, act_index)


def _check_actor(fact: EventFact) -> None:
    """Refuse a milestone that somebody else would have to pass, and an act without the protocol it belongs to."""
    if fact.kind in _OF_THE_APPLICANT and fact.accession not in {None, fact.actor}:
        raise NotTheirs(fact.kind, fact.actor, fact.accession or "")
    if fact.kind in _OF_THE_ALLIANCE and fact.actor != ALLIANCE:
        raise NotTheirs(fact.kind, fact.actor, ALLIANCE)
    if fact.kind in ALLY_ACTS | _OF_THE_APPLICANT and fact.accession is None and not fact.treaty:
        raise NoProtocol(fact.kind)


def _is_own(fact: EventFact) -> bool:
    """Whether the act needs no ratification: the founding Treaty, or an applicant's steps towards its own accession."""
    return fact.accession is None or (fact.actor == fact.accession and fact.kind in _ALSO_OF_APPLICANTS)


def check_tally(fact: EventFact, procedure: ProcedureFact | None) -> None:
    """Refuse a tally on what is no vote, or larger than the chamber was.

    Raises `VotesWithoutAVote` or `TallyTooLarge`.
    """
    if fact.votes is None:
        return
    if fact.kind not in _VOTES:
        raise VotesWithoutAVote(fact.kind)
    chamber = chamber_of(fact, procedure)
    seats = seats_on(chamber, fact.occurred) if chamber else None
    if chamber and seats is not None and fact.votes.total > seats:
        raise TallyTooLarge(chamber.name, fact.votes.total, seats)


def chamber_of(fact: EventFact, procedure: ProcedureFact | None) -> ChamberFact | None:
    """The chamber that the event speaks of, by either of its names; None for another body."""
    if procedure is None:
        return None
    day = fact.occurred.earliest or fact.occurred.latest
    version = (procedure.on(day) if day else None) or procedure
    return next((chamber for chamber in version.chambers if _is_of(fact.office, chamber)), None)


def _is_of(office: str, chamber: ChamberFact) -> bool:
    return office.casefold() in {chamber.name.casefold(), chamber.native.casefold()} - {""}


def _check_chamber(fact: EventFact, procedures: Mapping[str, ProcedureFact]) -> None:
    """Refuse the vote of another ally's chamber. Raises `ForeignChamber`."""
    own = procedures.get(fact.actor)
    if fact.kind is not EventKind.CHAMBER_VOTE or not fact.office or own is None or _has_chamber(own, fact.office):
        return
    for ally, procedure in procedures.items():
        if _has_chamber(procedure, fact.office):
            raise ForeignChamber(fact.office, fact.actor, ally)


def _has_chamber(procedure: ProcedureFact, office: str) -> bool:
    return any(_is_of(office, chamber) for version in procedure.versions() for chamber in version.chambers)


def _check_in_process(fact: EventFact, act_index: ActIndex) -> None:
    process = act_index.process(fact.accession or "")
    _check_not_too_early(fact, process)
    if not _has_a_part(fact.actor, process, act_index):
        raise NoSuchRatification(process.code, fact.actor)
    _check_was_there(fact, act_index)


def _has_a_part(ally: str, process: Process, act_index: ActIndex) -> bool:
    """Whether the protocol needs the state, or still may.

    An ally may vote before the protocol is signed, and an invitee before it becomes an ally.
    """
    if ally in required_allies(process, act_index.memberships):
        return True
    if process.in_force.occurred is not None or ally == process.code:
        return False
    unsigned = process.milestones[Milestone.SIGNED].occurred is None
    return (unsigned and ally in act_index.memberships) or _own_protocol(ally, act_index) is not None


def _own_protocol(state: str, act_index: ActIndex) -> PartialDate | None:
    return act_index.process(state).milestones[Milestone.SIGNED].occurred


def _check_not_too_early(fact: EventFact, process: Process) -> None:
    """Refuse an act from before there was anything to approve, or a deposit from before there was a protocol."""
    signed = process.milestones[Milestone.SIGNED].occurred
    first = signed if fact.kind is EventKind.DEPOSITED else process.start
    if first is None:
        raise NotInProcess(fact.kind, fact.occurred, f"nothing on record begins the accession of {process.code}")
    if first.earliest and fact.occurred.latest and fact.occurred.latest < first.earliest:
        what = "the protocol was signed" if first is signed else f"the accession of {process.code} began"
        raise NotInProcess(fact.kind, fact.occurred, f"{what} on {first}")


def _check_was_there(fact: EventFact, act_index: ActIndex) -> None:
    """Refuse an act from before the state was an ally, or an invitee with a protocol of its own."""
    membership = act_index.memberships.get(fact.actor)
    turns = [_own_protocol(fact.actor, act_index), membership.since if membership else None]
    first = min((turn.earliest for turn in turns if turn and turn.earliest), default=None)
    if first is not None and fact.occurred.latest is not None and fact.occurred.latest < first:
        raise NotInProcess(fact.kind, fact.occurred, f"{fact.actor} had no part in it before {first}")
