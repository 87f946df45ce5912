"""Milestones, the allies that a protocol needs, and how many have come how far."""

from datetime import date

import pytest

from tracker.domain.dates import PartialDate
from tracker.domain.standing import AccessionStanding, Act, memberships_in, process_of, required_allies, stand_accession
from tracker.domain.vocabulary import AccessionStatus, EventKind, Milestone, Reached, Stage


def act(kind: EventKind, actor: str, on: str, accession: str | None = "SWE") -> Act:
    return Act(f"{kind}-{actor}-{on}", kind, actor, PartialDate.parse(on), accession)


FOUNDERS = [act(EventKind.ACCEDED, ally, "1949-08-24", None) for ally in ("NOR", "USA")]
APPLIED = act(EventKind.APPLICATION, "SWE", "2022-05-18")
INVITED = act(EventKind.INVITATION, "NATO", "2022-06-29")
SIGNED = act(EventKind.PROTOCOL_SIGNED, "NATO", "2022-07-05")
IN_FORCE = act(EventKind.PROTOCOL_IN_FORCE, "NATO", "2024-03-07")
ACCEDED = act(EventKind.ACCEDED, "SWE", "2024-03-07")
ALL = [*FOUNDERS, APPLIED, INVITED, SIGNED, IN_FORCE, ACCEDED]


def stand(acts: list[Act], day: str) -> AccessionStanding:
    on_sweden = [one for one in acts if one.accession == "SWE"]
    return stand_accession(process_of("SWE", on_sweden), memberships_in(acts), {}, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2022-05-17", AccessionStatus.ASPIRANT),
        ("2022-05-18", AccessionStatus.APPLICANT),
        ("2022-06-29", AccessionStatus.INVITED),
        ("2022-07-05", AccessionStatus.SIGNED),
        ("2024-03-06", AccessionStatus.SIGNED),
        ("2024-03-07", AccessionStatus.MEMBER),
    ],
)
def test_status_is_the_last_milestone_passed(day: str, status: AccessionStatus) -> None:
    assert stand(ALL, day).status is status


def test_in_force_and_not_acceded_is_a_status_of_its_own() -> None:
    assert stand([*FOUNDERS, SIGNED, IN_FORCE], "2024-03-08").status is AccessionStatus.IN_FORCE


def test_withdrawal_outweighs_what_came_before() -> None:
    acts = [*FOUNDERS, APPLIED, act(EventKind.WITHDRAWN, "SWE", "2022-06-01")]

    assert stand(acts, "2022-05-31").status is AccessionStatus.APPLICANT
    assert stand(acts, "2022-06-01").status is AccessionStatus.WITHDRAWN


@pytest.mark.parametrize(
    ("joined", "needed"),
    [("2022-07-05", True), ("2023-04-04", True), ("2024-03-06", True), ("2024-03-07", False), ("2025-01-01", False)],
)
def test_a_state_is_needed_if_it_joins_before_the_protocol_is_in_force(joined: str, needed: bool) -> None:
    acts = [*ALL, act(EventKind.ACCEDED, "FIN", joined, "FIN")]

    required = required_allies(process_of("SWE", [SIGNED, IN_FORCE]), memberships_in(acts))

    assert ("FIN" in required) is needed


def test_the_required_set_grows_on_the_day_a_state_joins() -> None:
    acts = [*FOUNDERS, SIGNED, act(EventKind.ACCEDED, "FIN", "2023-04-04", "FIN")]

    assert [one.ally for one in stand(acts, "2023-04-03").required] == ["NOR", "USA"]
    assert [one.ally for one in stand(acts, "2023-04-04").required] == ["FIN", "NOR", "USA"]


def test_the_applicant_never_needs_itself() -> None:
    assert "SWE" not in required_allies(process_of("SWE", [SIGNED]), memberships_in(ALL))


def test_nobody_is_required_before_the_signature() -> None:
    standing = stand(ALL, "2022-07-04")

    assert standing.required == ()
    assert standing.counts[Stage.APPROVED] == {Reached.REACHED: 0, Reached.UNKNOWN: 0, Reached.NOT_REACHED: 0}
    assert standing.days_since_signature is None


def test_days_are_not_counted_from_a_signature_without_a_day() -> None:
    signed = act(EventKind.PROTOCOL_SIGNED, "NATO", "2022-07")

    assert stand([*FOUNDERS, signed], "2022-09-01").days_since_signature is None


def test_an_imprecise_milestone_is_passed_when_its_last_day_is() -> None:
    invited = act(EventKind.INVITATION, "NATO", "2002-11")

    standing = stand([*FOUNDERS, invited], "2002-11-15")

    assert standing.by(Milestone.INVITED) is Reached.UNKNOWN
    assert standing.status is AccessionStatus.ASPIRANT


@pytest.mark.parametrize(("day", "days"), [("2022-07-04", None), ("2022-07-05", 0), ("2022-07-06", 1)])
def test_days_since_signature_begin_with_the_day_itself(day: str, days: int | None) -> None:
    assert stand(ALL, day).days_since_signature == days


def test_days_since_signature_end_with_the_accession() -> None:
    signed, acceded = act(EventKind.PROTOCOL_SIGNED, "NATO", "2022-07-05"), act(EventKind.ACCEDED, "SWE", "2024-03-07")
    acts = [*FOUNDERS, signed, acceded]

    days = [stand(acts, day).days_since_signature for day in ("2024-03-06", "2024-03-07", "2024-03-08", "2026-11-29")]

    assert days == [610, 611, 611, 611]


def test_a_milestone_without_evidence_is_not_on_record_whatever_came_later() -> None:
    standing = stand([*FOUNDERS, SIGNED, IN_FORCE, ACCEDED], "2024-03-08")

    assert standing.by(Milestone.APPLIED) is Reached.NOT_ON_RECORD
    assert standing.status is AccessionStatus.MEMBER


def test_of_a_protocol_under_way_what_is_not_on_record_had_not_been_done() -> None:
    norway = stand([*FOUNDERS, SIGNED], "2022-08-01").ratifications["NOR"]

    assert norway.approval is Reached.NOT_REACHED
    assert norway.on(Stage.APPROVED).state is Reached.NOT_REACHED
    assert stand([*FOUNDERS, SIGNED], "2022-08-01").pending == ("NOR", "USA")


def test_an_application_after_the_withdrawal_takes_it_up_again() -> None:
    first, again = APPLIED, act(EventKind.APPLICATION, "SWE", "2022-07-01")
    withdrawn = act(EventKind.WITHDRAWN, "SWE", "2022-06-01")
    acts = [*FOUNDERS, first, withdrawn, again]

    assert stand(acts, "2022-06-30").status is AccessionStatus.WITHDRAWN
    assert stand(acts, "2022-07-01").status is AccessionStatus.APPLICANT
    assert stand([*acts, SIGNED], "2022-07-05").status is AccessionStatus.SIGNED
    # An invitation from before the withdrawal is none for what was begun anew.
    invited = act(EventKind.INVITATION, "NATO", "2022-05-20")
    assert stand([*acts, invited], "2022-07-01").status is AccessionStatus.APPLICANT
