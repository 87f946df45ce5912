"""What “the 28th of 30” tells: of the act itself where its day is not known, and of the days of others."""

from datetime import date

import pytest

from tests.facts import begin, event
from tracker.domain.dates import PartialDate
from tracker.domain.standing import Act, Membership, Process, StageDate, date_allies, process_of
from tracker.domain.vocabulary import Basis, EventKind, Reached, Stage
from tracker.readmodel.clock import read_clock

ALLIES = ("CAN", "DNK", "GRC", "NOR")


def deposit(ally: str, on: str, ordinal: int | None = None) -> Act:
    return Act(f"{ally}-deposited", EventKind.DEPOSITED, ally, PartialDate.parse(on), "SWE", ordinal=ordinal)


def consent(ally: str, on: str) -> Act:
    return Act(f"{ally}-consent", EventKind.CONSENT, ally, PartialDate.parse(on), "SWE")


def protocol(*acts: Act) -> Process:
    begun = (
        Act("signed", EventKind.PROTOCOL_SIGNED, "NATO", PartialDate.parse("2022-07-05"), "SWE"),
        Act("in-force", EventKind.PROTOCOL_IN_FORCE, "NATO", PartialDate.parse("2024-03-07"), "SWE"),
    )
    return process_of("SWE", (*begun, *acts))


def deposits(*acts: Act) -> dict[str, StageDate]:
    members = {ally: Membership(ally, PartialDate.parse("1949-08-24"), ()) for ally in ALLIES}
    dated = date_allies(protocol(*acts), members, {})
    return {ally: dates[Stage.DEPOSITED] for ally, (_, dates) in dated.items()}


def spans(*acts: Act) -> dict[str, str]:
    return {ally: str(one.occurred) for ally, one in deposits(*acts).items()}


def test_all_who_can_have_been_before_the_so_manyth_were() -> None:
    # Greece approved only afterwards: the two before the third are Canada and Denmark.
    acts = (deposit("NOR", "2022-10-11", 3), consent("GRC", "2023-01-10"))

    found = deposits(*acts)

    assert {ally: str(one.occurred) for ally, one in found.items()} == {
        "CAN": "2022-07-05/2022-10-11",
        "DNK": "2022-07-05/2022-10-11",
        "GRC": "2023-01-10/2024-03-07",
        "NOR": "2022-10-11",
    }
    assert (found["CAN"].basis, found["CAN"].evidence) == (Basis.ORDINAL, ("NOR-deposited",))


def test_all_others_came_no_earlier_once_those_before_are_known() -> None:
    acts = (deposit("CAN", "2022-07-05"), deposit("NOR", "2022-10-11", 2))

    assert spans(*acts) == {
        "CAN": "2022-07-05",
        "DNK": "2022-10-11/2024-03-07",
        "GRC": "2022-10-11/2024-03-07",
        "NOR": "2022-10-11",
    }


def test_the_act_itself_lies_between_those_before_and_those_after() -> None:
    acts = (
        deposit("CAN", "2022-07-05"),
        deposit("DNK", "2022-08-01"),
        deposit("NOR", "2022", 3),
        deposit("GRC", "2022-10-11"),
    )

    assert spans(*acts)["NOR"] == "2022-08-01/2022-10-11"


def test_a_place_that_leaves_a_choice_tells_nothing_of_the_others() -> None:
    found = spans(deposit("NOR", "2022-10-11", 2))

    assert {found[ally] for ally in ("CAN", "DNK", "GRC")} == {"2022-07-05/2024-03-07"}


def test_a_place_that_contradicts_the_acts_on_record_is_set_aside() -> None:
    found = spans(deposit("CAN", "2023-01-01"), deposit("DNK", "2023-02-01"), deposit("NOR", "2022-10-11", 4))

    assert (found["CAN"], found["DNK"], found["NOR"]) == ("2023-01-01", "2023-02-01", "2022-10-11")


@pytest.mark.django_db
def test_on_the_record_a_place_dates_others_and_what_they_did_before() -> None:
    begin(event("no-deposit", "deposited", "NOR", "2022-10-11", ordinal={"number": 4, "of": 4}))

    standing = read_clock({}).record.standing("SWE", date(2022, 10, 11))

    assert standing.counts[Stage.DEPOSITED][Reached.REACHED] == 4
    assert [standing.ratifications[ally].approval for ally in ("HUN", "TUR", "USA")] == [Reached.REACHED] * 3
