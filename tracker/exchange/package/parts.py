"""Tables of what other tables hold as lists: the acts behind each date, steps, chambers, sources, conflicts."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from tracker.exchange.package.table import Row, Table
from tracker.readmodel import Edition
from tracker.readmodel.answers.documents import ratification_rows

PARTS: Final = (
    Table(
        "ratification_events",
        "The events that each date of a ratification rests on",
        "accession ally stage number:integer event",
        ("accession", "ally", "stage", "number"),
        {"accession": ("accessions", "code"), "ally": ("parties", "code"), "event": ("events", "key")},
    ),
    Table(
        "procedure_steps",
        "The steps of each ally’s procedure of today, in order",
        "ally number:integer kind office note",
        ("ally", "number"),
        {"ally": ("procedures", "ally")},
    ),
    Table(
        "chambers",
        "The chambers of each ally’s parliament",
        "ally number:integer name native role seats:integer",
        ("ally", "number"),
        {"ally": ("procedures", "ally")},
    ),
    Table(
        "conflicts",
        "What other sources say differently, of an event, a commitment or a procedure",
        "fact fact_key number:integer field value url",
        ("fact", "fact_key", "number"),
        {},
    ),
)


def part_rows(edition: Edition, day: date) -> dict[str, Iterable[Row]]:
    """The rows of these tables, by name."""
    state = edition.state
    return {
        "ratification_events": _evidence(edition, day),
        "procedure_steps": _listed(state.procedures.values(), "steps"),
        "chambers": _listed(state.procedures.values(), "chambers"),
        "conflicts": _conflicts(edition),
    }


def _evidence(edition: Edition, day: date) -> Iterator[Row]:
    for row in ratification_rows(edition, day).values():
        for stage, dated in row["stages"].items():
            for number, event in enumerate(dated["events"], 1):
                yield {
                    "accession": row["accession"],
                    "ally": row["ally"],
                    "stage": stage,
                    "number": number,
                    "event": event,
                }


def _listed(procedures: Iterable[Row], part: str) -> Iterator[Row]:
    for procedure in procedures:
        for number, one in enumerate(procedure[part], 1):
            yield {"ally": procedure["ally"], "number": number, **one}


def _conflicts(edition: Edition) -> Iterator[Row]:
    state = edition.state
    tables: dict[str, Iterable[Row]] = {
        "event": state.events.values(),
        "commitment": state.commitments.values(),
        "procedure": state.procedures.values(),
    }
    for fact, documents in tables.items():
        for document in documents:
            for number, conflict in enumerate(document["conflicts"] or (), 1):
                yield {"fact": fact, "fact_key": _key(document), "number": number, **conflict}


def _key(document: Any) -> str:
    return str(document.get("key") or document.get("ally") or document["code"])
