"""What a plan would do, in words, before anybody does it; and doing it."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from tracker.actions import ActWarning, LogTransaction, dry_run, log_transaction
from tracker.desk.forms.fields import Directory
from tracker.domain.dates import PartialDate
from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import AccessionStatus, ChangeType, Origin, Reached, Stage
from tracker.language.words import say_date
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
    # Asked before the work is done, with nobody else at the record.
    warnings: Callable[[], Sequence[ActWarning]] = tuple
    origin: Origin = Origin.EDITOR


@dataclass(frozen=True)
class Preview:
    """What the plan would do, line by line, and a digest by which to know that it still would."""

    lines: Sequence[str]
    digest: str
    warnings: Sequence[ActWarning] = ()
    # The position of the log that it was made at, and the accessions that it concerns.
    position: int = 0
    codes: Sequence[str] = ()

    def document(self) -> dict[str, Any]:
        """As JSON."""
        warnings = [[one.field, one.text] for one in self.warnings]
        kept = {"lines": list(self.lines), "digest": self.digest, "position": self.position, "codes": list(self.codes)}
        return {**kept, "warnings": warnings}


class NotAgreed(Exception):
    """What the plan does now is not what somebody has looked at and answered for; `preview` is what it does."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        super().__init__("the preview is another, or its warnings have no reason")


def preview(plan: Plan, directory: Directory) -> Preview:
    """What the plan would do. Nothing is kept. Raises what the plan's work raises."""
    previews: list[Preview] = []
    dry_run(lambda log: previews.append(_work(plan, log, directory)), by=plan.by, origin=plan.origin)
    return previews[0]


def carry_out(plan: Plan, directory: Directory, agreed: Callable[[Preview], bool]) -> Preview:
    """Do it, if what it does is agreed to; what it did.

    It is done and looked at in one transaction, so that nobody can come between the look and the deed.
    Raises `NotAgreed`, and what the work raises; then nothing has moved.
    """
    with log_transaction(by=plan.by, origin=plan.origin, note=plan.note, notify=plan.notify) as log:
        done = _work(plan, log, directory)
        if not agreed(done):
            raise NotAgreed(done)
    return done


def _work(plan: Plan, log: LogTransaction, directory: Directory) -> Preview:
    warnings = [ActWarning(one.field, directory.in_names(one.text)) for one in plan.warnings()]
    plan.work(log)
    # The entries are no part of the log before the transaction ends.
    on_record = open_newest()
    before, after = (_standings(edition, log.entries) for edition in (on_record, with_entries(on_record, log.entries)))
    lines = [*_tell(log.entries, directory), *_count(before, after, directory), *_audience(plan.notify)]
    told = [[entry.type, entry.accession, entry.ally, entry.event, _lasting(entry)] for entry in log.entries]
    digest = _digest([told, plan.notify, [warning.text for warning in warnings]])
    codes = sorted({entry.accession for entry in log.entries if entry.accession})
    return Preview(lines, digest, warnings, on_record.state.edition, codes)


def _lasting(entry: Change) -> dict[str, Any]:
    """What the entry says but for what any other entry moves: what is counted on is no part of what was agreed to."""
    return {name: value for name, value in entry.payload.items() if name != "rectification"}


def _standings(edition: Edition, entries: Iterable[Change]) -> Standings:
    codes = {entry.accession for entry in entries if entry.accession}
    return edition.standings_of(sorted(codes), timezone.now().date())


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _tell(entries: Sequence[Change], directory: Directory) -> list[str]:
    """One line an entry; what the rules do to many allies at once is counted."""
    if not entries:
        return ["This is on record already: nothing would change."]
    lines = [line for entry in _merged(entries) if (line := _sentence(entry, directory))]
    for type_, sentence in _MANY.items():
        if count := sum(entry.type == type_ for entry in entries):
            lines.append(sentence.format(count=count, allies="ally" if count == 1 else "allies"))
    return lines


def _merged(entries: Sequence[Change]) -> list[Change]:
    """What is recorded, and then what follows from it: for each ally once, from where it stood to where it will."""
    moved = [entry for entry in entries if entry.type == ChangeType.STAGE_CHANGED]
    first = {(entry.accession, entry.ally): entry for entry in reversed(moved)}
    last = {(entry.accession, entry.ally): entry for entry in moved}
    others = [entry for entry in entries if entry.type != ChangeType.STAGE_CHANGED]
    return others + [_since(first[key], entry) for key, entry in last.items()]


def _since(first: Change, last: Change) -> Change:
    """The last of several moves, told from where the first began; the entry itself may yet be saved as it is."""
    return Change(
        type=last.type,
        accession=last.accession,
        ally=last.ally,
        payload={**last.payload, "from": first.payload["from"]},
    )


_MANY = {
    ChangeType.REQUIREMENT_ADDED: "{count} {allies} will be required to ratify.",
    ChangeType.REQUIREMENT_REMOVED: "{count} {allies} will no longer be required to ratify.",
}


def _sentence(entry: Change, directory: Directory) -> str:
    tell = _SENTENCES.get(ChangeType(entry.type))
    return tell(entry, directory) if tell else ""


def _of_stage(entry: Change, directory: Directory) -> str:
    payload = entry.payload
    ally, accession = directory.name(entry.ally), directory.name(entry.accession)
    before, after, moved = Stage(payload["from"]), Stage(payload["to"]), Stage(payload["moved"])
    when = _date(payload["stages"][moved.value])
    if before is after:
        return f"{ally} on {accession}: {str(after.label).lower()} as before; {str(moved.label).lower()}: {when}."
    when = _date(payload["stages"][after.value])
    return f"{ally} on {accession}: {str(before.label).lower()} → {str(after.label).lower()} ({when})."


def _of_accession(entry: Change, directory: Directory) -> str:
    before, after = (AccessionStatus(entry.payload[end]) for end in ("from", "to"))
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
    before, after = ({_label(row): row for row in rows} for rows in (was, now))
    lines = [f"{name} without {_short(before[label])}" for label in before if label not in after]
    lines += [f"{name} with {_short(after[label])}" for label in after if label not in before]
    for label in before.keys() & after.keys():
        if isinstance(before[label], dict):
            pairs = ((part, before[label].get(part), value) for part, value in after[label].items())
            lines += [line for part, old, new in pairs if old != new for line in _changes(f"{label}, {part}", old, new)]
    return lines or [f"{name}: in another order"]


def _label(row: Any) -> str:
    """What tells a row of a list from the others."""
    if not isinstance(row, dict):
        return str(row)
    parts = ("order", "language", "since", "name", "field", "url", "until")
    names = [str(row[part]) for part in parts if row.get(part)]
    return " ".join(names[:2]) or _plain(row)


def _of_sources(entry: Change, directory: Directory) -> str:
    count = len(entry.payload["sources"])
    about = entry.payload.get("assessment") or entry.event or entry.commitment
    return f"{count} more {'source' if count == 1 else 'sources'} for “{about}”."


def _of_claim(entry: Change, directory: Directory) -> str:
    claim = entry.payload["assessment"]
    said = f"{directory.name(claim['by'])} says “{claim['status'].replace('_', ' ')}”"
    return f"On record: {said} of “{entry.commitment}” ({_date(claim)})."


def _of_statement(entry: Change, directory: Directory) -> str:
    statement = entry.payload["statement"]
    spoke = ", ".join(dict.fromkeys(directory.name(speaker["party"]) for speaker in statement["speakers"]))
    return (
        f"On record: “{statement['title']}” ({_date(statement)}), by {spoke}, with {len(statement['claims'])} claims."
    )


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
    ChangeType.STATEMENT_RECORDED: _of_statement,
    ChangeType.STATEMENT_RECTIFIED: _of_rectification,
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


def _date(document: dict[str, Any]) -> str:
    return say_date(PartialDate.parse(document["date"])) if document.get("date") else "on no known day"


def _short(value: object) -> str:
    text = "nothing" if value in (None, "", []) else _plain(value)
    return text if len(text) <= 80 else f"{text[:80]}…"


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(part)}" for name, part in value.items() if part not in (None, "", []))
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
