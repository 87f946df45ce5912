"""The rows of a file as facts, each by itself: an event, a commitment, a claim, a procedure, or a refusal in words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import Any, Final

from pydantic import ValidationError

from tracker.domain.exceptions import NotReadable
from tracker.domain.facts import AssessmentFact, CommitmentFact, EventFact, Fact, ProcedureFact
from tracker.domain.text import tidy
from tracker.exchange.sheets.cells import CodeOf, event_document, read_table
from tracker.exchange.sheets.row_errors import sentences
from tracker.language.names import everyone

MOST_ROWS: Final = 5_000
# What our own lists and files tell of a fact beside the fact itself.
_DERIVED: Final = frozenset({"earliest", "latest", "precision", "recorded", "recorded_at", "version", "url", "cite"})
_OF_TABLES: Final = frozenset({"key", "fact", "fact_key", "accession", "host"})


class Noun(StrEnum):
    """What a row is about."""

    EVENT = "event"
    COMMITMENT = "commitment"
    CLAIM = "claim"
    PROCEDURE = "procedure"


_FACTS: Final[Mapping[Noun, type[Fact]]] = {
    Noun.EVENT: EventFact,
    Noun.COMMITMENT: CommitmentFact,
    Noun.CLAIM: AssessmentFact,
    Noun.PROCEDURE: ProcedureFact,
}
# What only a fact of that noun has.
_MARKS: Final = ((Noun.COMMITMENT, "stems_from"), (Noun.CLAIM, "basis"), (Noun.PROCEDURE, "steps"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: the fact that it holds, or why it holds none; `cells` is what stands in it."""

    number: int
    fact: EventFact | None = None
    refusal: str = ""
    noun: Noun = Noun.EVENT
    # A fact of another noun than an event; a claim says on which commitment it is.
    other: Fact | None = None
    commitment: str = ""
    cells: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the row calls its fact, whether it can be read or not."""
        return str(self.cells.get("key") or self.cells.get("ally") or "")[:200]

    @property
    def title(self) -> str:
        """What the row says that it is about."""
        return str(self.cells.get("title") or self.cells.get("status") or "")[:300]


def read_sheet(name: str, text: str, code_of: CodeOf | None = None) -> list[Row]:
    """The rows of the file; each is a fact or a refusal. Raises `NotReadable` for what is wrong with the whole.

    `code_of` finds the code of a state that is given by its name.
    """
    codes = code_of or everyone().code_of
    rows = list(islice(_rows(name, text, codes), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise NotReadable(name, f"it has more than {MOST_ROWS} rows; split it, or load it by command")
    if not rows:
        raise NotReadable(name, "it has no rows")
    return _once(rows)


def _rows(name: str, text: str, code_of: CodeOf) -> Iterator[Row]:
    begun = text.lstrip("\ufeff \r\n\t")
    if begun.startswith("["):
        return _documents(name, begun, code_of)
    if begun.startswith("{") or (begun and name.lower().endswith((".jsonl", ".ndjson", ".json"))):
        return _answer(begun, code_of) or _lines(text, code_of)
    return _table(text, code_of)


def _documents(name: str, text: str, code_of: CodeOf) -> Iterator[Row]:
    try:
        documents = json.loads(text)
    except (ValueError, RecursionError):
        # A line that begins so may be one of many that are none.
        return _lines(text, code_of)
    if not isinstance(documents, list):
        raise NotReadable(name, "it is no list")
    return (_row(number, document, code_of) for number, document in enumerate(documents, 1))


def _answer(text: str, code_of: CodeOf) -> Iterator[Row] | None:
    """The rows of an answer of our API, if it is one."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    rows = document.get("data") if isinstance(document, dict) else None
    return (_row(number, row, code_of) for number, row in enumerate(rows, 1)) if isinstance(rows, list) else None


def _lines(text: str, code_of: CodeOf) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Row(number, refusal=f"it is no JSON: {error}"[:300], cells={"line": tidy(line[:2000])})
            continue
        yield _row(number, document, code_of)


def _table(text: str, code_of: CodeOf) -> Iterator[Row]:
    for row in read_table(text):
        try:
            document = event_document(row.cells, code_of)
        except ValueError as error:
            yield Row(row.number, refusal=row.fault or str(error), cells=row.cells)
            continue
        yield (
            Row(row.number, refusal=row.fault, cells=row.cells)
            if row.fault
            else replace(_row(row.number, document, code_of), cells=row.cells)
        )


def _row(number: int, document: Any, code_of: CodeOf) -> Row:
    if not isinstance(document, dict):
        return Row(
            number, refusal="it is no object with the parts of a fact", cells={"line": tidy(str(document)[:2000])}
        )
    noun = next((noun for noun, mark in _MARKS if mark in document), Noun.EVENT)
    cells: dict[str, Any] = _tidied(document)
    try:
        fact = _FACTS[noun].model_validate(_completed(noun, cells, code_of))
    except ValidationError as error:
        return Row(number, refusal=sentences(error), noun=noun, cells=cells)
    if isinstance(fact, EventFact):
        return Row(number, fact, cells=cells)
    return Row(number, noun=noun, other=fact, commitment=str(cells.get("commitment") or ""), cells=cells)


def _completed(noun: Noun, document: dict[str, Any], code_of: CodeOf) -> dict[str, Any]:
    """The document with what may be left away, and without what our own files derive from it."""
    # A fact of ours that comes back has a moment of record; whatever else we add to a fact goes with it.
    known = {name: field.alias or name for name, field in _FACTS[noun].model_fields.items()}
    is_own = "recorded" in document or "recorded_at" in document
    kept = set(known.values()) | set(known) if is_own else set(document) - (_DERIVED - set(known.values()))
    facts = {name: value for name, value in document.items() if name in kept and name != "commitment"}
    if noun is not Noun.EVENT:
        return facts
    facts["sources"] = [_source(source) for source in _listed(facts.get("sources"))]
    facts |= {name: code_of(str(facts[name])) or facts[name] for name in ("accession", "actor") if facts.get(name)}
    return {**facts, "confidence": facts.get("confidence") or "medium", "key": facts.get("key") or _key(facts)}


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [] if value is None else [value]


def _source(source: Any) -> Any:
    """A source without what the tables of our package add to it, to say whose it is."""
    if not isinstance(source, dict) or "fact_key" not in source:
        return source
    return {
        name: value for name, value in source.items() if name not in {"key", "fact", "fact_key", "accession", "host"}
    }


def _key(facts: Mapping[str, Any]) -> str:
    """A name for an act that has been given none: the same for the same act, so that a file may come twice."""
    parts = [facts.get(name) for name in ("accession", "actor", "kind", "date")]
    words = "-".join(str(part).lower() for part in parts if part)
    return "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in words).split())


def _once(rows: Sequence[Row]) -> list[Row]:
    seen: dict[tuple[Noun, str], int] = {}
    once = []
    for row in rows:
        name = (row.noun, row.fact.key if row.fact else row.key)
        has_fact = row.fact is not None or row.other is not None
        is_twice = has_fact and name in seen
        refusal = f"its key stands in row {seen[name]} too" if is_twice else row.refusal
        once.append(replace(row, fact=None, other=None, refusal=refusal) if is_twice else row)
        if has_fact:
            seen.setdefault(name, row.number)
    return once


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, list):
        return [_tidied(part) for part in value]
    return {str(name): _tidied(part) for name, part in value.items()} if isinstance(value, dict) else value
