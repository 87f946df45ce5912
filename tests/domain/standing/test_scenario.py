"""A scenario: steps on the first day that nothing forbids, allies one after the other, and no word of how likely."""

from dataclasses import fields
from datetime import date

from tracker.domain.standing.scenario import Acting, Ground, PlacedStep, Scenario, StepAhead, play
from tracker.domain.vocabulary import StepKind

DAY = date(2023, 10, 30)
NEXT = date(2023, 10, 31)
VOTE, SIGNATURE = StepAhead(StepKind.CHAMBER_VOTE, "Chamber"), StepAhead(StepKind.ASSENTED, "President")


def test_first_step_is_placed_on_the_day_after_and_the_next_follows_it_at_once() -> None:
    scenario = play([("TUR", [VOTE, SIGNATURE])], ["HUN", "TUR"], DAY)

    assert [(step.earliest, step.ground) for step in scenario.acting[0].steps] == [
        (NEXT, Ground.DAY_AFTER),
        (NEXT, Ground.STEP_BEFORE),
    ]
    assert scenario.missing == ("HUN",)
    assert scenario.complete is None


def test_plan_on_record_holds_the_step_and_all_that_follows_it_back() -> None:
    planned = StepAhead(StepKind.CHAMBER_VOTE, "Chamber", date(2023, 12, 1), "plan-of-the-vote")

    scenario = play([("TUR", [planned, SIGNATURE]), ("HUN", [VOTE])], ["HUN", "TUR"], DAY)

    first, second = scenario.acting
    assert (first.steps[0].ground, first.steps[0].plan) == (Ground.PLAN, "plan-of-the-vote")
    assert first.ends == date(2023, 12, 1)
    assert second.steps[0] == PlacedStep(StepKind.CHAMBER_VOTE, "Chamber", date(2023, 12, 1), Ground.ALLY_BEFORE)
    assert scenario.complete == date(2023, 12, 1)


def test_plan_of_a_day_gone_by_does_not_bring_a_step_forward() -> None:
    planned = StepAhead(StepKind.CHAMBER_VOTE, "Chamber", date(2023, 10, 1), "gone")

    assert play([("TUR", [planned])], ["TUR"], DAY).acting[0].steps[0].earliest == NEXT


def test_approval_is_the_last_step_before_the_head_of_state_signs() -> None:
    later = StepAhead(StepKind.DEPOSITED, "Depositary", date(2024, 1, 1), "deposit")

    (acting,) = play([("TUR", [VOTE, later])], ["TUR"], DAY).acting

    assert (acting.approved, acting.ends) == (NEXT, date(2024, 1, 1))


def test_ally_without_a_procedure_on_record_acts_on_no_day() -> None:
    scenario = play([("TUR", [])], ["TUR"], DAY)

    assert scenario.acting == (Acting("TUR", ()),)
    assert (scenario.acting[0].approved, scenario.complete) == (None, None)


def test_nothing_in_a_scenario_is_a_number_of_how_likely_it_is() -> None:
    kinds = {str(field.type) for kind in (Scenario, Acting, PlacedStep) for field in fields(kind)}

    assert not any(word in kind for kind in kinds for word in ("float", "int", "Decimal"))
