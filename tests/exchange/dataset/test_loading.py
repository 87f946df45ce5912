"""Loading the shipped data: whole, once, in order of date; a changed fact is put right in the open."""

import json
from datetime import date
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.facts import SOURCE, add_source, rectify_event, retract_event
from tracker.domain.facts import Source
from tracker.domain.vocabulary import Confidence, Origin
from tracker.exchange.dataset import SHIPPED, export_dataset, find_differences, load_dataset, read_dataset
from tracker.exchange.dataset.shipped_log import read_log
from tracker.models import (
    Accession,
    Assessment,
    Change,
    Citation,
    Commitment,
    Conflict,
    Event,
    Party,
    Procedure,
    Ratification,
    Rectification,
)
from tracker.models.facts_of_rows import event_fact
from tracker.readmodel.record import current_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped"), pytest.mark.slow]

FILES = ("parties.jsonl", "procedures.jsonl", "events.jsonl", "commitments.jsonl")
KEY = "se2022-tr-deposited"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped files that a test may change."""
    for name in FILES:
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    return tmp_path


def edit(path: Path, fact: str, **changes: object) -> None:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    told = [{**line, **changes} if line.get("key") == fact else line for line in lines]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in told), encoding="utf-8")


def standing(key: str) -> Event:
    return Event.objects.standing().with_parts().get(key=key)


def test_nothing_of_the_shipped_data_is_dropped() -> None:
    counts = [model.objects.count() for model in (Party, Procedure, Commitment)]
    events = Event.objects.standing()

    assert counts == [51, 32, 62]
    assert Assessment.objects.known_at(current_edition()).count() == 302
    assert events.count() == 1149
    assert Conflict.objects.exclude(event__in=Event.objects.exclude(pk__in=events)).count() == 132
    assert Citation.objects.exclude(event__in=Event.objects.exclude(pk__in=events)).count() == 3329
    assert (Accession.objects.count(), Ratification.objects.count()) == (23, 404)


def test_a_second_load_changes_nothing_and_logs_nothing() -> None:
    edition = current_edition()

    found = load_dataset(read_dataset())

    assert found.nothing
    assert current_edition() == edition


def test_the_export_gives_the_same_bytes(tmp_path: Path) -> None:
    export_dataset(tmp_path)

    assert all((tmp_path / name).read_bytes() == (SHIPPED / name).read_bytes() for name in FILES)


def test_the_log_reads_as_history_and_tells_nobody() -> None:
    ends = [one.last for one in read_log()]
    entries = Change.objects.filter(type="event.recorded").order_by("position")
    by_release = [
        [one.earliest or date.min for one in entries if first < one.position <= last]
        for first, last in pairwise([0, *ends])
    ]

    assert [len(days) for days in by_release] == [1028, 189, 0, 3]
    assert all(days == sorted(days) for days in by_release)
    assert set(Change.objects.values_list("origin", "notify")) == {(Origin.DATASET, False)}
    positions = Change.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, current_edition() + 1))


def test_every_unsourced_event_is_marked_as_general_knowledge() -> None:
    unsourced = Event.objects.standing().filter(citations__isnull=True)

    assert unsourced.count() == 30
    assert set(unsourced.values_list("confidence", flat=True)) == {Confidence.LOW}


def test_a_changed_fact_becomes_a_rectification(folder: Path) -> None:
    edit(folder / "events.jsonl", KEY, date="2024-01-27")
    edition = current_edition()

    found = load_dataset(read_dataset(folder))

    assert [fact.key for fact in found.events.changed] == [KEY]
    rectification = Rectification.objects.get(position__gt=edition)
    assert (rectification.key, rectification.was["date"], rectification.origin) == (KEY, "2024-01-26", Origin.DATASET)
    assert standing(KEY).version == 3
    assert load_dataset(read_dataset(folder)).nothing


def test_a_new_source_is_added_and_nothing_else_moves(folder: Path) -> None:
    fact = event_fact(standing(KEY))
    better = {**fact.sources[0].document(), "url": "https://example.org/better"}
    edit(folder / "events.jsonl", KEY, sources=[*(one.document() for one in fact.sources), better])

    edition = current_edition()
    load_dataset(read_dataset(folder))

    assert not Rectification.objects.filter(position__gt=edition).exists()
    assert standing(KEY).citations.count() == len(fact.sources) + 1


def test_what_was_put_right_here_is_not_undone_by_a_load(folder: Path) -> None:
    fact = event_fact(standing(KEY)).model_copy(update={"title": "Put right by an editor"})
    rectify_event(KEY, fact, reason="The title was wrong.", by=None)
    retract_event("se2022-hu-deposited", reason="Not on this day.", by=None)
    edit(folder / "events.jsonl", KEY, title="Told otherwise by a later dataset")
    edition = current_edition()

    found = load_dataset(read_dataset(folder))

    assert [one.key for one in found.events.kept] == [KEY]
    assert current_edition() == edition
    assert standing(KEY).title == "Put right by an editor"


def test_a_source_added_here_is_kept_by_a_load() -> None:
    add_source(KEY, Source.model_validate(SOURCE), by=None)

    assert load_dataset(read_dataset()).nothing


@pytest.mark.parametrize(
    ("file", "line", "because"),
    [
        ("events.jsonl", "{not json", "Invalid JSON"),
        ("events.jsonl", '{"key": "x"}', "actor: Field required"),
        ("procedures.jsonl", "[]", "line: "),
        ("commitments.jsonl", '{"key": "Not A Key"}', "key: String should match"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_loaded(folder: Path, file: str, line: str, because: str) -> None:
    path = folder / file
    number = len(path.read_text(encoding="utf-8").splitlines()) + 1
    edit(folder / "events.jsonl", KEY, title="Never loaded")
    with path.open("a", encoding="utf-8") as end:
        end.write(line + "\n")
    edition = current_edition()

    with pytest.raises(CommandError) as refusal:
        call_command("load_dataset", folder)

    assert f"{file}, line {number}: " in str(refusal.value)
    assert because in str(refusal.value)
    assert current_edition() == edition


def test_every_bad_line_is_told_at_once(folder: Path) -> None:
    for file in ("parties.jsonl", "events.jsonl"):
        with (folder / file).open("a", encoding="utf-8") as end:
            end.write("{}\n{}\n")

    with pytest.raises(CommandError, match="4 lines cannot be read"):
        call_command("load_dataset", folder)


def test_a_key_given_twice_is_refused(folder: Path) -> None:
    path = folder / "events.jsonl"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    with path.open("a", encoding="utf-8") as end:
        end.write(first + "\n")

    with pytest.raises(CommandError, match=r"line 1150: key .* stands in line 1 already"):
        call_command("load_dataset", folder)


def test_an_act_that_cannot_be_refuses_the_whole_load(folder: Path) -> None:
    edit(folder / "events.jsonl", KEY, key="se2022-at-deposited", actor="AUT")
    edition = current_edition()

    with pytest.raises(CommandError, match="There is no ratification SWE/AUT"):
        call_command("load_dataset", folder)

    assert current_edition() == edition


def test_a_file_that_is_not_text_is_named(folder: Path) -> None:
    (folder / "parties.jsonl").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CommandError, match=r"parties\.jsonl: the file cannot be read as UTF-8"):
        call_command("load_dataset", folder)


def test_dry_run_shows_the_difference_and_changes_nothing(folder: Path) -> None:
    edit(folder / "events.jsonl", KEY, date="2024-01-27")
    edition, out = current_edition(), StringIO()

    call_command("load_dataset", folder, "--dry-run", stdout=out)

    assert "events: 0 new, 1 changed" in out.getvalue()
    assert f"  changed: {KEY}" in out.getvalue()
    assert current_edition() == edition


def test_differences_of_the_shipped_data_are_none() -> None:
    assert find_differences(read_dataset()).nothing
