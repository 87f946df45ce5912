"""Every refusal is one sentence that names what it concerns, and carries it for whoever has to show it in its place."""

import inspect
from typing import Any

import pytest

from tracker.domain import exceptions
from tracker.domain.dates import PartialDate
from tracker.domain.exceptions import BadParameter, CannotRelease, TrackerError
from tracker.domain.vocabulary import Claim, EventKind, ReportState

# A value of each kind that a refusal takes, and how it stands in the sentence.
VALUES: dict[Any, list[tuple[Any, str]]] = {
    str: [(text, text) for text in ("first-text", "second-text", "third-text")],
    int: [(41, "41"), (43, "43")],
    Claim: [(Claim.REJECTED, str(Claim.REJECTED.label))],
    EventKind: [(EventKind.CHAMBER_VOTE, str(EventKind.CHAMBER_VOTE.label))],
    ReportState: [(ReportState.ACCEPTED, str(ReportState.ACCEPTED.label))],
    PartialDate: [(PartialDate.parse("2022-10"), "2022-10")],
    list[str]: [(["one reason", "another"], "one reason\nanother")],
}
REFUSALS = [
    refusal
    for _, refusal in inspect.getmembers(exceptions, inspect.isclass)
    if issubclass(refusal, TrackerError) and "__init__" in vars(refusal)
]


def made(refusal: type[TrackerError]) -> tuple[TrackerError, dict[str, tuple[Any, str]]]:
    """The refusal of such values, and the values by name."""
    parameters = list(inspect.signature(refusal).parameters.values())
    left = {kind: iter(values) for kind, values in VALUES.items()}
    given = {one.name: next(left[one.annotation]) for one in parameters}
    return refusal(*(value for value, _ in given.values())), given


@pytest.mark.parametrize("refusal", REFUSALS)
def test_refusal_carries_what_it_was_given_and_names_the_part_of_the_draft(refusal: type[TrackerError]) -> None:
    found, given = made(refusal)

    carried = {name: getattr(found, name) for name in given if hasattr(found, name)}
    assert carried == {name: value for name, (value, _) in given.items() if name in carried}
    assert isinstance(found.field, str)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_refusal_says_all_of_it_in_its_sentence_but_the_name_of_the_field(refusal: type[TrackerError]) -> None:
    found, given = made(refusal)

    missing = {name for name, (_, text) in given.items() if text not in str(found)}
    assert missing <= {"field"}


def test_value_of_a_parameter_is_shown_up_to_sixty_letters() -> None:
    whole, cut = (str(BadParameter("ally", "x" * length, "no")) for length in (60, 61))

    assert whole == f"ally=“{'x' * 60}” cannot be answered: no."
    assert cut == f"ally=“{'x' * 60}…” cannot be answered: no."
    assert BadParameter("ally", "x" * 61, "no").value == "x" * 61
    assert BadParameter("ally", "x", "no").field == "ally"


@pytest.mark.parametrize(("count", "end"), [(40, "reason 39"), (41, "… and 1 more"), (60, "… and 20 more")])
def test_reasons_against_a_release_are_shown_up_to_forty(count: int, end: str) -> None:
    lines = str(CannotRelease([f"reason {number}" for number in range(count)])).split("\n")

    assert lines[0] == "This is no release:"
    assert lines[1:41] == [f"reason {number}" for number in range(40)]
    assert lines[-1] == end
