"""The story of the shipped data: who was missing for Sweden and Finland on which day, and who was an ally when."""

from datetime import date
from itertools import pairwise

import pytest

from tracker.domain.dates import Precision
from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import AccessionStatus, Reached, Stage, StepState
from tracker.language.sentences import answer
from tracker.language.words import say_date
from tracker.readmodel import open_newest
from tracker.readmodel.clock import read_clock
from tracker.readmodel.ratifications import date_procedure, say_ratification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

ALL_BUT = {
    "2022-07-05": (4, 30),
    "2022-07-20": (18, 30),
    "2022-07-21": (18, 30),
    "2022-09-15": (25, 30),
    "2022-09-16": (26, 30),
    "2022-09-21": (27, 30),
    "2022-09-27": (28, 30),
}
SWEDEN = {
    **ALL_BUT,
    "2023-04-03": (28, 30),
    "2023-04-04": (29, 31),
    "2023-10-30": (29, 31),
    "2024-01-22": (29, 31),
    "2024-01-23": (30, 31),
    "2024-02-25": (30, 31),
    "2024-02-26": (31, 31),
    "2024-03-07": (31, 31),
}
FINLAND = {**ALL_BUT, "2023-03-27": (29, 30), "2023-04-03": (30, 30), "2023-04-04": (30, 30)}


def stand(code: str, day: str) -> AccessionStanding:
    return open_newest().standing(code, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [("SWE", day, counts) for day, counts in SWEDEN.items()]
    + [("FIN", day, counts) for day, counts in FINLAND.items()],
)
def test_approvals_on_the_days_that_changed_them(code: str, day: str, expected: tuple[int, int]) -> None:
    standing = stand(code, day)

    assert (standing.counts[Stage.APPROVED][Reached.REACHED], len(standing.required)) == expected
    assert standing.unknown == ()


@pytest.mark.parametrize(
    ("code", "day", "pending"),
    [
        ("SWE", "2022-09-27", ("HUN", "TUR")),
        ("SWE", "2023-10-30", ("HUN", "TUR")),
        ("SWE", "2024-01-22", ("HUN", "TUR")),
        ("SWE", "2024-01-23", ("HUN",)),
        ("SWE", "2024-02-25", ("HUN",)),
        ("SWE", "2024-02-26", ()),
        ("FIN", "2023-03-26", ("HUN", "TUR")),
        ("FIN", "2023-03-27", ("TUR",)),
        ("FIN", "2023-03-30", ()),
    ],
)
def test_pending_names_the_allies_still_to_approve(code: str, day: str, pending: tuple[str, ...]) -> None:
    assert stand(code, day).pending == pending


def test_the_day_of_the_story_reads_as_it_was() -> None:
    clock = read_clock({"as_of": "2023-10-30"})
    standing = clock.record.standing("SWE", clock.as_of)

    assert standing.status is AccessionStatus.SIGNED
    assert standing.days_since_signature == 482
    names = {"SWE": "Sweden", "HUN": "Hungary", "TUR": "Türkiye"}
    assert answer(standing, names).startswith("29 of 31 allies have approved")
    assert standing.ratifications["TUR"].dates[Stage.SUBMITTED].evidence == (
        "se2022-tr-submitted",
        "se2022-tr-submitted-committee-referral",
    )


@pytest.mark.parametrize(("day", "ally"), [("2022-09-16", "ESP"), ("2022-09-20", "ESP"), ("2022-07-07", "POL")])
def test_the_first_of_two_chambers_is_no_approval(day: str, ally: str) -> None:
    assert stand("SWE", day).ratifications[ally].approval is Reached.NOT_REACHED


def test_votes_before_signature_count_from_the_protocol_on() -> None:
    assert stand("SWE", "2022-07-04").required == ()
    assert {"CAN", "DNK", "ISL", "NOR"}.isdisjoint(stand("SWE", "2022-07-05").pending)


def test_deposits_of_autumn_2022_are_mostly_unknown() -> None:
    deposits = stand("SWE", "2022-11-01").counts[Stage.DEPOSITED]

    assert deposits == {Reached.REACHED: 10, Reached.UNKNOWN: 18, Reached.NOT_REACHED: 2}


def test_no_stage_of_the_record_is_bounded_before_an_earlier_one() -> None:
    standings = open_newest().standings(date(2026, 11, 22)).values()
    ladders = [[one.dates[stage].occurred for stage in Stage] for standing in standings for one in standing.required]

    dated = [[day for day in ladder[1:] if day is not None] for ladder in ladders]
    assert len(dated) == 404
    for first, second in (pair for days in dated for pair in pairwise(days)):
        assert (first.earliest or date.min) <= (second.earliest or date.min)
        assert (first.latest or date.max) <= (second.latest or date.max)


def test_deposits_are_inferred_once_the_protocol_is_in_force() -> None:
    deposit = stand("SWE", "2024-03-07").ratifications["LTU"].dates[Stage.DEPOSITED]

    assert deposit.inferred
    assert str(deposit.occurred) == "2022-07-20/2024-03-07"
    assert deposit.evidence == ("se2022-nato-protocol-in-force",)


@pytest.mark.parametrize(
    ("day", "allies"),
    [
        ("1949-08-23", 0),
        ("1950-01-01", 12),
        ("1953-01-01", 14),
        ("1955-05-06", 15),
        ("1982-05-30", 16),
        ("1999-03-12", 19),
        ("2004-03-29", 26),
        ("2009-04-01", 28),
        ("2017-06-05", 29),
        ("2020-03-27", 30),
        ("2023-04-04", 31),
        ("2024-03-07", 32),
        ("2026-11-22", 32),
    ],
)
def test_the_alliance_grows_round_by_round(day: str, allies: int) -> None:
    memberships = open_newest().memberships

    assert sum(one.on(date.fromisoformat(day)) for one in memberships.values()) == allies


def test_no_sentence_misses_the_day_of_a_completing_vote_and_no_step_is_done_without_an_act() -> None:
    day, edition = date(2026, 11, 22), read_clock({}).record
    standings = edition.standings(day)

    pairs = [(code, ally, one) for code, all_of in standings.items() for ally, one in all_of.ratifications.items()]
    assert len(pairs) == 404
    for code, ally, standing in pairs:
        vote = standing.last_vote
        if vote is not None and vote.precision is Precision.DAY:
            assert say_date(vote) in say_ratification(standing, ally, code, None)
        procedure = date_procedure(edition, code, standing)
        steps = procedure.steps if procedure else ()
        assert all((step.event is not None) == (step.state is StepState.DONE) for step in steps)
