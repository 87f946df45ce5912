"""The tables of the data package: which columns, of which type, and the rows of an edition."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import repeat
from typing import Any, Final

from tracker.domain.dates import PartialDate
from tracker.domain.facts import EventFact, Fact, Source
from tracker.domain.firmness import firmness_document
from tracker.domain.standing.documents import date_document
from tracker.domain.standing.speaking import voice_of
from tracker.domain.vocabulary import LADDER
from tracker.exchange.package.parts import PARTS, part_rows
from tracker.exchange.package.table import Row, Table
from tracker.readmodel import Edition
from tracker.readmodel.answers.documents import accession_rows, ratification_rows, statement_rows
from tracker.readmodel.answers.sources import source_rows
from tracker.readmodel.commitments.rows import claim_row

_DATED: Final = "date earliest:date latest:date precision"
_STAGES: Final = " ".join(
    f"{stage} {stage}_earliest:date {stage}_latest:date {stage}_state {stage}_inferred:boolean {stage}_basis"
    for stage in LADDER
)

_VOTES: Final = ("yes", "no", "abstain", "absent")

# Fields of a fact that are several columns, or a table of their own.
_SPREAD: Final[Mapping[str, str]] = {
    "key": "key version:integer",
    "date": _DATED,
    "votes": " ".join(f"votes_{name}:integer" for name in _VOTES),
    "sources": "",
}


def _columns_of(fact: type[Fact]) -> str:
    """A column for each field of the fact, in its order: what is stored of one is in the package, too."""
    properties: Mapping[str, Mapping[str, Any]] = fact.model_json_schema()["properties"]
    return " ".join(filter(None, (_SPREAD.get(name, _column(name, told)) for name, told in properties.items())))


def _column(name: str, schema: Mapping[str, Any]) -> str:
    kinds = {schema.get("type"), *(one.get("type") for one in schema.get("anyOf", ()))}
    return next((f"{name}:{kind}" for kind in ("boolean", "integer") if kind in kinds), name)


TABLES: Final = (
    Table(
        "parties",
        "States, organisations and other voices",
        "code kind alpha2 capital founding_member:boolean name recorded:integer recorded_at:datetime",
        ("code",),
        {},
    ),
    Table(
        "party_names",
        "What each party was called, in which language, from when to when",
        "party number:integer language text since until",
        ("party", "number"),
        {"party": ("parties", "code")},
    ),
    Table(
        "accessions",
        "Where each accession stood on the day of the edition",
        "code name status required:integer approved:integer approved_unknown:integer pending unknown "
        "applied invited signed in_force acceded withdrawn complete_up_to answer",
        ("code",),
        {"code": ("parties", "code")},
    ),
    Table(
        "ratifications",
        "Where each ally stood on each protocol on the day of the edition",
        "accession ally required:boolean required_from required_from_earliest:date required_from_latest:date stage "
        f"{_STAGES} last_checked_at:datetime",
        ("accession", "ally"),
        {"accession": ("accessions", "code"), "ally": ("parties", "code")},
    ),
    Table(
        "events",
        "Dated acts and occurrences",
        f"{_columns_of(EventFact)} independent_publishers:integer nearest_class first_published "
        "recorded:integer recorded_at:datetime",
        ("key",),
        {"actor": ("parties", "code"), "accession": ("accessions", "code")},
    ),
    Table(
        "commitments",
        "What was asked or promised",
        "key accession also kind category title detail asked_by owed_by office text text_date clause confidence "
        "conflicts recorded:integer recorded_at:datetime",
        ("key",),
        # A party and not an accession: the condition of a state that never applied was put to the alliance.
        {"accession": ("parties", "code")},
    ),
    Table(
        "assessments",
        "What each party said of a commitment, and when",
        f"key version:integer commitment by status basis {_DATED} office note confidence about due due_wording figures "
        "roles statement recorded:integer recorded_at:datetime",
        ("key",),
        {"commitment": ("commitments", "key"), "by": ("parties", "code"), "statement": ("statements", "key")},
    ),
    Table(
        "statements",
        "Utterances in which claims were made, and how",
        f"key {_DATED} place form title general:boolean joint:boolean event confidence "
        "recorded:integer recorded_at:datetime",
        ("key",),
        {},
    ),
    Table(
        "speakers",
        "Who speaks in a statement, as what, and by whom it is told",
        "statement number:integer party kind office person told_by voice",
        ("statement", "number"),
        {"statement": ("statements", "key"), "party": ("parties", "code")},
    ),
    Table(
        "relations",
        "Which commitment depends on which, or gave way to which, as the speakers of a statement say",
        "statement number:integer kind of to",
        ("statement", "number"),
        {"statement": ("statements", "key"), "of": ("commitments", "key"), "to": ("commitments", "key")},
    ),
    Table(
        "sources",
        "Who says so, and where",
        "key fact fact_key accession url title publisher class published quote quote_language archived_url",
        ("key",),
        {},
    ),
    Table(
        "procedures",
        "How a protocol becomes binding in each ally",
        "ally parliament parliament_votes:boolean chambers_that_vote majority referendum "
        "advance_consent_possible:boolean territorial_scope gazette notes confidence steps "
        "recorded:integer recorded_at:datetime",
        ("ally",),
        {"ally": ("parties", "code")},
    ),
    *PARTS,
    Table(
        "rectifications",
        "What was put right, and why",
        "rectification:integer subject key was now reason reported_by stood_from:datetime "
        "recorded:integer recorded_at:datetime",
        ("rectification",),
        {},
    ),
)


def rows_of(edition: Edition, day: date) -> dict[str, list[Row]]:
    """The rows of every table, by name, in order of key."""
    state = edition.state
    english = edition.english(day)
    found: dict[str, Iterable[Row]] = {
        "parties": ({**one, "name": english[code]} for code, one in state.parties.items()),
        "party_names": (
            {"party": code, "number": number, **name}
            for code, one in state.parties.items()
            for number, name in enumerate(one["names"], 1)
        ),
        "accessions": map(_accession, accession_rows(edition, day).values()),
        "ratifications": map(_ratification, ratification_rows(edition, day).values()),
        "events": map(_event, state.events.values()),
        "commitments": ({**one, **_stem(one["stems_from"])} for one in state.commitments.values()),
        "assessments": _claims(edition, day),
        "statements": statement_rows(edition, day).values(),
        "speakers": _numbered(edition, "speakers"),
        "relations": _numbered(edition, "relations"),
        "sources": source_rows(edition, day).values(),
        "procedures": ({**one, "parliament": one["parliament"]["name"]} for one in state.procedures.values()),
        "rectifications": state.rectifications.values(),
        **part_rows(edition, day),
    }
    return {table.name: sorted(found[table.name], key=lambda row: _key(table, row)) for table in TABLES}


def _claims(edition: Edition, day: date) -> Iterable[Row]:
    for commitment in edition.commitments:
        for claim in commitment.claims:
            row = claim_row(commitment, claim, day)
            due = row["due"] or {"by": None, "wording": None}
            figures = row["figures"] or None
            yield {**_dated(row), "due": due["by"], "due_wording": due["wording"], "figures": figures}


def _numbered(edition: Edition, part: str) -> Iterable[Row]:
    """Those who speak in each statement, or its relations, a row each."""
    for statement in edition.statements.values():
        voices = map(voice_of, statement.fact.speakers) if part == "speakers" else repeat(None)
        for number, (one, voice) in enumerate(zip(statement.document[part], voices, strict=False), 1):
            yield {"statement": statement.key, "number": number, **one, "voice": voice}


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in table.key)


def _dated(row: Row) -> Row:
    return {**row, **date_document(PartialDate.parse(row["date"]))}


def _event(row: Row) -> Row:
    votes = row["votes"] or {}
    firmness = firmness_document(Source.model_validate(one) for one in row["sources"])
    told = {"independent_publishers": "publishers", "nearest_class": "nearest", "first_published": "first_published"}
    firm = {column: firmness[name] for column, name in told.items()}
    # The document leaves out what says nothing; a column that answers yes or no says no, and a list has nothing in it.
    tally = {f"votes_{name}": votes.get(name) for name in _VOTES}
    return {"planned": False, "also": [], **_dated(row), **tally, **firm}


def _stem(stem: Row) -> Row:
    return {"text": stem["text"], "text_date": stem["date"], "clause": stem["clause"]}


def _accession(row: Row) -> Row:
    counts = row["counts"]["approved"]
    milestones = {name: one["date"] for name, one in row["milestones"].items()}
    return {**row, **milestones, "approved": counts["reached"], "approved_unknown": counts["unknown"]}


def _ratification(row: Row) -> Row:
    stages: dict[str, Any] = {}
    for name, one in row["stages"].items():
        spread = {part: one[part] for part in ("earliest", "latest", "state", "inferred", "basis")}
        stages |= {name: one["date"], **{f"{name}_{part}": value for part, value in spread.items()}}
    needed = row["required_from"]
    ends = {f"required_from_{part}": needed[part] for part in ("earliest", "latest")}
    return {**row, **stages, "required_from": needed["date"], **ends}
