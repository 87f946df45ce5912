"""One ally's way with one protocol: the sentence, the procedure with what is done, and the votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tracker.domain.dates import PartialDate, Precision
from tracker.domain.facts import ProcedureVersion, Source, StepFact
from tracker.domain.standing import (
    Act,
    NextStep,
    Process,
    RatificationStanding,
    Rules,
    StageDate,
    StepProgress,
    next_steps,
    progress,
    rules_in_round,
)
from tracker.domain.vocabulary import Milestone, Reached, Stage, StepState
from tracker.language.grammar import as_owner, as_subject, capitalised
from tracker.language.words import after_signature, say_date, say_on_day
from tracker.readmodel.days.hindsight import Dated, later_of, text_on
from tracker.readmodel.edition import Edition
from tracker.readmodel.events import EventOnDay
from tracker.readmodel.fold import recorded_on


@dataclass(frozen=True)
class DatedStep:
    """A step of the procedure with the event that did it, if one is on record."""

    fact: StepFact
    event: EventOnDay | None
    state: StepState
    is_next: bool

    @property
    def is_open(self) -> bool:
        """Whether the step still lies ahead."""
        return self.state is StepState.OPEN


@dataclass(frozen=True)
class DatedProcedure:
    """An ally's procedure as it was when the ally took the protocol up, and how far it had come by the day shown."""

    fact: ProcedureVersion
    steps: tuple[DatedStep, ...]
    next: tuple[NextStep, ...]
    has_ended: bool
    later_sources: tuple[Source, ...]


def date_procedure(edition: Edition, code: str, standing: RatificationStanding) -> DatedProcedure | None:
    """Each step of the procedure of that time in order: done by which event, or not; None if it is not on record."""
    fact = edition.procedures.get(standing.ally)
    rules = _rules_on(edition, standing)
    version = next((one for one in fact.versions() if rules and one.first_day == rules.since), None) if fact else None
    if version is None:
        return None
    shown = Dated(version, recorded_on(edition.state.procedures[standing.ally])).on(standing.as_of)
    steps = progress_of(edition, code, standing)
    coming = {(step.kind, step.office) for step in next_steps(steps)}
    dated = tuple(
        DatedStep(
            fact=step_fact,
            event=_event_on(edition, one.done_by, standing.as_of),
            state=one.state,
            is_next=one.open and (one.step.kind, one.step.office) in coming,
        )
        for step_fact, one in zip(shown.steps, steps, strict=True)
    )
    return DatedProcedure(
        fact=shown,
        steps=dated,
        next=steps_ahead(edition, code, standing),
        has_ended=standing.by(Stage.DEPOSITED) is Reached.REACHED,
        later_sources=later_of(version.sources, shown.sources),
    )


def steps_ahead(edition: Edition, code: str, standing: RatificationStanding) -> tuple[NextStep, ...]:
    """Who acts next in the ally's procedure, if it is on record."""
    ahead = next_steps(progress_of(edition, code, standing))
    return tuple(NextStep(step.kind, text_on(step.office, standing.as_of)) for step in ahead)


def _event_on(edition: Edition, act: Act | None, day: date) -> EventOnDay | None:
    event = edition.event(act.key) if act else None
    return event.on(day) if event else None


def progress_of(edition: Edition, code: str, standing: RatificationStanding) -> tuple[StepProgress, ...]:
    """Each step of the procedure under which the ally took the protocol up, and how it stood; none if not on record."""
    rules, all_rules = _rules_on(edition, standing), edition.rules.get(standing.ally)
    if rules is None:
        return ()
    acts = edition.processes[code].acts_by_actor.get(standing.ally, ())
    stages = {stage: standing.by(stage) for stage in Stage}
    return progress(rules, acts, stages, standing.as_of, code, all_rules)


def _rules_on(edition: Edition, standing: RatificationStanding) -> Rules | None:
    """The procedure under which the ally took the protocol up; while the protocol had not needed it, the day's own."""
    rules = edition.rules.get(standing.ally)
    if rules is None or standing.required:
        return rules_in_round(rules, standing.required_from)
    return rules.on(standing.as_of)


def last_check(edition: Edition, code: str, ally: str, day: date) -> datetime | None:
    """When a person last looked at the ally's part in that accession; None if never, or if only after the day."""
    kept = edition.state.ratifications.get(f"{code}/{ally}")
    moment = kept["last_checked_at"] if kept else None
    checked = datetime.fromisoformat(moment) if moment else None
    return checked if checked and checked.date() <= day else None


def day_of_signature(process: Process) -> date | None:
    """The day on which the protocol was signed, where it is one day."""
    signed: PartialDate | None = process.milestones[Milestone.SIGNED].occurred
    return signed.latest if signed and signed.earliest == signed.latest else None


def say_ratification(standing: RatificationStanding, ally: str, state: str, signed: date | None) -> str:
    """Where the ally stood, in one sentence that names the act meant."""
    words = {
        "ally": as_subject(ally),
        "of_ally": as_owner(ally),
        "of_state": as_owner(state),
        **_dates(standing),
    }
    if not standing.required:
        sentence = _("The protocol on %(of_state)s accession did not need %(of_ally)s acceptance on that day.")
        return capitalised(sentence % words)
    if standing.approval is Reached.NOT_REACHED and standing.by(Stage.SUBMITTED) is not Reached.REACHED:
        return f"{capitalised(_not_submitted(standing, words, signed))}."
    return capitalised(_pattern(standing) % words)


def _dates(standing: RatificationStanding) -> dict[str, str]:
    dates = standing.dates
    return {
        "submitted": _say(dates[Stage.SUBMITTED].occurred),
        # Some languages write a day in another form where something happened on it.
        "approved": _say_on(dates[Stage.APPROVED].occurred),
        "deposited": _say_on(dates[Stage.DEPOSITED].occurred),
        "voted": _say_on(standing.last_vote),
    }


def _not_submitted(standing: RatificationStanding, words: Mapping[str, str], signed: date | None) -> str:
    clause = _("%(ally)s has not yet approved %(of_state)s accession; the protocol is not before its parliament")
    since = max(0, (standing.as_of - signed).days) if signed else None
    return after_signature(clause % words, since)


def _say(occurred: PartialDate | None) -> str:
    return say_date(occurred) if occurred else ""


def _say_on(occurred: PartialDate | None) -> str:
    is_day = occurred is not None and occurred.precision is Precision.DAY
    return say_on_day(occurred.latest) if is_day and occurred and occurred.latest else _say(occurred)


def _pattern(standing: RatificationStanding) -> str:
    if standing.last_vote and standing.last_vote.precision is Precision.DAY:
        return _after_last_vote(standing)
    if standing.approval is Reached.UNKNOWN:
        return _("It is not known whether %(ally)s had approved %(of_state)s accession by then.")
    if standing.approval is Reached.REACHED:
        return _approved(standing)
    return _before_parliament(standing)


def _after_last_vote(standing: RatificationStanding) -> str:
    """Every chamber has voted for it, and no act says that this was the approval: the day of the vote is known."""
    if standing.approval is not Reached.REACHED:
        return _(
            "It is not known whether %(ally)s had approved %(of_state)s accession by then; "
            "the last vote in its parliament was on %(voted)s."
        )
    deposited = standing.dates[Stage.DEPOSITED]
    if deposited.by(standing.as_of) is not Reached.REACHED:
        return _("%(ally)s has approved %(of_state)s accession: the last vote in its parliament was on %(voted)s.")
    if _has_day(deposited):
        return _(
            "%(ally)s approved %(of_state)s accession: the last vote in its parliament was on %(voted)s. "
            "It deposited its instrument on %(deposited)s."
        )
    return _(
        "%(ally)s approved %(of_state)s accession: the last vote in its parliament was on %(voted)s. "
        "Its instrument was deposited, but the day is not on record."
    )


def _has_day(dated: StageDate) -> bool:
    """Whether an act of one known day dates the stage: only then “on” a day can be said."""
    return not dated.inferred and dated.occurred is not None and dated.occurred.precision is Precision.DAY


def _before_parliament(standing: RatificationStanding) -> str:
    if not _has_day(standing.dates[Stage.SUBMITTED]):
        return _("%(ally)s has not yet approved %(of_state)s accession; the protocol is before its parliament.")
    return _(
        "%(ally)s has not yet approved %(of_state)s accession; the protocol has been before its parliament "
        "since %(submitted)s."
    )


def _approved(standing: RatificationStanding) -> str:
    if standing.by(Stage.DEPOSITED) is not Reached.REACHED:
        return _not_deposited(standing)
    approved, deposited = _has_day(standing.dates[Stage.APPROVED]), _has_day(standing.dates[Stage.DEPOSITED])
    if approved and deposited:
        return _(
            "%(ally)s approved %(of_state)s accession on %(approved)s and deposited its instrument on %(deposited)s."
        )
    if approved and not standing.dates[Stage.DEPOSITED].inferred:
        return _(
            "%(ally)s approved %(of_state)s accession on %(approved)s; its instrument was deposited (%(deposited)s)."
        )
    if approved:
        return _(
            "%(ally)s approved %(of_state)s accession on %(approved)s; its instrument was deposited, "
            "but the day is not on record."
        )
    if deposited:
        return _(
            "%(ally)s deposited its instrument on %(of_state)s accession on %(deposited)s; "
            "the day of its approval is not on record."
        )
    return _("%(ally)s approved %(of_state)s accession and deposited its instrument; neither day is on record.")


def _not_deposited(standing: RatificationStanding) -> str:
    if not _has_day(standing.dates[Stage.APPROVED]):
        return _("%(ally)s has approved %(of_state)s accession; the day is not on record.")
    if standing.by(Stage.DEPOSITED) is Reached.UNKNOWN:
        return _(
            "%(ally)s approved %(of_state)s accession on %(approved)s; it is not known whether its instrument "
            "had been deposited by then."
        )
    return _("%(ally)s approved %(of_state)s accession on %(approved)s; its instrument is still to be deposited.")
