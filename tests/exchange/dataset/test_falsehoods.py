"""What was told wrongly once, and what is right: each a test, and each kind a property of the whole record."""

from collections.abc import Iterator
from datetime import date

import pytest

from tracker.domain.dates import PartialDate, Precision
from tracker.domain.standing import RatificationStanding, required_allies, rules_in_round
from tracker.domain.standing.procedures import completing_votes
from tracker.domain.vocabulary import AccessionStatus, Basis, EventKind, Milestone, Reached, Stage, StepState
from tracker.language.sentences import answer
from tracker.pages.drawings.ladders import draw_ladder_of
from tracker.readmodel import open_newest
from tracker.readmodel.ratifications import date_procedure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

TODAY = date(2026, 11, 29)


def stand(pair: str, day: date = TODAY) -> RatificationStanding:
    code, ally = pair.split("/")
    return open_newest().standing(code, day).ratifications[ally]


def steps_of(pair: str, day: date = TODAY) -> dict[str, tuple[StepState, str]]:
    """Each step's body, with how it stands and the day of the act that did it."""
    procedure = date_procedure(open_newest(), pair[:3], stand(pair, day))
    assert procedure is not None
    return {
        f"{one.fact.kind.value} {one.fact.body}": (one.state, str(one.event.occurred) if one.event else "")
        for one in procedure.steps
    }


def pairs() -> Iterator[tuple[str, str]]:
    for code, standing in open_newest().standings(TODAY).items():
        for ally in standing.ratifications:
            yield code, ally


@pytest.mark.parametrize(
    ("pair", "day"),
    [
        *((f"{code}/DNK", "2022-06-07") for code in ("FIN", "SWE")),
        *((f"{code}/ISL", "2022-06-07") for code in ("FIN", "SWE")),
        *((f"{code}/NOR", "2022-06-16") for code in ("FIN", "SWE")),
        *((f"{code}/ROU", "2022-07-20") for code in ("FIN", "SWE")),
        *((f"{code}/CAN", "2022-05-26") for code in ("FIN", "SWE")),
        *((f"{code}/GBR", "2022-07-06") for code in ("FIN", "SWE")),
        *((f"{code}/USA", "1952-02-07") for code in ("GRC", "TUR")),
        ("DEU/USA", "1955-04-01"),
        *((f"{code}/USA", "1998-04-30") for code in ("CZE", "HUN", "POL")),
        *((f"{code}/USA", "2003-05-08") for code in ("BGR", "EST", "LTU", "LVA", "ROU", "SVK", "SVN")),
        *((f"{code}/{ally}", day) for code in ("ALB", "HRV") for ally, day in (
            ("BGR", "2008-10-23"), ("ITA", "2008-12-22"), ("SVN", "2009-02-09"),
        )),
        ("MKD/ALB", "2019-02-14"), ("MKD/DNK", "2019-03-26"), ("MKD/ESP", "2020-03-17"), ("MKD/GRC", "2019-02-08"),
        ("MKD/HRV", "2019-03-01"), ("MKD/LTU", "2019-03-14"), ("MKD/LVA", "2019-05-16"), ("MKD/SVN", "2019-02-12"),
        ("MKD/USA", "2019-10-22"), ("MNE/HRV", "2016-11-25"), ("MNE/HUN", "2016-06-13"),
        ("MNE/LTU", "2016-11-03"), ("MNE/LVA", "2016-10-06"), ("MNE/USA", "2017-03-28"),
        ("MKD/ITA", "2019-10-16"), ("MNE/CZE", "2016-12-01"),
    ],
)  # fmt: skip
def test_approval_has_the_day_of_the_act_that_completed_it(pair: str, day: str) -> None:
    approved = stand(pair).dates[Stage.APPROVED]

    assert (str(approved.occurred), approved.basis) == (day, Basis.ACT)


@pytest.mark.parametrize(
    ("pair", "stage", "day"),
    [
        *((f"{code}/USA", Stage.ASSENTED, "1998-05-21") for code in ("CZE", "HUN", "POL")),
        *((f"{code}/USA", Stage.ASSENTED, "2022-08-09") for code in ("FIN", "SWE")),
        *((f"{code}/PRT", Stage.ASSENTED, "2022-09-19") for code in ("FIN", "SWE")),
        *((f"{code}/SVK", Stage.ASSENTED, "2022-09-28") for code in ("FIN", "SWE")),
        ("MNE/USA", Stage.ASSENTED, "2017-04-11"),
        *((f"{code}/USA", Stage.DEPOSITED, "2022-08-18") for code in ("FIN", "SWE")),
        *((f"{code}/ROU", Stage.DEPOSITED, "2022-08-22") for code in ("FIN", "SWE")),
        ("MKD/ESP", Stage.DEPOSITED, "2020-03-19"),
        ("MKD/SVK", Stage.DEPOSITED, "2019-05-22"),
        ("MKD/CZE", Stage.DEPOSITED, "2019-10-25"),
        ("ALB/CZE", Stage.DEPOSITED, "2009-01-21"),
        ("HRV/SVN", Stage.DEPOSITED, "2009-03-30"),
        ("HRV/SVN", Stage.ASSENTED, "2009-03-27"),
    ],
)
def test_stage_has_the_day_of_its_own_act(pair: str, stage: Stage, day: str) -> None:
    assert str(stand(pair).dates[stage].occurred) == day


@pytest.mark.parametrize("code", ["FIN", "SWE"])
def test_the_united_kingdom_waived_the_21_days_and_did_not_let_them_pass(code: str) -> None:
    steps = steps_of(f"{code}/GBR")

    assert steps["consent 21 sitting days without a resolution against"] == (StepState.NOT_USED, "")
    assert steps["consent Minister's statement of an exceptional case"] == (StepState.DONE, "2022-07-06")


@pytest.mark.parametrize("code", ["FIN", "SWE"])
def test_canada_acted_by_orders_in_council_and_its_house_took_no_part(code: str) -> None:
    steps = steps_of(f"{code}/CAN")

    assert steps["executive_approval Governor in Council (Cabinet)"] == (StepState.DONE, "2022-05-26")
    assert steps["chamber_vote House of Commons"][0] is not StepState.DONE


def test_the_folketing_does_not_lie_ahead_once_it_has_voted() -> None:
    assert steps_of("FIN/DNK", date(2022, 7, 6))["consent Folketing"] == (StepState.DONE, "2022-06-07")


@pytest.mark.parametrize(
    ("pair", "shown", "never"),
    [
        ("GRC/GBR", "consent 21 sitting days pass", "section 22"),
        ("GRC/PRT", "chamber_vote National Assembly", "Assembly of the Republic"),
        ("GRC/FRA", "chamber_opinion Council of the Republic", "chamber_vote Senate"),
        ("ESP/TUR", "chamber_vote National Security Council", "Grand National Assembly"),
        ("BGR/BEL", "chamber_vote Senate", "2022"),
        ("GRC/DNK", "chamber_vote Landsting", "2022"),
        ("GRC/ISL", "joint_sitting_vote United Althing", "chamber_vote Althing"),
    ],
)
def test_a_protocol_is_shown_the_procedure_of_its_time(pair: str, shown: str, never: str) -> None:
    steps = steps_of(pair)

    assert shown in steps
    assert not any(never in body for body in steps)
    assert all(state is not StepState.DONE for state, day in steps.values() if not day)


def test_finland_never_voted_on_sweden() -> None:
    finland = stand("SWE/FIN")

    assert str(finland.dates[Stage.DEPOSITED].occurred) == "2023-04-04"
    assert finland.dates[Stage.APPROVED].basis is Basis.LATER_ACT
    assert str(finland.required_from.occurred) == "2023-04-04"


def test_one_protocol_of_1951_is_told_once() -> None:
    edition = open_newest()
    votes = [one for one in edition.events if one.document["kind"] == "chamber_vote" and "1951-us" in one.key]

    assert sorted(one.key for one in votes) == ["gr1951-us-vote-senate", "gr1951-us-vote-voice"]
    for code in ("GRC", "TUR"):
        assert {one.key for one in edition.processes[code].acts_by_actor["USA"]} >= {"gr1951-us-vote-senate"}
        # The approval by voice vote was recalled: it counts for nothing.
        assert "gr1951-us-vote-voice" not in {one.key for one in edition.processes[code].acts_by_actor["USA"]}


def test_a_partnership_can_be_left_and_joined_again() -> None:
    malta = [one for one in open_newest().events if one.document["actor"] == "MLT"]
    told = [(one.document["kind"], str(one.occurred)) for one in malta if one.document["kind"].startswith("partner")]

    assert sorted(told, key=lambda pair: pair[1]) == [
        ("partnership_joined", "1995-04-26"),
        ("partnership_left", "1996-10-27"),
        ("partnership_joined", "2008-04-20"),
    ]


def test_no_approval_is_told_as_a_span_beside_a_dated_completing_vote() -> None:
    edition = open_newest()
    found = []
    for code, ally in pairs():
        process = edition.processes[code]
        needed = required_allies(process, edition.memberships)[ally]
        rules = edition.rules.get(ally)
        votes = completing_votes(process.acts_by_actor.get(ally, ()), rules_in_round(rules, needed), rules)
        approved = stand(f"{code}/{ally}").dates[Stage.APPROVED]
        if (
            votes
            and all(vote.occurred.precision is Precision.DAY for vote in votes)
            and approved.basis is not Basis.ACT
        ):
            found.append((code, ally))

    assert found == []


def test_no_step_of_a_law_is_done_before_the_law() -> None:
    edition = open_newest()
    for code, ally in pairs():
        procedure = date_procedure(edition, code, stand(f"{code}/{ally}"))
        for step in procedure.steps if procedure else ():
            first = procedure.fact.first_day if procedure else None
            if step.event is not None and first is not None:
                assert step.event.occurred.by(first) is not Reached.REACHED or step.event.occurred.latest == first


def test_no_plan_and_no_lost_vote_dates_a_stage() -> None:
    edition = open_newest()
    plans = {one.key for one in edition.events if one.document.get("planned")}
    lost = {one.key for one in edition.events if one.document.get("outcome") == "lost"}
    rested_on = {
        witness.key
        for code, ally in pairs()
        for dated in stand(f"{code}/{ally}").dates.values()
        for witness in dated.witnesses
    }

    assert rested_on
    assert rested_on.isdisjoint(plans | lost)


def test_no_act_is_later_than_all_of_its_sources() -> None:
    # A ceremony that was announced for its day, and is known from the announcement alone.
    announced = {"mk2019-mk-flag"}
    for event in open_newest().events:
        sources = event.document["sources"]
        published = [PartialDate.parse(one["published"]).latest for one in sources if one["published"]]
        if published and len(published) == len(sources) and event.occurred.earliest and event.key not in announced:
            assert event.occurred.earliest <= max(day for day in published if day), event.key


def test_no_milestone_lacks_its_own_event_kind() -> None:
    kinds = {one.document["kind"] for one in open_newest().events}
    world = {
        EventKind.REFERENDUM, EventKind.INVITATION_LETTER, EventKind.MAP_GRANTED, EventKind.MAP_REQUESTED,
        EventKind.PARTNERSHIP_LEFT, EventKind.APPLICANT_ASSENTED, EventKind.RECALLED, EventKind.STRUCTURE_LEFT,
        EventKind.STRUCTURE_REJOINED, EventKind.OPINION,
    }  # fmt: skip

    assert {kind.value for kind in world} <= kinds


@pytest.mark.parametrize(
    ("code", "day", "said", "never"),
    [
        ("TUR", date(1951, 12, 1), "No ally is known to have approved", "0 of 12"),
        ("DEU", date(1954, 12, 1), "No ally is known to have approved", "0 of 14"),
        ("MKD", date(2020, 1, 1), "At least 22 of 29 allies have approved", "22 of 29 allies have not"),
        ("SWE", date(2024, 3, 6), "on 26 February 2024, 601 days after signature", "610 days"),
        ("FIN", date(2023, 4, 3), "268 days after signature", "272 days"),
    ],
)
def test_the_answer_tells_no_more_than_is_known(code: str, day: date, said: str, never: str) -> None:
    edition = open_newest()

    told = answer(edition.standing(code, day), edition.names_in("en", day))

    assert said in told
    assert never not in told


def test_who_became_an_ally_later_signed_nothing() -> None:
    finland = stand("SWE/FIN")
    signed = open_newest().processes["SWE"].milestones[Milestone.SIGNED].occurred

    told = str(draw_ladder_of(finland, "Finland", signed))

    assert "Approval became required: reached, 4 April 2023" in told
    assert "Protocol signed" not in told
    assert "Protocol signed: reached, 5 July 2022" in str(draw_ladder_of(stand("SWE/TUR"), "Türkiye", signed))


def test_what_is_not_on_record_of_a_member_is_not_told_as_not_done() -> None:
    edition = open_newest()
    members = [one for one in edition.standings(TODAY).values() if one.status is AccessionStatus.MEMBER]

    assert len(members) == 20
    answers = {one.by(milestone) for one in members for milestone in (Milestone.APPLIED, Milestone.INVITED)}
    assert answers <= {Reached.REACHED, Reached.NOT_ON_RECORD}


def test_a_tick_rests_on_an_act() -> None:
    edition = open_newest()
    ticked = 0
    for code, ally in pairs():
        procedure = date_procedure(edition, code, stand(f"{code}/{ally}"))
        for step in procedure.steps if procedure else ():
            ticked += step.state is StepState.DONE
            assert (step.state is StepState.DONE) == (step.event is not None), (code, ally, step.fact.body)

    assert ticked


def test_a_title_names_the_state_as_it_was_called_on_that_day() -> None:
    later = (("Türkiye", date(2022, 6, 1)), ("Czechia", date(2016, 7, 5)), ("North Macedonia", date(2019, 2, 12)))
    ends = [(event, event.occurred.latest or date.max) for event in open_newest().events]

    # The protocol of 6 February 2019 has the new name in its own title, six days before it came into use.
    told = [(event.key, event.document["title"], end) for event, end in ends if event.key != "mk2019-nato-signed"]
    assert [key for key, title, end in told for name, since in later if name in title and end < since] == []


def test_the_place_that_romania_gave_itself_is_a_part_of_the_fact() -> None:
    edition = open_newest()

    for key in ("fi2022-ro-deposited", "se2022-ro-deposited"):
        event = edition.event(key)
        assert event is not None
        assert event.document["ordinal"] == {"number": 19, "of": None}
