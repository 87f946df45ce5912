"""What a plan would do, in words, before anybody does it; and doing it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from tracker.actions import LogTransaction, dry_run, log_transaction
from tracker.actions.warnings import ActWarning
from tracker.desk.forms.fields import Directory
from tracker.domain.dates import PartialDate
from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import AccessionStatus, ChangeType, Origin, Reached, Stage
from tracker.language.sentences import say_date
from tracker.models import Change
from tracker.readmodel import Edition, open_newest, with_entries

Standings = dict[str, AccessionStanding]


@dataclass(frozen=True)
class Plan:
    """Something to be done to the record, all of it or nothing."""

    work: Callable[[LogTransaction], object]
    by: User
    note: str = ""
    notify: bool = True
    warnings: Sequence[ActWarning] = ()
    origin: Origin = Origin.EDITOR

    def carry_out(self) -> list[Change]:
        """Do it; the entries that it wrote to the log. Raises what the work raises."""
        with log_transaction(by=self.by, origin=self.origin, note=self.note, notify=self.notify) as log:
            self.work(log)
        return log.entries


@dataclass(frozen=True)
class Preview:
    """What the plan would do, line by line, and a digest by which to know that it still would."""

    lines: Sequence[str]
    digest: str
    warnings: Sequence[ActWarning] = field(default_factory=tuple)


def preview(plan: Plan, directory: Directory) -> Preview:
    """What the plan would do. Nothing is kept. Raises what the plan's work raises."""
    before: Standings = {}
    after: Standings = {}

    def work(log: LogTransaction) -> None:
        plan.work(log)
        # The entries are no part of the log before the transaction ends.
        on_record = open_newest()
        before.update(_standings(on_record, log.entries))
        after.update(_standings(with_entries(on_record, log.entries), log.entries))

    entries = dry_run(work, by=plan.by, origin=plan.origin)
    lines = [*_tell(entries, directory), *_count(before, after, directory), *_audience(plan.notify)]
    told = [doubt.text for doubt in plan.warnings]
    return Preview(lines, _digest([lines, told, [entry.payload for entry in entries]]), plan.warnings)


def _standings(edition: Edition, entries: Iterable[Change]) -> Standings:
    codes = {entry.accession for entry in entries if entry.accession}
    standings = edition.standings(timezone.now().date())
    return {code: standings[code] for code in sorted(codes) if code in standings}


def _digest(told: Any) -> str:
    # Moments differ from one look to the next and say nothing of what is done.
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _tell(entries: Sequence[Change], directory: Directory) -> list[str]:
    """One line an entry; what the rules do to many allies at once is counted."""
    if not entries:
        return ["This is on record already: nothing would change."]
    lines = [line for entry in _merged(entries) if (line := _sentence(entry, directory))]
    for type_, sentence in _MANY.items():
        if found := [entry for entry in entries if entry.type == type_]:
            lines.append(sentence.format(count=len(found), allies="ally" if len(found) == 1 else "allies"))
    return lines


def _merged(entries: Sequence[Change]) -> list[Change]:
    """What is recorded, and then what follows from it: for each ally once, from where it stood to where it will."""
    moved = [entry for entry in entries if entry.type == ChangeType.STAGE_CHANGED]
    first = {(entry.accession, entry.ally): entry for entry in reversed(moved)}
    last = {(entry.accession, entry.ally): entry for entry in moved}
    for key, entry in last.items():
        entry.payload = {**entry.payload, "from": first[key].payload["from"]}
    return [entry for entry in entries if entry.type != ChangeType.STAGE_CHANGED] + list(last.values())


_MANY = {
    ChangeType.REQUIREMENT_ADDED: "{count} {allies} will be required to ratify.",
    ChangeType.REQUIREMENT_REMOVED: "{count} {allies} will no longer be required to ratify.",
}


def _sentence(entry: Change, directory: Directory) -> str:
    tell = _SENTENCES.get(ChangeType(entry.type))
    return tell(entry, directory) if tell else ""


def _of_stage(entry: Change, directory: Directory) -> str:
    told = entry.payload
    ally, accession = directory.name(entry.ally), directory.name(entry.accession)
    before, after, moved = Stage(told["from"]), Stage(told["to"]), Stage(told["moved"])
    when = _date(told["stages"][moved.value])
    if before is after:
        return f"{ally} on {accession}: {str(after.label).lower()} as before; {str(moved.label).lower()}: {when}."
    when = _date(told["stages"][after.value])
    return f"{ally} on {accession}: {str(before.label).lower()} → {str(after.label).lower()} ({when})."


def _of_accession(entry: Change, directory: Directory) -> str:
    before, after = (AccessionStatus(entry.payload[one]) for one in ("from", "to"))
    if before is after:
        return f"{directory.name(entry.accession)}: {str(after.label).lower()} as before, with a further date."
    return f"{directory.name(entry.accession)}: {str(before.label).lower()} → {str(after.label).lower()}."


def _of_event(entry: Change, directory: Directory) -> str:
    event = entry.payload["event"]
    return f"On record: {event['title']} ({_date(event)}), as “{event['key']}”."


def _of_rectification(entry: Change, directory: Directory) -> str:
    was, now = entry.payload["was"], entry.payload["now"]
    number, key = entry.payload["rectification"], entry.payload["key"]
    if now is None:
        return f"Rectification {number}: “{key}” is taken back; nothing replaces it."
    changed = [
        change for name in now if now[name] != was.get(name) for change in _changes(name, was.get(name), now[name])
    ]
    return f"Rectification {number} of “{key}”: {'; '.join(changed)}."


def _changes(name: str, was: Any, now: Any) -> list[str]:
    """What of one part of a fact is told differently; of a list, what leaves it, what comes, and what differs."""
    name = name.replace("_", " ")
    if not isinstance(was, list) or not isinstance(now, list):
        return [f"{name}: {_short(was)} → {_short(now)}"]
    before, after = ({_label(one): one for one in rows} for rows in (was, now))
    lines = [f"{name} without {_short(before[label])}" for label in before if label not in after]
    lines += [f"{name} with {_short(after[label])}" for label in after if label not in before]
    for label in before.keys() & after.keys():
        if isinstance(before[label], dict):
            pairs = ((part, before[label].get(part), told) for part, told in after[label].items())
            lines += [line for part, old, new in pairs if old != new for line in _changes(f"{label}, {part}", old, new)]
    return lines or [f"{name}: in another order"]


def _label(row: Any) -> str:
    """What tells a row of a list from the others."""
    if not isinstance(row, dict):
        return str(row)
    names = [str(row[one]) for one in ("order", "language", "since", "name", "field", "url", "until") if row.get(one)]
    return " ".join(names[:2]) or _plain(row)


def _of_sources(entry: Change, directory: Directory) -> str:
    count = len(entry.payload["sources"])
    about = entry.payload.get("assessment") or entry.event or entry.commitment
    return f"{count} more {'source' if count == 1 else 'sources'} for “{about}”."


def _of_claim(entry: Change, directory: Directory) -> str:
    claim = entry.payload["assessment"]
    return f"On record: {directory.name(claim['by'])} says “{claim['status'].replace('_', ' ')}” ({_date(claim)})."


def _of_commitment(entry: Change, directory: Directory) -> str:
    return f"On record: {entry.payload['commitment']['title']}."


def _of_opening(entry: Change, directory: Directory) -> str:
    return f"The accession of {directory.name(entry.accession)} is opened."


_SENTENCES: dict[ChangeType, Callable[[Change, Directory], str]] = {
    ChangeType.STAGE_CHANGED: _of_stage,
    ChangeType.ACCESSION_CHANGED: _of_accession,
    ChangeType.ACCESSION_OPENED: _of_opening,
    ChangeType.EVENT_RECORDED: _of_event,
    ChangeType.EVENT_SOURCED: _of_sources,
    ChangeType.EVENT_RECTIFIED: _of_rectification,
    ChangeType.ASSESSMENT_RECTIFIED: _of_rectification,
    ChangeType.COMMITMENT_RECTIFIED: _of_rectification,
    ChangeType.PROCEDURE_RECTIFIED: _of_rectification,
    ChangeType.PARTY_RECTIFIED: _of_rectification,
    ChangeType.COMMITMENT_SOURCED: _of_sources,
    ChangeType.COMMITMENT_RECORDED: _of_commitment,
    ChangeType.COMMITMENT_ASSESSED: _of_claim,
}


def _count(before: Standings, after: Standings, directory: Directory) -> list[str]:
    """For each accession that moved, how many had approved and how many will have."""
    lines = []
    for code, standing in after.items():
        now = _approved(standing)
        was = _approved(before[code]) if code in before else 0
        if now != was:
            lines.append(f"{directory.name(code)}: {was} → {now} of {len(standing.required)} approved.")
    return lines


def _approved(standing: AccessionStanding) -> int:
    return standing.counts[Stage.APPROVED][Reached.REACHED]


def _audience(notify: bool) -> list[str]:
    """That it is no news, where it is none. Nothing is said of subscribers as long as nobody can subscribe."""
    return [] if notify else ["Minor: the log marks it as no news."]


def _date(told: dict[str, Any]) -> str:
    return say_date(PartialDate.parse(told["date"])) if told.get("date") else "on no known day"


def _short(value: object) -> str:
    text = "nothing" if value in (None, "", []) else _plain(value)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(part)}" for name, part in value.items() if part not in (None, "", []))
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
