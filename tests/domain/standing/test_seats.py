"""How many seats a chamber can have had on a day."""

import pytest

from tests.facts import event, procedure
from tracker.actions.checks import check_tally
from tracker.domain.dates import PartialDate
from tracker.domain.exceptions import TallyTooLarge
from tracker.domain.standing.votes import seats_on

ITALY = ({"until": "2022-10-12", "seats": 630},)


@pytest.mark.parametrize(
    ("on", "seats"),
    [
        ("2022-08-02", 630),
        ("2022-10-11", 630),
        ("2022-10-12", 400),
        ("1999", 630),
        ("2022", 630),
        ("2022-10", 630),
        ("2023", 400),
        ("2023-01-01/..", 400),
    ],
)
def test_where_earlier_sizes_are_listed_the_largest_of_the_time_counts(on: str, seats: int) -> None:
    chamber = procedure("ITA", seats=400, earlier=ITALY).chambers[0]

    assert seats_on(chamber, PartialDate.parse(on)) == seats


@pytest.mark.parametrize(
    ("on", "seats"), [("2022-01-01", 199), ("2024-02", 199), ("2021-12-31", None), ("../2024", None)]
)
def test_without_earlier_sizes_it_is_known_from_2022_on(on: str, seats: int | None) -> None:
    assert seats_on(procedure("HUN").chambers[0], PartialDate.parse(on)) == seats


def test_the_chamber_is_known_however_its_name_is_written() -> None:
    fact = event("vote", "chamber_vote", "HUN", "2024-02-26", office="national assembly", votes={"yes": 200})

    with pytest.raises(TallyTooLarge, match="200 votes are more than the 199 seats"):
        check_tally(fact, procedure("HUN"))
