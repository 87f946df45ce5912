"""A scenario from the record: the steps ahead of each ally, from its procedure and from the plans that stand."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import get_language

from tracker.domain.canonical import Row
from tracker.domain.plans import is_announced
from tracker.domain.standing import AccessionStanding, StepProgress
from tracker.domain.standing.scenario import Scenario, StepAhead, play
from tracker.domain.vocabulary import PlanState
from tracker.language.scenarios import say_scenario
from tracker.readmodel.days.hindsight import text_on
from tracker.readmodel.edition import Edition
from tracker.readmodel.events import RecordedEvent
from tracker.readmodel.ratifications import progress_of


def scenario_of(edition: Edition, standing: AccessionStanding, order: Iterable[str]) -> Scenario:
    """What would follow if these allies acted in this order. Whoever has approved, or is not needed, is left out."""
    missing = (*standing.pending, *standing.unknown)
    chosen = [ally for ally in dict.fromkeys(order) if ally in missing]
    return play([(ally, steps_ahead_of(edition, standing, ally)) for ally in chosen], missing, standing.as_of)


def scenario_row(edition: Edition, code: str, order: Iterable[str], day: date) -> Row | None:
    """The scenario as plain JSON data; None where there was no such accession by the day."""
    if code not in edition.accessions_by(day):
        return None
    scenario = scenario_of(edition, edition.standing(code, day), order)
    acting = [
        {
            "ally": one.ally,
            "approved": one.approved.isoformat() if one.approved else None,
            "steps": [{**step.document(), "office": text_on(step.office, day)} for step in one.steps],
        }
        for one in scenario.acting
    ]
    return Row(
        accession=code,
        nature="scenario",
        answer=say_scenario(scenario, edition.names_in(get_language() or "en", day)),
        acting=acting,
        missing=list(scenario.missing),
        complete=scenario.complete.isoformat() if scenario.complete else None,
    )


def steps_ahead_of(edition: Edition, standing: AccessionStanding, ally: str) -> tuple[StepAhead, ...]:
    """The steps that the ally has still to take: of several paths the first, and none that is optional."""
    progress = progress_of(edition, standing.code, standing.ratifications[ally])
    plans = _plans(edition, standing, ally)
    return tuple(_with_plan(one, plans) for one in _one_path(progress))


def _one_path(progress: Sequence[StepProgress]) -> list[StepProgress]:
    paths: dict[str, str] = {}
    ahead = []
    for one in progress:
        if not one.open or one.step.optional:
            continue
        if one.step.group and paths.setdefault(one.step.group, one.step.path) != one.step.path:
            continue
        ahead.append(one)
    return ahead


def _plans(edition: Edition, standing: AccessionStanding, ally: str) -> list[RecordedEvent]:
    day = standing.as_of
    planned = [
        event
        for event in edition.events_by_accession.get(standing.code, ())
        if event.actor == ally and event.is_planned and is_announced(event.act, day)
    ]
    return [event for event in planned if edition.plan(event, day) is PlanState.PLANNED]


def _with_plan(one: StepProgress, plans: Iterable[RecordedEvent]) -> StepAhead:
    plan = next((event for event in plans if event.kind.value == one.step.kind.value), None)
    planned = plan.occurred.earliest if plan else None
    return StepAhead(one.step.kind, one.step.office, planned, plan.key if plan else "")
