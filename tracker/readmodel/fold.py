"""Folding the log: what is public after an edition follows from its entries, in their order, and from nothing else.

A reader outside does the same with `/api/v1/changes/`; `docs/clients/mirror.py` is such a reader.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Final, Self, TypeVar, cast

from tracker.domain import merkle
from tracker.domain.vocabulary import AccessionStatus, ChangeType

T = TypeVar("T")


class Document(dict[str, Any]):
    """One noun as the log tells it: never changed in place, so that all editions that tell it alike share it."""

    __slots__ = ("_reading",)
    _reading: Any

    def read(self, reader: Callable[["Document"], T]) -> T:
        """What the reader makes of the document, made once; a document has one reader, that of its table."""
        try:
            return cast(T, self._reading)
        except AttributeError:
            self._reading = reader(self)
            return cast(T, self._reading)


Table = dict[str, Document]

# What the fold adds to a fact: where and when the log said it.
STAMP: Final = ("recorded", "recorded_at")


def recorded_on(document: Mapping[str, Any]) -> date:
    """The day on which the log said it."""
    return datetime.fromisoformat(document["recorded_at"]).date()


def without(document: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """The document but for these columns."""
    return {name: value for name, value in document.items() if name not in names}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log, as far as the fold needs it."""

    position: int
    type: str
    recorded_at: datetime
    payload: Mapping[str, Any]
    # Of the log up to this entry; empty of one that is not written yet.
    root: str = ""

    @property
    def stamp(self) -> dict[str, Any]:
        """Where and when the log first said what this entry says."""
        return {"recorded": self.position, "recorded_at": write_moment(self.recorded_at)}


@dataclass(frozen=True, slots=True)
class State:
    """Everything public at one edition, a table a noun, a document a key.

    What was taken back stands in `withdrawn`, as it last stood: it is told of, and part of nothing.
    """

    edition: int = 0
    recorded_at: datetime | None = None
    root: str = merkle.EMPTY
    parties: Table = field(default_factory=dict)
    procedures: Table = field(default_factory=dict)
    accessions: Table = field(default_factory=dict)
    ratifications: Table = field(default_factory=dict)
    events: Table = field(default_factory=dict)
    commitments: Table = field(default_factory=dict)
    assessments: Table = field(default_factory=dict)
    statements: Table = field(default_factory=dict)
    rectifications: Table = field(default_factory=dict)
    withdrawn: Table = field(default_factory=dict)

    @classmethod
    def of_tables(cls, edition: int, recorded_at: datetime, root: str, tables: Mapping[str, Mapping[str, Any]]) -> Self:
        """The state that a snapshot of that edition holds."""
        documents = {name: {key: Document(row) for key, row in table.items()} for name, table in tables.items()}
        return cls(edition, recorded_at, root, **documents)

    @property
    def edition_name(self) -> str:
        """What the edition is cited as."""
        return merkle.edition_name(self.edition, self.root)

    def tables(self) -> dict[str, Table]:
        """The tables of what is on record, by name."""
        return {name: getattr(self, name) for name in TABLES}


_TABLES: Final = tuple(field.name for field in fields(State) if field.name not in {"edition", "recorded_at", "root"})
TABLES: Final = tuple(name for name in _TABLES if name != "withdrawn")


# The keys of each table that entries have written.
Touched = Mapping[str, frozenset[str]]


class Draft:
    """The tables while entries are applied to them: one is copied when it is first written, and what was is told."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._written: dict[str, Table] = {}
        self._touched: dict[str, set[str]] = {}

    def read(self, table: str) -> Table:
        """The table as it now is; not to be written by whoever reads it."""
        return self._written[table] if table in self._written else cast(Table, getattr(self._state, table))

    def put(self, table: str, key: str, document: Document) -> None:
        """Let the document stand under the key."""
        self._to_write(table, key)[key] = document

    def drop(self, table: str, key: str) -> None:
        """Let nothing stand under the key."""
        if key in self.read(table):
            del self._to_write(table, key)[key]

    def _to_write(self, table: str, key: str) -> Table:
        if table not in self._written:
            self._written[table] = dict(self.read(table))
        self._touched.setdefault(table, set()).add(key)
        return self._written[table]

    def state(self, edition: int, recorded_at: datetime | None, root: str) -> State:
        """What the tables say now, as of that edition."""
        return State(edition, recorded_at, root, **{name: self.read(name) for name in _TABLES})

    @property
    def touched(self) -> Touched:
        """The keys of each table that were written; no table that was not."""
        return {table: frozenset(keys) for table, keys in self._touched.items()}


def fold(state: State, entries: Iterable[Entry]) -> State:
    """The state after these further entries, which follow on its edition without a gap."""
    return fold_on(state, entries)[0]


def fold_on(state: State, entries: Iterable[Entry]) -> tuple[State, Touched]:
    """The state after these further entries, and what of it they have touched."""
    draft = Draft(state)
    edition, moment, root = state.edition, state.recorded_at, state.root
    for entry in entries:
        _APPLY[ChangeType(entry.type)](draft, entry)
        edition, moment, root = entry.position, entry.recorded_at, entry.root
    return draft.state(edition, moment, root), draft.touched


def write_moment(moment: datetime) -> str:
    """The moment in UTC, always to the microsecond, so that equal moments are equal text."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _record_party(draft: Draft, entry: Entry) -> None:
    party = entry.payload["party"]
    draft.put("parties", party["code"], Document(party, **entry.stamp))


def _record_procedure(draft: Draft, entry: Entry) -> None:
    procedure = entry.payload["procedure"]
    draft.put("procedures", procedure["ally"], Document(procedure, **entry.stamp))


def _open_accession(draft: Draft, entry: Entry) -> None:
    code = entry.payload["accession"]
    opened = {"accession": code, "status": AccessionStatus.ASPIRANT.value, "milestones": {}}
    draft.put("accessions", code, Document(opened, **entry.stamp))


def _change_accession(draft: Draft, entry: Entry) -> None:
    code = entry.payload["accession"]
    moved = {"status": entry.payload["to"], "milestones": entry.payload["milestones"]}
    draft.put("accessions", code, Document(draft.read("accessions")[code], **moved))


def _stand_ratification(draft: Draft, entry: Entry) -> None:
    standing = {name: value for name, value in entry.payload.items() if name not in {"from", "to", "moved"}}
    key = _ratification(entry)
    before = draft.read("ratifications").get(key, {"last_checked_at": None, **entry.stamp})
    draft.put("ratifications", key, Document(before, **standing))


def _release_ratification(draft: Draft, entry: Entry) -> None:
    _amend(draft, "ratifications", _ratification(entry), required=False)


def _check_ratification(draft: Draft, entry: Entry) -> None:
    _amend(draft, "ratifications", _ratification(entry), last_checked_at=entry.payload["checked_at"])


def _record_event(draft: Draft, entry: Entry) -> None:
    event = entry.payload["event"]
    draft.put("events", event["key"], Document(event, version=entry.payload["version"], **entry.stamp))
    draft.drop("withdrawn", f"events/{event['key']}")


def _source_event(draft: Draft, entry: Entry) -> None:
    _add_sources(draft, "events", entry.payload["event"], entry)


def _record_commitment(draft: Draft, entry: Entry) -> None:
    # The claims come in entries of their own.
    bare = {name: value for name, value in entry.payload["commitment"].items() if name != "assessments"}
    draft.put("commitments", bare["key"], Document(bare, **entry.stamp))


def _source_commitment(draft: Draft, entry: Entry) -> None:
    # The source may be of a claim on the commitment, and not of the commitment itself.
    if claim := entry.payload.get("assessment"):
        _add_sources(draft, "assessments", claim, entry)
    else:
        _add_sources(draft, "commitments", entry.payload["commitment"], entry)


def _assess(draft: Draft, entry: Entry) -> None:
    claim = entry.payload["assessment"]
    about = {"commitment": entry.payload["commitment"], "version": entry.payload["version"]}
    draft.put("assessments", claim["key"], Document(claim, **about, **entry.stamp))


def _record_statement(draft: Draft, entry: Entry) -> None:
    statement = entry.payload["statement"]
    draft.put("statements", statement["key"], Document(statement, **entry.stamp))


def _rectify(table: str) -> Callable[[Draft, Entry], None]:
    """How a rectification is applied to that table: what replaces the mistake, or nothing."""

    def apply(draft: Draft, entry: Entry) -> None:
        payload = entry.payload
        key, now = payload["key"], payload["now"]
        draft.put("rectifications", str(payload["rectification"]), Document(payload, **entry.stamp))
        was = draft.read(table)[key]
        # What is put right goes to the end of its table, as if it were new.
        draft.drop(table, key)
        if now is not None:
            draft.put(table, key, _replace(was, now, entry))
        else:
            draft.put("withdrawn", f"{table}/{key}", was)

    return apply


def _replace(was: Document, now: Mapping[str, Any], entry: Entry) -> Document:
    kept = {"commitment": was["commitment"]} if "commitment" in was else {}
    version = {"version": was["version"] + 1} if "version" in was else {}
    bare = {name: value for name, value in now.items() if name != "assessments"}
    return Document(bare, **kept, **version, **entry.stamp)


def _add_sources(draft: Draft, table: str, key: str, entry: Entry) -> None:
    _amend(draft, table, key, sources=[*draft.read(table)[key]["sources"], *entry.payload["sources"]])


def _amend(draft: Draft, table: str, key: str, **columns: Any) -> None:
    draft.put(table, key, Document(draft.read(table)[key], **columns))


def _ratification(entry: Entry) -> str:
    return f"{entry.payload['accession']}/{entry.payload['ally']}"


_APPLY: Final[Mapping[ChangeType, Callable[[Draft, Entry], None]]] = {
    ChangeType.PARTY_RECORDED: _record_party,
    ChangeType.PROCEDURE_RECORDED: _record_procedure,
    ChangeType.ACCESSION_OPENED: _open_accession,
    ChangeType.ACCESSION_CHANGED: _change_accession,
    ChangeType.EVENT_RECORDED: _record_event,
    ChangeType.EVENT_SOURCED: _source_event,
    ChangeType.REQUIREMENT_ADDED: _stand_ratification,
    ChangeType.REQUIREMENT_REMOVED: _release_ratification,
    ChangeType.STAGE_CHANGED: _stand_ratification,
    ChangeType.COMMITMENT_RECORDED: _record_commitment,
    ChangeType.COMMITMENT_SOURCED: _source_commitment,
    ChangeType.COMMITMENT_ASSESSED: _assess,
    ChangeType.STATEMENT_RECORDED: _record_statement,
    ChangeType.SOURCE_CHECKED: _check_ratification,
    ChangeType.CHECK_RETRACTED: _check_ratification,
    ChangeType.EVENT_RECTIFIED: _rectify("events"),
    ChangeType.ASSESSMENT_RECTIFIED: _rectify("assessments"),
    ChangeType.COMMITMENT_RECTIFIED: _rectify("commitments"),
    ChangeType.STATEMENT_RECTIFIED: _rectify("statements"),
    ChangeType.PROCEDURE_RECTIFIED: _rectify("procedures"),
    ChangeType.PARTY_RECTIFIED: _rectify("parties"),
}
