"""In sync without missing a row: snapshot and changes, walks while somebody writes, and the slow replay."""

import csv
import importlib.util
import io
import json
import random
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import settings

from api.shapes import PAYLOADS, ChangeShape, Envelope, RectificationShape, SnapshotShape
from tests import facts
from tests.api.conftest import Reader
from tests.api.replay import answer, begun, days, members_on, replay
from tests.facts import (
    add_source,
    assess,
    check_ratification,
    record_event,
    rectify_assessment,
    rectify_event,
    retract_assessment,
    retract_event,
)
from tests.project.sources import ROOT
from tracker.actions import (
    Justification,
    add_assessment_sources,
    add_commitment_sources,
    correct_commitment,
    correct_party,
    correct_procedure,
    correct_statement,
    log_transaction,
    record_commitment,
    record_party,
    record_procedure,
    record_statement,
    retract_check,
)
from tracker.domain.facts import EventFact, Source, StatementFact
from tracker.domain.vocabulary import ChangeType
from tracker.models import Assessment, Change, Commitment, Event, Party, Procedure
from tracker.models.facts_of_rows import assessment_fact, commitment_fact, event_fact, party_fact, procedure_fact
from tracker.readmodel.record import current_edition

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# On how many days each of ten editions is asked: two hundred clocks where CI tries more cases of everything.
DAYS = settings().max_examples // 12

SOURCE = Source.model_validate(
    {"url": "https://example.org/new", "title": "New", "publisher": "Example", "class": "media", "published": "2024"}
)


def load_client() -> ModuleType:
    """The shipped example, as it is written."""
    spec = importlib.util.spec_from_file_location("mirror", ROOT / "docs/clients/mirror.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def some_event(rnd: random.Random) -> Event:
    """An event that stands."""
    return rnd.choice(list(Event.objects.standing().filter(kind__in=["statement", "meeting", "other"]).with_parts()))


def record(rnd: random.Random) -> None:
    """Put a statement on record."""
    fact = EventFact.model_validate(
        {
            "key": f"new-{rnd.getrandbits(40):x}",
            "accession": rnd.choice(["SWE", "FIN", None]),
            "actor": rnd.choice(["TUR", "HUN", "USA"]),
            "kind": "statement",
            "date": rnd.choice(["2023-10-30", "2023-11", "2022"]),
            "title": "Said something",
            "sources": [SOURCE],
            "confidence": "medium",
        }
    )
    record_event(fact, by=None)


def put_right(rnd: random.Random) -> None:
    """Replace an event by another telling of it."""
    fact = event_fact(some_event(rnd)).model_copy(update={"title": f"Put right {rnd.random()}", "sources": (SOURCE,)})
    rectify_event(fact.key, fact, reason="A slip.", by=None)


def move_stage(rnd: random.Random) -> None:
    """Take an ally's consent back, which moves its stage and the accession's counts."""
    consents = Event.objects.standing().filter(kind="consent", accession__in=["SWE", "FIN"])
    retract_event(rnd.choice(list(consents)).key, reason="It was another vote.", by=None)


def take_back(rnd: random.Random) -> None:
    """Retract an event."""
    retract_event(some_event(rnd).key, reason="It did not happen.", by=None)


def cite(rnd: random.Random) -> None:
    """Add a source to an event."""
    source = SOURCE.model_copy(update={"url": f"https://example.org/{rnd.random()}"})
    add_source(some_event(rnd).key, source, by=None)


def claim(rnd: random.Random) -> None:
    """Record, put right or take back what a party says of a commitment."""
    rows = list(Assessment.objects.filter(rectification__isnull=True).with_parts())
    row = rnd.choice(rows)
    fact = assessment_fact(row).model_copy(update={"sources": (SOURCE,), "note": f"{rnd.random()}"})
    match rnd.randrange(3):
        case 0:
            new = fact.model_copy(update={"key": f"new-{rnd.getrandbits(40):x}"})
            assess(row.commitment.key, new, by=None)
        case 1:
            rectify_assessment(fact.key, fact, reason="A slip.", by=None)
        case _:
            retract_assessment(fact.key, reason="It did not say so.", by=None)


def look(rnd: random.Random) -> None:
    """Say that a ratification was looked at."""
    check_ratification("SWE", rnd.choice(["TUR", "HUN", "DNK"]), by=None)


def look_away(rnd: random.Random) -> None:
    """Two checks of one ratification, of which the second, or the first, was a mistake."""
    ally = rnd.choice(["TUR", "HUN", "DNK"])
    for _ in range(2):
        check_ratification("SWE", ally)
    with log_transaction(notify=False) as log:
        retract_check(log, current_edition() - rnd.randint(0, 1), "Another ally was meant.")


def correct_reference(rnd: random.Random) -> None:
    """Put a state, a procedure and a commitment right."""
    justification = Justification("A slip.")
    with log_transaction() as log:
        party = party_fact(rnd.choice(list(Party.objects.for_display())))
        correct_party(log, party.model_copy(update={"capital": f"{rnd.random()}"}), justification)
        procedure = procedure_fact(rnd.choice(list(Procedure.objects.with_parts())))
        correct_procedure(log, procedure.model_copy(update={"notes": f"{rnd.random()}"}), justification)
        commitment = commitment_fact(rnd.choice(list(Commitment.objects.with_parts())))
        correct_commitment(log, commitment.model_copy(update={"detail": f"{rnd.random()}"}), justification)


def come(rnd: random.Random) -> None:
    """A new state, its procedure, its application, its protocol, and the same protocol taken back."""
    code = "".join(rnd.sample("QXZWYV", 3))
    if Party.objects.filter(code=code).exists():
        return
    with log_transaction() as log:
        record_party(log, facts.party(code))
        record_procedure(log, facts.procedure(code))
    signed = facts.event(f"{code.lower()}-signed", "protocol_signed", "NATO", "2025-03-01", code)
    record_event(facts.event(f"{code.lower()}-applied", "application", code, "2025-01-01", code), by=None)
    record_event(signed, by=None)
    retract_event(signed.key, reason="It was another protocol.", by=None)


def promise(rnd: random.Random) -> None:
    """A new commitment, and a further source of it, of an older one, and of a claim."""
    source = SOURCE.model_copy(update={"url": f"https://example.org/{rnd.random()}"})
    with log_transaction() as log:
        record_commitment(log, facts.commitment(f"new-{rnd.getrandbits(40):x}", assessments=[]))
        for one in rnd.sample(list(Commitment.objects.with_parts()), 2):
            add_commitment_sources(log, one, [source])
        standing = Assessment.objects.filter(rectification__isnull=True).select_related("commitment").with_parts()
        add_assessment_sources(log, rnd.choice(list(standing)), [source])


def say(rnd: random.Random) -> None:
    """A statement of two, put right, and another that is taken back."""
    speakers = [{"party": "TUR", "kind": "government", "office": "Foreign Ministry"}]
    told = {"date": "2023-11-02", "form": "spoken", "title": "Said it", "confidence": "medium", "sources": [SOURCE]}
    kept, gone = (
        StatementFact.model_validate({"key": f"new-{rnd.getrandbits(40):x}", "speakers": speakers, **told})
        for _ in range(2)
    )
    with log_transaction() as log:
        record_statement(log, kept)
        record_statement(log, gone)
        correct_statement(log, kept.key, kept.model_copy(update={"place": "Ankara"}), Justification("A slip."))
        correct_statement(log, gone.key, None, Justification("Nobody said so."))


WRITES: tuple[Callable[[random.Random], None], ...] = (
    record,
    put_right,
    move_stage,
    take_back,
    cite,
    claim,
    look,
    look_away,
    correct_reference,
    come,
    promise,
    say,
)


def write_everything(rnd: random.Random, times: int = 1) -> None:
    """Write something of every kind, in some order."""
    for _ in range(times):
        for write in rnd.sample(WRITES, len(WRITES)):
            write(rnd)


@pytest.mark.parametrize("seed", range(4))
def test_snapshot_and_the_changes_after_it_give_the_later_snapshot_byte_for_byte(
    shipped: None, reader: Reader, seed: int
) -> None:
    rnd = random.Random(seed)  # noqa: S311
    client = load_client()
    write_everything(rnd, 2)
    newest = current_edition()

    for _ in range(3):
        n, m = sorted(rnd.sample(range(newest + 1), 2))
        copy = json.loads(reader.fetch(f"snapshot/?known_at={n}").content)
        copy["meta"].setdefault("edition", n)
        for entry in reader.walk(f"changes/?after={n}&known_at={m}&limit=1000"):
            client.add(copy, entry)
        text = json.dumps(copy, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

        assert text.encode() == reader.fetch(f"snapshot/?known_at={m}").content


def test_every_type_of_change_is_among_those_that_the_test_writes_and_has_the_payload_described(shipped: None) -> None:
    before = current_edition()
    write_everything(random.Random(1), 6)  # noqa: S311

    written = Change.objects.after(before)
    assert set(written.values_list("type", flat=True)) == set(ChangeType)
    for entry in written:
        PAYLOADS[ChangeType(entry.type)].model_validate(entry.payload)


def test_snapshot_with_everything_in_it_has_the_shape_described(shipped: None, reader: Reader) -> None:
    write_everything(random.Random(2), 2)  # noqa: S311

    Envelope[SnapshotShape].model_validate(reader.fetch("snapshot/").json())
    for path, shape in {"changes/?limit=1000": ChangeShape, "rectifications/?limit=200": RectificationShape}.items():
        Envelope[list[shape]].model_validate(reader.fetch(path).json())  # type: ignore[valid-type]


def test_copy_that_is_ahead_of_the_site_is_told_so(shipped: None, reader: Reader) -> None:
    answer = reader.fetch(f"changes/?after={current_edition() + 1}")

    assert answer.status_code == 400
    assert "begin anew from the snapshot" in answer.json()["detail"]


# Every list that is walked by a cursor; the nested one has the rows of the other, and the log a test of its own.
LISTS = (
    "accessions/",
    "accessions/SWE/ratifications/",
    "commitments/",
    "events/",
    "procedures/",
    "ratifications/",
    "rectifications/",
    "sources/",
    "states/",
)


def step(reader: Reader, walks: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Go some pages on in each walk, given by the address that comes next; those that have not ended."""
    left = {}
    for following, rows in walks.items():
        address: str | None = following
        for _ in range(25):
            told = reader.fetch(str(address)).json()
            rows += told["data"]
            address = told["links"]["next"]
            if not address:
                break
        if address:
            left[address] = rows
    return left


def test_walks_see_one_edition_whatever_is_written_meanwhile(shipped: None, reader: Reader) -> None:
    rnd = random.Random(7)  # noqa: S311
    write_everything(rnd)
    expected = {path: reader.walk(f"{path}?limit=200") for path in LISTS}
    found: dict[tuple[str, int], list[Any]] = {(path, limit): [] for path in LISTS for limit in (1, 7, 200)}
    # A walk of a thousand single rows says nothing that one of forty does not.
    walks = {
        f"{path}?limit={limit}": rows for (path, limit), rows in found.items() if limit > 1 or len(expected[path]) < 50
    }

    walks = step(reader, walks)
    while walks:
        rnd.choice(WRITES)(rnd)
        walks = step(reader, walks)

    for (path, limit), rows in found.items():
        assert rows == expected[path] or (limit == 1 and rows == []), (path, limit)


@pytest.mark.parametrize("limit", [1, 7, 200])
def test_log_is_walked_without_gap_or_repetition_while_it_grows(shipped: None, reader: Reader, limit: int) -> None:
    rnd = random.Random(limit)  # noqa: S311
    begun = current_edition()
    write_everything(rnd)
    following, positions = f"changes/?after={begun}&limit={limit}", [begun]

    for _ in range(40):
        answer = reader.fetch(following).json()
        positions += [entry["position"] for entry in answer["data"]]
        following = answer["links"]["next"] or f"changes/?after={positions[-1]}&limit={limit}"
        rnd.choice((record, put_right, take_back, cite, look))(rnd)

    assert positions == list(range(begun, positions[-1] + 1))
    assert len(positions) > 40


def test_walk_asked_for_as_known_today_stays_in_its_edition(shipped: None, reader: Reader) -> None:
    today = timezone.now().date()
    first = reader.fetch(f"states/?known_at={today}&limit=30&fields=code,recorded").json()
    correct_reference(random.Random(1))  # noqa: S311

    second = reader.fetch(first["links"]["next"]).json()

    assert second["meta"] == first["meta"]
    assert len(first["data"] + second["data"]) == 44


@pytest.mark.timeout(600)
@pytest.mark.long
def test_random_clocks_agree_with_the_replay_of_the_log(shipped: None, reader: Reader) -> None:
    rnd = random.Random(2023)  # noqa: S311
    write_everything(rnd, 2)
    newest = current_edition()
    editions = sorted(rnd.sample(range(1200, newest + 1), 10))

    for edition in editions:
        found = replay(edition)
        for _ in range(DAYS):
            year = rnd.choice([rnd.randint(1949, 2026), 2022, 2023, 2024])
            day = f"{year}-{rnd.randint(1, 12):02d}-{rnd.randint(1, 28):02d}"
            clock = f"as_of={day}&known_at={edition}"
            rows = reader.data(f"accessions/?{clock}&fields=code,status,required&limit=200")
            told = {code: answer(found, code, day) for code in found.accessions if begun(found, code, day)}
            some = rnd.sample(sorted(told), min(4, len(told)))
            approved = reader.walk(f"ratifications/?accession={','.join(some)}&fields=key,stages&limit=200&{clock}")

            assert {row["code"]: (row["status"], row["required"]) for row in rows} == {
                code: (one["status"], one["required"]) for code, one in told.items()
            }
            for code in sorted(some, key=lambda one: int(told[one]["required"]))[-1:]:
                page = read_page(reader, f"/accessions/{code}/?{clock}")
                assert page == counts_of(reader, f"accessions/{code}/?{clock}")
                assert page["required"] in {told[code]["required"], None}
                assert set(page["pending"]).isdisjoint(told[code]["certain"])
            assert not some or {one["key"] for one in approved if by_act(one)} == {
                f"{code}/{ally}" for code in some for ally in told[code]["certain"]
            }
            members = reader.data(f"states/?member=true&fields=code&limit=200&{clock}")
            assert {one["code"] for one in members} == members_on(found, day)
            assert csv_keys(reader, f"events/?format=csv&fields=key&{clock}") == {
                key for key, event in found.events.items() if days(event["date"])[0] <= day
            }


def read_page(reader: Reader, address: str) -> dict[str, Any]:
    """What the page of an accession says of approval; no counts before its protocol is signed."""
    html = reader.get(address).content.decode()
    counts = re.search(r'#count-approved">[^<]*</a></dt>\s*<dd>(\d+) of (\d+)(?: <a[^>]*>(\d+) unknown)?', html)
    reached, required, unknown = counts.groups() if counts else (None, None, None)
    return {
        "reached": counts and int(reached or 0),
        "required": counts and int(required or 0),
        "unknown": counts and int(unknown or 0),
        "pending": sorted(re.findall(r'<tr class="pending">\s*<th[^>]*><a href="/accessions/\w+/(\w+)/', html)),
    }


def counts_of(reader: Reader, path: str) -> dict[str, Any]:
    """The same of its data."""
    data = reader.data(path)
    approved = data["counts"]["approved"]
    told = {"reached": approved["reached"], "required": data["required"], "unknown": approved["unknown"]}
    return {**(told if data["required"] else dict.fromkeys(told)), "pending": data["pending"]}


def by_act(row: Any) -> bool:
    """Whether approval was reached, and by an act on record, if within bounds that other acts drew closer."""
    stage = row["stages"]["approved"]
    return bool(stage["state"] == "reached" and stage["basis"] in {"act", "narrowed"})


def csv_keys(reader: Reader, path: str) -> set[str]:
    """The keys in a CSV."""
    return {row["key"] for row in csv.DictReader(io.StringIO(reader.fetch(path).content.decode()))}


def test_curl_example_of_the_documentation_is_answered(shipped: None, reader: Reader) -> None:
    [path] = re.findall(r'curl "http://localhost:8000([^"]+)"', (ROOT / "docs/api.md").read_text())

    assert reader.data(path)["pending"] == ["HUN", "TUR"]
