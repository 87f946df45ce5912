"""One comparison of a find, a report or a row of a file with what is on record."""

from typing import Any

import pytest

from tests.facts import event
from tracker.domain.same_act import Comparison, Match, compare_with, same_act, say

VOTE = event(
    "se2022-hu-vote",
    "chamber_vote",
    "HUN",
    "2024-02-26",
    office="National Assembly",
    votes={"yes": 188, "no": 6, "abstain": 0},
)
SIGNED = event("se2022-hu-assented", "assented", "HUN", "2024-03-05", office="President")
PUBLISHED = event("se2022-hu-published", "published", "HUN", "2024-03-05")


def account(of: Any = VOTE, **other: Any) -> dict[str, Any]:
    """The act in the words of another source: what `other` tells otherwise, or leaves out by an empty value."""
    document = {name: value for name, value in of.document().items() if name != "key"}
    return {name: value for name, value in (document | other).items() if value not in (None, "")}


def against(told: dict[str, Any], *events: Any) -> Comparison:
    return compare_with(told, events)


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"title": "Hungary says yes", "detail": "At last", "confidence": "low"},
        {"date": "2024-02"},
        {"date": "2024"},
        {"votes": {"yes": 188}},
        {"votes": {"yes": 188, "no": None}},
        {"votes": None},
        {"outcome": "carried"},
    ],
    ids=str,
)
def test_account_that_tells_the_same_or_less_agrees(other: dict[str, Any]) -> None:
    assert against(account(**other), VOTE) == Comparison(Match.AGREES, VOTE)


@pytest.mark.parametrize(
    ("field", "value", "on_record"),
    [
        ("date", "2024-02-27", "2024-02-26"),
        ("date", "2024-03", "2024-02-26"),
        ("date", "some day", "2024-02-26"),
        ("votes", {"yes": 189}, "188 yes, 6 no, 0 abstain"),
        ("votes", {"yes": 188, "no": 6, "abstain": 1}, "188 yes, 6 no, 0 abstain"),
        ("votes", {"yes": 188, "absent": 0}, "188 yes, 6 no, 0 abstain"),
        ("with", ["SWE"], ""),
    ],
)
def test_account_that_tells_another_thing_contradicts_and_says_which(field: str, value: Any, on_record: str) -> None:
    comparison = against(account(**{field: value}), VOTE)
    assert comparison.match is Match.CONTRADICTS
    assert [(found.field, found.on_record) for found in comparison.differences] == [(field, on_record)]


def test_outcome_contradicts_only_where_the_record_has_another() -> None:
    lost = event("se2022-hu-vote", "chamber_vote", "HUN", "2024-02-26", office="National Assembly", outcome="lost")
    assert against(account(lost, outcome="carried"), lost).match is Match.CONTRADICTS
    assert against(account(lost, outcome="lost"), lost).match is Match.AGREES


@pytest.mark.parametrize("left_out", ["date", "office"])
def test_vote_without_its_day_or_body_is_only_perhaps_on_record(left_out: str) -> None:
    assert against(account(**{left_out: ""}), VOTE).match is Match.PERHAPS


def test_account_with_the_key_needs_neither_day_nor_body() -> None:
    assert against({**account(date="", office=""), "key": VOTE.key}, VOTE).match is Match.AGREES


def test_act_of_another_day_contradicts_whatever_kind_it_is() -> None:
    assert against(account(SIGNED, date="2024-03-06"), SIGNED).match is Match.CONTRADICTS


def test_account_that_names_some_of_those_who_were_there_agrees() -> None:
    others: dict[str, Any] = {"with": ["FIN", "SWE"]}
    talks = event("se2022-talks", "invitation", "NATO", "2022-06-29", **others)
    assert against(account(talks, **{"with": ["SWE"]}), talks).match is Match.AGREES
    assert against(account(talks, **{"with": ["SWE", "TUR"]}), talks).match is Match.CONTRADICTS


def test_vote_in_another_chamber_is_another_act() -> None:
    assert against(account(office="Senate"), VOTE) == Comparison(Match.NEW)


def test_other_acts_are_known_by_their_kind_whatever_the_body_is_called() -> None:
    comparison = against(account(SIGNED, office="Head of state"), SIGNED)
    assert comparison.match is Match.AGREES
    assert [found.field for found in comparison.differences] == ["office"]
    assert against(account(SIGNED, office=""), SIGNED).match is Match.AGREES


@pytest.mark.parametrize("other", [{"accession": "FIN"}, {"actor": "TUR"}, {"kind": "consent"}, {"planned": True}])
def test_act_of_another_on_something_else_or_only_announced_is_new(other: dict[str, Any]) -> None:
    assert against(account(**other), VOTE).match is Match.NEW


def test_act_is_not_on_record_because_its_plan_is() -> None:
    plan = VOTE.model_copy(update={"planned": True})
    assert against(account(), plan).match is Match.NEW
    assert against(account(planned=True), plan).match is Match.AGREES


def test_step_that_may_come_again_is_the_same_only_on_the_same_day() -> None:
    assert against(account(PUBLISHED), PUBLISHED).match is Match.AGREES
    assert against(account(PUBLISHED, date="2024-03-06"), PUBLISHED).match is Match.NEW


def test_what_comes_in_numbers_is_known_by_its_key_alone() -> None:
    meeting = event("se2022-tr-meeting", "meeting", "TUR", "2023-07-10")
    assert not same_act(account(meeting), meeting)
    assert against({**account(meeting), "key": meeting.key}, meeting).match is Match.AGREES


def test_key_says_which_event_is_meant_whatever_else_is_told() -> None:
    told = {**account(actor="TUR", planned=True), "key": VOTE.key}
    comparison = against(told, VOTE)
    assert comparison.match is Match.CONTRADICTS
    assert [(found.field, found.proposed, found.on_record) for found in comparison.differences] == [
        ("planned", "yes", "no"),
        ("actor", "TUR", "HUN"),
    ]


def test_of_two_readings_the_one_that_agrees_is_meant_and_else_the_first() -> None:
    first = event("reading-1", "chamber_vote", "HUN", "2024-02-19", office="National Assembly")
    assert against(account(), first, VOTE).fact == VOTE
    assert against(account(), VOTE, first).fact == VOTE
    assert against(account(date="2024-02-20", votes=None), first, VOTE).fact == first


def test_values_are_said_on_one_line_in_the_order_of_the_fact() -> None:
    assert say({"no": 6, "yes": 188, "abstain": None}) == "188 yes, 6 no"
    assert [say(("FIN", "SWE")), say(None), say("")] == ["FIN, SWE", "", ""]
