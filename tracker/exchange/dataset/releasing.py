"""Making the next release of the shipped data: what the facts say beside the log, as further entries of it.

It is made on a record that has nothing but the shipped log, and undone there: what it leaves is files.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from tracker.actions import log_transaction, name_of, replay_entries, settle_all
from tracker.domain.exceptions import CannotRelease
from tracker.domain.vocabulary import Origin, Subject
from tracker.exchange.dataset.differences import Differences
from tracker.exchange.dataset.exporting import export_dataset
from tracker.exchange.dataset.files import Dataset, read_dataset
from tracker.exchange.dataset.folded import differences_between, facts_as_recorded, facts_of, fold_entries
from tracker.exchange.dataset.loading import Reasons, Tick, enter_differences, reasons_in
from tracker.exchange.dataset.shipped_log import LOG, Release, entries_of, read_log, write_release
from tracker.models import Change
from tracker.readmodel.record import current_edition

# What can be taken back with nothing in its place.
_TAKEN_BACK: Final = frozenset({Subject.EVENT, Subject.ASSESSMENT, Subject.STATEMENT})


@dataclass(frozen=True, slots=True)
class Occasion:
    """When a release is made, what for, and why each fact that it puts right was wrong."""

    moment: datetime
    note: str
    reasons: Reasons


def occasion_on(day: date, note: str, reasons: Reasons) -> Occasion:
    """The occasion on that day. Its first moment is taken: it is past wherever the release is installed later."""
    return Occasion(datetime.combine(day, time.min, ZoneInfo("UTC")), note, reasons)


def read_reasons(path: Path) -> dict[tuple[str, str], str]:
    """The reasons in a file of JSON Lines with `subject`, `key` and `reason`. Raises `CannotRelease`."""
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        return {(str(Subject(line["subject"])), line["key"]): line["reason"].strip() for line in lines}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CannotRelease([f"{path.name} cannot be read: {error!r}"]) from error


def release(folder: Path, occasion: Occasion, tick: Tick = lambda: None) -> tuple[Release, Differences]:
    """Make the next release of the folder's facts: write its file, and the facts in the order of the log.

    What is of one day is entered in the order of the files. So it is made a second time, from the facts in the order
    of the log: whoever makes it anew from these gets the same entries. Raises `CannotRelease` for what the log cannot
    have come from, and what loading the facts raises.
    """
    releases = read_log(folder / LOG.name)
    with _undone():
        _extend(releases, read_dataset(folder), occasion, tick)
        export_dataset(folder)
    with _undone():
        made, differences = _extend(releases, read_dataset(folder), occasion)
        export_dataset(folder)
    write_release(folder / LOG.name, made)
    return made, differences


def remake(folder: Path, tick: Tick = lambda: None) -> list[Release]:
    """Make every release anew, in the form that facts and standings have today; the last one from the files.

    Only before they are published: afterwards an entry never changes. Raises as `release` does.
    """
    dataset, releases = read_dataset(folder), read_log(folder / LOG.name)
    made: list[Release] = []
    with _undone():
        for number, old in enumerate(releases, 1):
            facts = dataset if number == len(releases) else facts_as_recorded(entries_of(releases[:number]))
            occasion = Occasion(old.moment, old.note, reasons_in(old.entries))
            made.append(_extend(made, facts, occasion, tick)[0])
        export_dataset(folder)
    for one in made:
        write_release(folder / LOG.name, one)
    return made


@contextmanager
def _undone() -> Iterator[None]:
    """A transaction on an empty record of which nothing stays. Raises `CannotRelease` where there is a record."""
    with transaction.atomic():
        if current_edition():
            raise CannotRelease(["It is made in a database without a record; this one has one."])
        yield
        transaction.set_rollback(True)


def _extend(
    releases: Sequence[Release], dataset: Dataset, occasion: Occasion, tick: Tick = lambda: None
) -> tuple[Release, Differences]:
    """The release that brings the log, as far as it is made, to the facts; the record goes along."""
    entries = entries_of(releases)
    replay_entries(entries[current_edition() :])
    differences = differences_between(facts_of(fold_entries(entries)), dataset)
    _check(releases, differences, occasion)
    with log_transaction(origin=Origin.DATASET, note=occasion.note, moment=occasion.moment) as log:
        enter_differences(log, dataset, differences, occasion.reasons, tick)
        # Rules may have changed since the last release: what they now say is part of this one.
        settle_all(log, log.today)
    added = list(Change.objects.after(len(entries)))
    if not added:
        raise CannotRelease(["The facts say what the log says already."])
    left = differences_between(facts_of(fold_entries([*entries, *added])), dataset)
    if not left.nothing:
        # A commitment's conflicts and sources are only ever added to, for one.
        raise CannotRelease(["No entries come to these facts:", *left.lines()])
    return Release(len(releases) + 1, occasion.moment, occasion.note, added), differences


def _check(releases: Sequence[Release], differences: Differences, occasion: Occasion) -> None:
    """Refuse what has no reason, a reason that has nothing, and an occasion that cannot be. Raises `CannotRelease`."""
    changed = {name_of(fact) for part in differences.parts for fact in part.changed}
    missing = {name_of(fact) for part in differences.parts for fact in part.retracted}
    reasons = set(occasion.reasons)
    retractable = {(subject, key) for subject, key in missing & reasons if subject in _TAKEN_BACK}
    because = [
        *_told("is put right; say why.", changed - reasons),
        *_told("is missing from the facts.", missing - retractable),
        *_told("has a reason, and the facts say of it what they said.", reasons - changed - missing),
    ]
    if releases and occasion.moment < releases[-1].moment:
        because.append(f"The day is before that of release {len(releases)}.")
    if not occasion.note.strip():
        because.append("The release has no note.")
    if because:
        raise CannotRelease(because)


def _told(what: str, names: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{subject} “{key}” {what}" for subject, key in sorted((str(subject), key) for subject, key in names)]
