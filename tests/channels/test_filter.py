"""The filter language: what it reads, refuses, writes and lets through."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.facts import begin, claim, commitment, consent, event, record_event, rectify_event
from tracker.actions import log_transaction, record_assessments, record_commitment
from tracker.channels import stream
from tracker.domain.exceptions import BadParameter
from tracker.domain.vocabulary import ChangeType, EventKind, Stage
from tracker.models import Change, LogHead
from tracker.readmodel.log.filtering import PARAMETERS, LogFilter, Only

CODES = st.lists(st.sampled_from(["SWE", "FIN", "TUR", "HUN", "NATO"]), max_size=3, unique=True).map(tuple)
FILTERS = st.builds(
    LogFilter,
    accession=CODES,
    ally=CODES,
    state=CODES,
    type=st.lists(st.sampled_from(ChangeType.values), max_size=3, unique=True).map(tuple),
    kind=st.lists(st.sampled_from(EventKind.values), max_size=3, unique=True).map(tuple),
    stage=st.lists(st.sampled_from(Stage.values), max_size=2, unique=True).map(tuple),
    commitment=st.lists(st.sampled_from(["stop-support", "a-2"]), max_size=1).map(tuple),
    only=st.sampled_from(["", *Only]),
    minor=st.booleans(),
    q=st.sampled_from(["", "hungary", "no support", "sé-hun"]),
)


def tell(**parameters: str) -> list[Change]:
    """The entries that a filter lets through, oldest first."""
    return list(stream.after(0, LogFilter.read(parameters), LogHead.objects.get().position))


@given(FILTERS)
def test_a_filter_written_as_an_address_is_read_back_equal(wanted: LogFilter) -> None:
    assert LogFilter.read(dict(parse_qsl(wanted.query))) == wanted


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accession", "S1"),
        ("ally", "SWE;DROP"),
        ("type", "event.deleted"),
        ("kind", "ratified_all"),
        ("stage", "ratified"),
        ("only", "everything"),
        ("minor", "yes"),
        ("commitment", "a key"),
        ("q", "x" * 201),
        ("accession", ",".join(f"A{chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(61))),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadParameter) as refusal:
        LogFilter.read({name: value})

    assert (refusal.value.name, refusal.value.value) == (name, value)


@pytest.mark.django_db
class TestLetsThrough:
    """What arrives from a small record."""

    @pytest.fixture(autouse=True)
    def record(self) -> None:
        begin(consent())
        with log_transaction() as log:
            record_commitment(log, commitment())
            record_assessments(log, [("stop-support", claim())])
        record_event(event("fi-hun-visit", "statement", "HUN", "2023-01-01", "FIN", title="A visit"), by=None)

    def test_everything_without_a_filter(self) -> None:
        assert [entry.position for entry in tell()] == list(range(1, LogHead.objects.get().position + 1))

    @pytest.mark.parametrize(
        ("parameters", "types"),
        [
            ({"accession": "FIN", "type": "event.recorded"}, ["event.recorded"]),
            ({"ally": "HUN", "stage": "approved", "type": "stage.changed"}, ["stage.changed"]),
            ({"ally": "HUN", "stage": "approved", "kind": "consent"}, ["event.recorded"]),
            ({"commitment": "stop-support"}, ["commitment.recorded", "commitment.assessed"]),
            ({"state": "TUR", "type": "commitment.recorded"}, ["commitment.recorded"]),
            ({"q": "VISIT"}, ["event.recorded"]),
            ({"q": "nowhere"}, []),
        ],
    )
    def test_by_what_an_entry_is_about(self, parameters: dict[str, str], types: list[str]) -> None:
        assert [entry.type for entry in tell(**parameters)] == types

    def test_only_stages_leaves_events_and_claims_out(self) -> None:
        told = {entry.type for entry in tell(only="stages")}

        assert "stage.changed" in told
        assert not any(type_.startswith(("event", "commitment", "party")) for type_ in told)

    def test_a_plan_is_told_apart_from_what_has_happened(self) -> None:
        record_event(event("se-plan", "statement", "TUR", "2190-01-01"), by=None)

        assert [entry.event for entry in tell(only="plans")] == ["se-plan"]
        assert "se-plan" not in [entry.event for entry in tell(only="acts")]

    def test_small_repairs_come_only_when_asked_for(self) -> None:
        fact = consent(title="A better title")
        rectify_event("se-hun-consent", fact, reason="Title.", by=None, notify=False)
        last = LogHead.objects.get().position

        assert last not in [entry.position for entry in tell(ally="HUN")]
        assert last in [entry.position for entry in tell(ally="HUN", minor="true")]

    @given(wanted=FILTERS)
    def test_forwards_and_backwards_are_the_same_entries(self, wanted: LogFilter) -> None:
        end = LogHead.objects.get().position
        forwards = [entry.position for entry in stream.after(0, wanted, end)]

        assert forwards == [entry.position for entry in stream.newest(wanted, end)][::-1]


def test_every_parameter_has_a_reader() -> None:
    values: dict[str, Any] = {name: getattr(LogFilter(), name) for name in PARAMETERS}

    assert LogFilter.read({}) == LogFilter(**values)
