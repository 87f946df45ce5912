"""An edition that goes on from the one before it is the same as one folded anew, whatever was asked in between."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, Final

import pytest

from tracker.domain.vocabulary import ChangeType
from tracker.exchange.dataset.shipped_log import entries_of, read_log
from tracker.readmodel import Edition, Entry, State, fold
from tracker.readmodel.carried import carry_over
from tracker.readmodel.events import RecordedEvent
from tracker.readmodel.fold import fold_on

DAYS: Final = (date(1952, 2, 18), date(2023, 10, 30), date(2024, 3, 7))
# Whatever an edition works out once; each of them is asked, or not, before the next entries come.
ASK: Final[Mapping[str, Callable[[Edition], Any]]] = {
    "events": lambda edition: [event.document for event in edition.events],
    "by accession": lambda edition: documents(edition.events_by_accession),
    "by actor": lambda edition: documents(edition.events_by_actor),
    "commitments": lambda edition: [(one.document, len(one.claims)) for one in edition.commitments],
    "parties": lambda edition: edition.parties,
    "states": lambda edition: edition.states,
    "rules": lambda edition: edition.rules,
    "memberships": lambda edition: edition.memberships,
    "begun": lambda edition: [edition.accessions_by(day) for day in DAYS],
    "processes": lambda edition: list(edition.processes.items()),
    "standings": lambda edition: [list(edition.standings(day).items()) for day in DAYS],
    "names": lambda edition: [edition.names_in(language, day) for language in ("en", "tr") for day in DAYS],
}
# Two accessions, what is nobody's in particular, and who was an ally.
LOG: Final = [
    entry
    for entry in entries_of(read_log())
    if entry.accession in ("SWE", "FIN", "")
    or (entry.type == ChangeType.EVENT_RECORDED and entry.payload["event"]["kind"] == "acceded")
]


def documents(groups: Mapping[str, Sequence[RecordedEvent]]) -> dict[str, list[Mapping[str, Any]]]:
    """What the groups hold, in their order; in which order the groups come says nothing."""
    return {name: [event.document for event in events] for name, events in groups.items()}


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """What the shipped log has of two accessions and of nobody's in particular, and after it what moves that."""
    shipped = [Entry(one.position, one.type, one.recorded_at, one.payload, one.root) for one in LOG]
    return [*shipped, *further(shipped)]


def further(shipped: list[Entry]) -> Iterator[Entry]:
    """One entry of each type that moves what was told before."""
    told = [entry.payload["event"] for entry in shipped if entry.type == ChangeType.EVENT_RECORDED]
    vote = next(event for event in told if event["key"] == "se2022-hu-consent")
    joined = next(event for event in told if event["kind"] == "acceded" and event["actor"] == "FIN")
    party = next(entry.payload for entry in shipped if entry.type == ChangeType.PARTY_RECORDED)["party"]
    procedures = [entry.payload for entry in shipped if entry.type == ChangeType.PROCEDURE_RECORDED]
    rules = next(payload["procedure"] for payload in procedures if payload["procedure"]["ally"] == "HUN")
    unruled = {**rules, "steps": [], "parliament_votes": False, "chambers_that_vote": []}
    new = {**vote, "key": "se2022-new", "date": "2023-01-05", "kind": "chamber_vote"}
    stood = {"rectification": 9001, "reason": "A slip.", "stood_from": "2026-01-01T00:00:00Z"}
    payloads: list[tuple[ChangeType, dict[str, Any]]] = [
        (ChangeType.EVENT_RECORDED, {"event": new, "version": 1}),
        (ChangeType.EVENT_RECTIFIED, {**stood, "key": vote["key"], "was": vote, "now": {**vote, "date": "2023-02"}}),
        (ChangeType.EVENT_SOURCED, {"event": vote["key"], "sources": vote["sources"]}),
        (ChangeType.EVENT_RECTIFIED, {**stood, "rectification": 9002, "key": new["key"], "was": new, "now": None}),
        (
            ChangeType.EVENT_RECTIFIED,
            {**stood, "rectification": 9003, "key": joined["key"], "was": joined, "now": None},
        ),
        (ChangeType.EVENT_RECORDED, {"event": joined, "version": 2}),
        (
            ChangeType.PARTY_RECTIFIED,
            {**stood, "rectification": 9005, "key": party["code"], "now": {**party, "names": []}},
        ),
        (
            ChangeType.EVENT_RECTIFIED,
            {**stood, "rectification": 9006, "key": vote["key"], "now": {**vote, "accession": "FIN"}},
        ),
        # Without its consent, whether Hungary had approved Sweden's protocol follows from its procedure.
        (ChangeType.PROCEDURE_RECTIFIED, {**stood, "rectification": 9004, "key": "HUN", "now": unruled}),
        (ChangeType.ACCESSION_OPENED, {"accession": "ZZZ"}),
        (ChangeType.PROCEDURE_RECTIFIED, {**stood, "rectification": 9007, "key": "HUN", "now": rules}),
    ]
    for number, (type_, payload) in enumerate(payloads, shipped[-1].position + 1):
        yield Entry(number, type_, datetime(2026, 6, 1, tzinfo=UTC), payload, f"{number:064x}")


@pytest.mark.parametrize("seed", range(3))
def test_edition_that_goes_on_says_what_one_folded_anew_says(entries: list[Entry], seed: int) -> None:
    rnd = random.Random(seed)  # noqa: S311  # no secret
    # The last entries one by one, since each moves another part of what was worked out.
    cuts = sorted(rnd.sample(range(1, len(entries) - 11), 6)) + list(range(len(entries) - 11, len(entries) + 1))
    edition = Edition(State())
    for start, end in pairwise([0, *cuts]):
        state, touched = fold_on(edition.state, entries[start:end])
        edition = carry_over(edition, Edition(state), touched)
        asked = rnd.sample(sorted(ASK), rnd.randint(0, len(ASK))) if seed else ASK
        anew = Edition(fold(State(), entries[:end]))
        for name in asked:
            assert ASK[name](edition) == ASK[name](anew), (name, start, end)


def test_entry_on_one_accession_leaves_what_follows_from_the_others_as_it_is(entries: list[Entry]) -> None:
    before = Edition(fold(State(), entries[:-11]))
    stood = before.standings(DAYS[1])
    state, touched = fold_on(before.state, entries[-11:-10])
    after = carry_over(before, Edition(state), touched)

    assert touched == {"events": frozenset({"se2022-new"})}
    assert [code for code in stood if after.standings(DAYS[1])[code] is not stood[code]] == ["SWE"]
    assert [code for code in stood if after.processes[code] is not before.processes[code]] == ["SWE"]
    assert after.state.parties is before.state.parties
    assert after.memberships is before.memberships
    assert "se2022-new" not in before.state.events
