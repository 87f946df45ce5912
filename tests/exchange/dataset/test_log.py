"""The shipped log: it folds into the shipped facts, a fresh record replays it, an older one takes what is new."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.exchange.dataset.test_reloading import OTHER, edit
from tests.facts import BEGINNING, SOURCE, STATES, claim, commitment, event, party, procedure
from tracker.actions import log_transaction, record_event, settle_all
from tracker.domain.exceptions import CannotRelease, NotAReadableLog
from tracker.domain.merkle import root_of
from tracker.exchange.dataset import SHIPPED, load_dataset, load_shipped, read_dataset
from tracker.exchange.dataset.files import write_lines
from tracker.exchange.dataset.folded import differences_between, facts_of, fold_entries
from tracker.exchange.dataset.lines import compare_with_published
from tracker.exchange.dataset.releasing import occasion_on, release, remake
from tracker.exchange.dataset.shipped_log import LOG, Release, entries_of, read_log
from tracker.exchange.package import build_package
from tracker.models import Change, Event, LogHead, Rectification
from tracker.models.facts_of_rows import event_fact
from tracker.readmodel import forget_editions, open_edition
from tracker.readmodel.record import current_edition, current_mark
from tracker.readmodel.release_entries import entry_bytes, write_snapshot

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)
LATER = date(2026, 11, 29)
TOLD = event("hu-told", "statement", "HUN", "2023", confidence="low", sources=[])
BY_RULE = ("accession.opened", "accession.changed", "requirement.added", "requirement.removed", "stage.changed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small dataset with its first release."""
    write_lines(tmp_path / "parties.jsonl", [*(party(code) for code in STATES), party("NATO", "organisation")])
    write_lines(tmp_path / "procedures.jsonl", [procedure("HUN")])
    write_lines(tmp_path / "events.jsonl", [*BEGINNING, TOLD])
    write_lines(tmp_path / "commitments.jsonl", [commitment(assessments=[claim().document()])])
    release(tmp_path, occasion_on(DAY, "The first release.", {}))
    return tmp_path


def everything() -> dict[str, bytes]:
    """The snapshot, the log and the package of the record, as they are handed out."""
    forget_editions()
    mark = current_mark()
    edition = open_edition(mark.edition, mark.root)
    log = b"\n".join(entry_bytes(entry) for entry in Change.objects.order_by("position"))
    return {**build_package(edition), "snapshot": write_snapshot(edition.state), "log": log}


def rows() -> dict[str, list[Any]]:
    """Every row of the record, without the numbers that a database gives them."""
    found: dict[str, list[Any]] = {}
    for model in (*Event._meta.apps.get_app_config("tracker").get_models(include_auto_created=True),):
        keys = {field.attname for field in model._meta.concrete_fields} - {"id"}
        found[model.__name__] = sorted(
            repr([(key, _plain(row, key)) for key in sorted(keys)]) for row in model._default_manager.all()
        )
    return found


def _plain(row: Any, key: str) -> Any:
    """The value of the column; of a row that another points to by number, what names it."""
    field = row._meta.get_field(key.removesuffix("_id")) if key.endswith("_id") else None
    target = getattr(row, key.removesuffix("_id")) if field is not None and field.is_relation else None
    return str(target) if target is not None else getattr(row, key)


def second_release(folder: Path) -> Release:
    """A fact added, one put right, one better sourced, one taken back."""
    facts = read_dataset(folder)
    write_lines(
        folder / "events.jsonl",
        [
            *(
                one.model_copy(update={"title": "Put right"}) if one.key == "se-signed" else one
                for one in facts.events
                if one.key != "hu-told"
            ),
            event("hu-consent", "consent", "HUN", "2024-02-26"),
        ],
    )
    edit(folder / "commitments.jsonl", lambda line: line["assessments"][0].update(sources=[SOURCE, OTHER]))
    reasons = {("event", "se-signed"): "The title was wrong.", ("event", "hu-told"): "It was never said."}
    return release(folder, occasion_on(LATER, "The second release.", reasons))[0]


def rolled_back(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What the work found, on a record of its own."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


def test_the_shipped_log_folds_into_the_shipped_facts() -> None:
    releases = read_log()

    differences = differences_between(facts_of(fold_entries(entries_of(releases))), read_dataset())

    assert differences.nothing, "release_dataset makes the next release; --remake one that is not published yet"
    assert [one.number for one in releases] == list(range(1, len(releases) + 1))


def test_the_shipped_log_is_what_the_rules_say_of_the_shipped_facts() -> None:
    load_shipped()

    with log_transaction() as log:
        drift = settle_all(log, log.today)

    assert drift == 0, "rules or documents changed: release_dataset --remake writes an unpublished log anew"


def test_the_shipped_log_made_anew_is_the_same_bytes(tmp_path: Path) -> None:
    for path in SHIPPED.rglob("*.jsonl"):
        target = tmp_path / path.relative_to(SHIPPED)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())

    remake(tmp_path)

    changed = [path.name for path in SHIPPED.rglob("*.jsonl") if path.read_bytes() != _twin(path, tmp_path)]
    assert changed == [], "release_dataset --remake writes an unpublished log anew"
    assert current_edition() == 0


def _twin(path: Path, folder: Path) -> bytes:
    return (folder / path.relative_to(SHIPPED)).read_bytes()


def test_replaying_the_log_gives_the_rows_that_its_actions_wrote(folder: Path) -> None:
    second_release(folder)
    releases = read_log(folder / LOG.name)

    def acted() -> dict[str, Any]:
        """The first release by the actions, and the second as the releasing does it."""
        load_shipped(folder=folder)
        return rows()

    def replayed_in_two_steps() -> dict[str, Any]:
        (folder / LOG.name / "0002.jsonl").rename(folder / "0002")
        load_shipped(folder=folder)
        (folder / "0002").rename(folder / LOG.name / "0002.jsonl")
        load_shipped(folder=folder)
        return rows()

    once, twice = rolled_back(acted), rolled_back(replayed_in_two_steps)

    assert once == twice
    assert len(once["Change"]) == releases[-1].last
    assert len(once["Rectification"]) == 2


def test_replay_of_the_first_release_has_the_rows_of_the_actions(folder: Path) -> None:
    moment = datetime(2026, 11, 22, tzinfo=UTC)

    def replayed() -> dict[str, Any]:
        load_shipped(folder=folder)
        return rows()

    def acted() -> dict[str, Any]:
        from_facts(folder, moment)
        return rows()

    assert rolled_back(replayed) == rolled_back(acted)


def from_facts(folder: Path, moment: datetime) -> None:
    """The record as the actions write it from the facts, at that moment."""
    dataset = read_dataset(folder)
    with log_transaction(origin=Origin.DATASET, note="The first release.", moment=moment) as log:
        enter_differences(log, dataset, find_differences(dataset), {})


def test_an_upgraded_record_and_a_fresh_one_are_the_same_bytes(folder: Path) -> None:
    second_release(folder)

    def fresh() -> dict[str, Any]:
        load_shipped(folder=folder)
        return everything()

    def upgraded() -> dict[str, Any]:
        (folder / LOG.name / "0002.jsonl").rename(folder / "0002")
        load_shipped(folder=folder)
        (folder / "0002").rename(folder / LOG.name / "0002.jsonl")
        load_shipped(folder=folder)
        return everything()

    one, other = rolled_back(fresh), rolled_back(upgraded)

    assert [name for name in one if one[name] != other[name]] == []
    assert one.keys() == other.keys()


def test_a_second_load_of_the_log_changes_nothing(folder: Path) -> None:
    load_shipped(folder=folder)
    root = current_mark().root

    assert load_shipped(folder=folder) == []
    assert current_mark().root == root


def test_each_entry_of_a_release_has_its_moment_its_note_and_its_root(folder: Path) -> None:
    second_release(folder)
    load_shipped(folder=folder)
    entries = list(Change.objects.order_by("position"))
    leaves = [entry_bytes(entry) for entry in entries]

    assert {(entry.recorded_at.date(), entry.note) for entry in entries} == {
        (DAY, "The first release."),
        (LATER, "The second release."),
    }
    assert [entry.root for entry in entries[-3:]] == [
        root_of(leaves[: size + 1]) for size in range(len(leaves) - 3, len(leaves))
    ]
    assert LogHead.objects.get().root == entries[-1].root


def test_a_site_with_entries_of_its_own_keeps_them_and_says_since_when_it_differs(folder: Path) -> None:
    load_shipped(folder=folder)
    published = current_edition()
    record_event(event("fi-said", "statement", "FIN", "2024-01-01"), by=None)
    second_release_of_others(folder)

    load_shipped(folder=folder)

    corrected = Rectification.objects.get(key="se-signed")
    assert Event.objects.standing().filter(key="fi-said").exists()
    assert event_fact(Event.objects.standing().with_parts().get(key="se-signed")).title == "Put right"
    assert corrected.reason == "The title was wrong."
    assert lines.differs_since(folder) == published + 1
