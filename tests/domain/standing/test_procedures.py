"""What is done of a procedure, what is behind, and who acts next."""

from datetime import date

from tracker.domain.dates import PartialDate
from tracker.domain.standing import Act, Chamber, NextStep, Rules, Step, next_steps, progress
from tracker.domain.vocabulary import EventKind, Reached, Stage, StepKind

TUR = Rules(
    "TUR",
    (
        Step(1, StepKind.SUBMITTED, "President of the Republic"),
        Step(2, StepKind.SUBMITTED, "Speaker"),
        Step(3, StepKind.COMMITTEE_VOTE, "Committee on Foreign Affairs"),
        Step(4, StepKind.CHAMBER_VOTE, "Grand National Assembly"),
        Step(5, StepKind.ASSENTED, "President"),
        Step(6, StepKind.RATIFIED, "President"),
        Step(7, StepKind.PUBLISHED, "Official Gazette"),
        Step(8, StepKind.DEPOSITED, "US Department of State (depositary)"),
    ),
    (Chamber(frozenset({"Grand National Assembly"})),),
)
GBR = Rules(
    "GBR",
    (
        Step(1, StepKind.LAID, "Secretary of State"),
        Step(2, StepKind.CONSENT, "21 sitting days"),
        Step(3, StepKind.CONSENT, "ministerial statement", alternative=True),
        Step(4, StepKind.DEPOSITED, "depositary"),
    ),
)
CZE = Rules("CZE", (Step(1, StepKind.DEPOSITED, "Depositary"), Step(2, StepKind.PUBLISHED, "Collection of Laws")))
CAN = Rules("CAN", (Step(1, StepKind.CHAMBER_VOTE, "House", optional=True), Step(2, StepKind.RATIFIED, "Minister")))
FRA = Rules(
    "FRA",
    (Step(1, StepKind.CHAMBER_VOTE, "Senate"), Step(2, StepKind.CHAMBER_VOTE, "National Assembly")),
    (Chamber(frozenset({"Senate", "Sénat"})), Chamber(frozenset({"National Assembly"}))),
)


def act(kind: EventKind, on: str, office: str = "") -> Act:
    return Act(f"{kind}-{on}", kind, "XXX", PartialDate.parse(on), "SWE", office)


def ahead(rules: Rules, acts: list[Act], day: str, reached: Stage = Stage.SIGNED) -> tuple[NextStep, ...]:
    order = list(Stage)
    stages = {
        one: Reached.REACHED if order.index(one) <= order.index(reached) else Reached.NOT_REACHED for one in Stage
    }
    return next_steps(progress(rules, acts, stages, date.fromisoformat(day)))


SENT = act(EventKind.SUBMITTED, "2023-10-23")
REFERRED = act(EventKind.REFERRED, "2023-10-25")


def test_after_the_president_sends_it_the_speaker_acts_next() -> None:
    assert ahead(TUR, [SENT, REFERRED], "2023-10-24") == (NextStep(StepKind.SUBMITTED, "Speaker"),)


def test_after_the_referral_the_committee_acts_next() -> None:
    assert ahead(TUR, [SENT, REFERRED], "2023-10-30") == (
        NextStep(StepKind.COMMITTEE_VOTE, "Committee on Foreign Affairs"),
    )


def test_what_a_later_act_leaves_behind_is_not_next() -> None:
    vote = act(EventKind.CHAMBER_VOTE, "2024-01-23", "Grand National Assembly")

    assert ahead(TUR, [SENT, vote], "2024-01-24", Stage.APPROVED) == (NextStep(StepKind.ASSENTED, "President"),)


def test_a_gazette_does_not_overtake_the_acts_it_prints() -> None:
    printed = act(EventKind.PUBLISHED, "2023-10-20")

    assert ahead(TUR, [printed], "2023-10-30")[0].office == "President of the Republic"


def test_alternatives_stand_side_by_side() -> None:
    laid = act(EventKind.LAID, "2022-07-06")

    assert [one.office for one in ahead(GBR, [laid], "2022-07-07")] == ["21 sitting days", "ministerial statement"]


def test_an_optional_step_is_not_waited_for() -> None:
    assert ahead(CAN, [], "2022-07-07") == (NextStep(StepKind.RATIFIED, "Minister"),)


def test_each_vote_belongs_to_its_own_chamber() -> None:
    vote = act(EventKind.CHAMBER_VOTE, "2022-08-02", "National Assembly")
    stages = dict.fromkeys(Stage, Reached.NOT_REACHED)

    steps = progress(FRA, [vote], stages, date(2022, 8, 3))

    assert [one.done_by for one in steps] == [None, vote]


def test_nothing_is_next_when_all_is_done() -> None:
    assert ahead(TUR, [], "2024-03-08", Stage.DEPOSITED) == ()
    assert ahead(CAN, [], "2024-03-08", Stage.DEPOSITED) == ()


def test_a_gazette_that_prints_after_the_deposit_is_still_to_come() -> None:
    assert ahead(CZE, [], "2024-03-08", Stage.DEPOSITED) == (NextStep(StepKind.PUBLISHED, "Collection of Laws"),)


def test_an_alternative_behind_another_step_is_not_next() -> None:
    rules = Rules(
        "GBR",
        (
            Step(1, StepKind.CONSENT, "21 sitting days"),
            Step(2, StepKind.CONSENT, "ministerial statement", alternative=True),
            Step(3, StepKind.RATIFIED, "Secretary of State"),
            Step(4, StepKind.CONSENT, "second resolution", alternative=True),
        ),
    )

    assert [one.office for one in ahead(rules, [], "2022-07-07")] == ["21 sitting days", "ministerial statement"]


def test_of_two_acts_the_earlier_does_the_earlier_step_whichever_was_recorded_first() -> None:
    rules = Rules("HUN", (Step(1, StepKind.SUBMITTED, "Government"), Step(2, StepKind.SUBMITTED, "Speaker")))
    later = Act("later", EventKind.SUBMITTED, "HUN", PartialDate.parse("2022-07-15"), "SWE", recorded=1)
    earlier = Act("earlier", EventKind.SUBMITTED, "HUN", PartialDate.parse("2022-07-14"), "SWE", recorded=2)

    steps = progress(rules, [later, earlier], dict.fromkeys(Stage, Reached.NOT_REACHED), date(2022, 7, 20))

    assert [one.done_by for one in steps] == [earlier, later]
