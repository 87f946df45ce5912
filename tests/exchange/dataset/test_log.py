"""The shipped log: it folds into the shipped facts, a fresh record replays it, an older one takes what is new."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from tests.exchange.dataset.test_reloading import OTHER, edit
from tests.facts import BEGINNING, SOURCE, STATES, claim, commitment, event, party, procedure, record_event
from tracker.actions import log_transaction, settle_all
from tracker.domain.canonical import write_canonical
from tracker.domain.exceptions import CannotRelease, NotAReadableLog
from tracker.domain.merkle import root_of
from tracker.domain.vocabulary import Origin
from tracker.exchange.dataset import SHIPPED, Dataset, load_shipped, read_dataset
from tracker.exchange.dataset.files import write_lines
from tracker.exchange.dataset.folded import differences_between, facts_of, fold_entries
from tracker.exchange.dataset.lines import compare_with_published, differs_since
from tracker.exchange.dataset.loading import enter_differences, reasons_in
from tracker.exchange.dataset.releasing import occasion_on, release, remake
from tracker.exchange.dataset.shipped_log import LOG, Release, entries_of, read_log
from tracker.exchange.package import build_package
from tracker.models import Change, Event, LogHead, Rectification
from tracker.models.facts_of_rows import event_fact
from tracker.readmodel import forget_editions, open_edition
from tracker.readmodel.log.snapshot import entry_bytes, write_snapshot
from tracker.readmodel.record import current_edition, current_mark

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = date(2026, 11, 22)
LATER = date(2026, 11, 29)
TOLD = event("hu-told", "statement", "HUN", "2023", confidence="low", sources=[])


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
    value = str(target) if target is not None else getattr(row, key)
    return write_canonical(value) if isinstance(value, dict) else value


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


@contextmanager
def first_only(folder: Path) -> Iterator[None]:
    """As if the second release had not been made yet."""
    there, away = folder / LOG.name / "0002.jsonl", folder / "0002"
    there.rename(away)
    yield
    away.rename(there)


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


@pytest.mark.long
@pytest.mark.timeout(900)
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


def test_a_release_made_anew_is_the_same_whatever_the_order_in_which_its_facts_lay(folder: Path) -> None:
    kept = read_dataset(folder).commitments
    newer, older = (
        commitment(
            key,
            stems_from={"text": "Declaration", "date": made},
            assessments=[claim(f"{key}-claim", date="2023-07-11").document()],
        )
        for key, made in (("newer", "2022-06-28"), ("older", "2008-04-03"))
    )
    write_lines(folder / "commitments.jsonl", [*kept, newer, older])
    release(folder, occasion_on(LATER, "The second release.", {}))
    released = {path.name: path.read_bytes() for path in folder.rglob("*.jsonl")}

    remake(folder)

    assert [one.key for one in read_dataset(folder).commitments][-2:] == ["older", "newer"]
    assert {path.name: path.read_bytes() for path in folder.rglob("*.jsonl")} == released


def test_replaying_the_log_gives_the_rows_that_the_actions_write(folder: Path) -> None:
    second_release(folder)
    releases = read_log(folder / LOG.name)

    def replayed() -> dict[str, Any]:
        load_shipped(folder=folder)
        return rows()

    def acted() -> dict[str, Any]:
        for number, one in enumerate(releases):
            write_by_actions(facts_of(fold_entries(entries_of(releases[: number + 1]))), releases[:number], one)
        return rows()

    by_replay, by_actions = rolled_back(replayed), rolled_back(acted)

    assert [name for name in by_actions if by_actions[name] != by_replay[name]] == []
    assert len(by_replay["Change"]) == releases[-1].last
    assert len(by_replay["Rectification"]) == 2


def write_by_actions(facts: Dataset, before: list[Release], one: Release) -> None:
    """What the release did, done by the actions."""
    differences = differences_between(facts_of(fold_entries(entries_of(before))), facts)
    with log_transaction(origin=Origin.DATASET, note=one.note, moment=one.moment) as log:
        enter_differences(log, facts, differences, reasons_in(one.entries))


def test_an_upgraded_record_and_a_fresh_one_are_the_same_bytes(folder: Path) -> None:
    second_release(folder)

    def fresh() -> dict[str, Any]:
        load_shipped(folder=folder)
        return everything()

    def upgraded() -> dict[str, Any]:
        with first_only(folder):
            load_shipped(folder=folder)
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
    second_release(folder)
    with first_only(folder):
        load_shipped(folder=folder)
    published = current_edition()
    roots = [entry.root for entry in entries_of(read_log(folder / LOG.name))]
    assert differs_since(roots, published, current_mark().root) is None
    record_event(event("fi-said", "statement", "FIN", "2024-01-01"), by=None)

    load_shipped(folder=folder)

    corrected = Rectification.objects.get(key="se-signed")
    assert Event.objects.standing().filter(key="fi-said").exists()
    assert event_fact(Event.objects.standing().with_parts().get(key="se-signed")).title == "Put right"
    assert corrected.reason == "The title was wrong."
    newest = current_mark()
    assert differs_since(roots, newest.edition, newest.root) == published + 1
    assert load_shipped(folder=folder) == []


def test_a_site_that_follows_the_published_log_says_so() -> None:
    load_shipped()

    mark = current_mark()
    line = compare_with_published(mark.edition, mark.root)

    assert (line.edition, line.root, line.differs_since) == (current_edition(), current_mark().root, None)


def no_reason(folder: Path) -> None:
    edit(folder / "events.jsonl", lambda line: line.update(title="Told otherwise"))


def nothing_new(folder: Path) -> None:
    pass


def party_gone(folder: Path) -> None:
    write_lines(folder / "parties.jsonl", read_dataset(folder).parties[:-1])


def source_gone(folder: Path) -> None:
    edit(folder / "commitments.jsonl", lambda line: line.update(sources=[OTHER], title="Told otherwise"))


CANNOT = [
    (no_reason, {}, "event “hu-told” is put right; say why"),
    (nothing_new, {}, "The facts say what the log says already"),
    (nothing_new, {("event", "hu-told"): "It was wrong."}, "has a reason, and the facts say of it what they said"),
    (party_gone, {("party", "NATO"): "Never was."}, "party “NATO” is missing from the facts"),
    (source_gone, {("commitment", "stop-support"): "Wrong source."}, "No entries come to these facts"),
]


@pytest.mark.parametrize(("spoil", "reasons", "because"), CANNOT)
def test_what_the_log_cannot_have_come_to_is_no_release(
    folder: Path, spoil: Callable[[Path], None], reasons: dict[tuple[str, str], str], because: str
) -> None:
    spoil(folder)

    with pytest.raises(CannotRelease, match=because):
        release(folder, occasion_on(LATER, "The second release.", reasons))

    assert [path.name for path in (folder / LOG.name).iterdir()] == ["0001.jsonl"]
    assert current_edition() == 0


def test_a_release_before_the_last_one_or_without_a_note_is_none(folder: Path) -> None:
    edit(folder / "events.jsonl", lambda line: line.update(sources=[SOURCE]))

    with pytest.raises(CannotRelease, match="The day is before that of release 1") as refusal:
        release(folder, occasion_on(date(2020, 1, 1), " ", {}))

    assert "The release has no note." in refusal.value.because


def test_a_release_is_made_on_no_record_but_an_empty_one(folder: Path) -> None:
    load_shipped(folder=folder)

    with pytest.raises(CannotRelease, match="in a database without a record"):
        second_release(folder)


def test_a_log_that_was_tampered_with_is_refused(folder: Path) -> None:
    path = folder / LOG.name / "0001.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("hu-told", "hu-sold"), encoding="utf-8")

    with pytest.raises(NotAReadableLog, match=r"0001\.jsonl cannot be read: .*not as its first line says"):
        load_shipped(folder=folder)


def test_the_command_makes_a_release_and_names_its_edition(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder / "events.jsonl", lambda line: line.update(title="Told otherwise"))
    reasons = folder / "reasons"
    reasons.write_text('{"subject": "event", "key": "hu-told", "reason": "It was told otherwise."}\n')

    call_command("release_dataset", folder, day=LATER, note="Put right.", reasons=reasons)

    last = read_log(folder / LOG.name)[-1]
    assert f"Release 2: 1 entries, to {last.last}-{last.root[:8]}." in capsys.readouterr().out
    assert last.entries[0].payload["reason"] == "It was told otherwise."


@pytest.mark.parametrize("options", [{}, {"day": LATER}, {"note": "Put right."}])
def test_the_command_without_a_day_or_a_note_says_what_it_needs(folder: Path, options: dict[str, Any]) -> None:
    with pytest.raises(CommandError, match="A release has a --day and a --note"):
        call_command("release_dataset", folder, **options)
