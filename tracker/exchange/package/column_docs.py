"""What the columns of the tables mean, and which words stand in them, for the description of the package."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import TextChoices

from tracker.domain.dates import Precision
from tracker.domain.vocabulary import (
    LADDER,
    AccessionStatus,
    Basis,
    Claim,
    ClaimBasis,
    CommitmentCategory,
    CommitmentKind,
    Confidence,
    EventKind,
    Outcome,
    PartyKind,
    Reached,
    RelationKind,
    SourceClass,
    SpeakerKind,
    Stage,
    StatementForm,
    Subject,
)
from tracker.exchange.package.table import Table

_STAGES: Final = tuple(stage.value for stage in LADDER)

# Of a column wherever it stands, or of one column of one table.
MEANINGS: Final[Mapping[str, str]] = {
    "accession": "The applicant, by code.",
    "commitments.accession": "The applicant, by code; `NATO` for a condition that belongs to no accession.",
    "actor": "Who acted, by code.",
    "also": "Further accessions that the act or the commitment is about, by code.",
    "announced": "On which day the plan was announced.",
    "first_published": "When the first of the sources was published: EDTF level 1.",
    "independent_publishers": "How many publishers tell it; copies of one text, and texts of one house, count once.",
    "nearest_class": "The class of the source that stands nearest to the act.",
    "follows": "The event that this one keeps, postpones, cancels or recalls, by key.",
    "outcome": "What came of the vote.",
    "planned": "Whether this is what somebody announced for a day, and no act.",
    "ordinal": "Its place in the count of allies, as a source tells it, as JSON.",
    "referendum": "What the people were asked, and what came of it, as JSON.",
    "step": "The place in the ally’s procedure of that time that this act fills.",
    "ally": "The ally, by code.",
    "answer": "Where the accession stood, in one sentence.",
    "archived_url": "A copy of the source that stays.",
    "asked_by": "Who asks, by code.",
    "about": "Of whose undertaking the claim speaks, by code; of all who owe, if empty.",
    "by": "Whose claim it is, by code.",
    "complete_up_to": "The newest fact of an accession under way, where the day of the edition lies after it.",
    "due": "By when it is to be done, as far as whoever says so names a day.",
    "due_wording": "By when it is to be done, in the words of whoever says so.",
    "figures": "Numbers that the party gives, as JSON: how many of what, and of whom.",
    "form": "How it was said.",
    "general": "Whether it was said of the whole, and named no clause.",
    "joint": "Whether it speaks for several.",
    "of": "The commitment that depends on another, or gave way to it.",
    "office": "The body or office.",
    "person": "Who spoke, by name.",
    "place": "Where it was said.",
    "roles": "Whether the party asks, owes, or is a third party.",
    "statement": "The statement in which it was said, by key.",
    "statements.event": "The event in the record that is the same act, by key.",
    "to": "The commitment on which it depends, or to which it gave way.",
    "told_by": "Who tells what the speaker said, where that is not the speaker.",
    "voice": "The code under which the speaker’s claims stand.",
    "speakers.kind": "As what somebody speaks. Only the organs of a state speak for it.",
    "speakers.party": "The state or organisation spoken for; of one who speaks for itself, its state.",
    "relations.kind": "How one commitment is tied to the other.",
    "class": "Who publishes the source.",
    "code": "ISO 3166-1 alpha-3 for states; a short name for organisations and other voices.",
    "confidence": "How firmly the fact is sourced.",
    "conflicts": "What other sources say differently, as JSON.",
    "date": "The date as it is known: EDTF level 1.",
    "earliest": "The first day on which it can have happened.",
    "fact": "What kind of fact the source is cited for.",
    "fact_key": "The key of that fact.",
    "founding_member": "Whether the state signed the Treaty of 1949.",
    "key": "Names the fact for ever.",
    "latest": "The last day on which it can have happened.",
    "now": "What replaces it, as JSON; empty for a retraction.",
    "number": "The order of the names.",
    "owed_by": "Who owes, by code.",
    "pending": "Required allies that certainly had not approved, by code.",
    "precision": "How closely the date is known.",
    "published": "When the source was published, as closely as it says.",
    "recorded": "The position of the log at which this was first said.",
    "recorded_at": "When that was.",
    "required_from": "Since when the protocol needed the ally.",
    "since": "From when the name was in use; empty for ever before.",
    "stage": "The last stage certainly reached on the day of the edition.",
    "status": "How far it had come on the day of the edition.",
    "assessments.status": "What the party says of the commitment.",
    "stood_from": "Since when the mistake stood on record.",
    "text_date": "The date of the text that the commitment stems from.",
    "until": "Up to and without when the name was in use; empty for still.",
    "unknown": "Required allies of which it is not known whether they had approved, by code.",
    "version": "How often this fact has been told; 1 unless it was put right.",
    "votes_no": "Votes against; empty where not known.",
    "votes_yes": "Votes for.",
    "was": "What was wrong, as JSON.",
    "with": "Who else took part, by code.",
    **{f"{stage}_state": "Whether the stage was reached by the day of the edition." for stage in _STAGES},
    **{f"{stage}_earliest": "The first day on which the stage can have been reached." for stage in _STAGES},
    **{f"{stage}_latest": "The last day on which the stage can have been reached." for stage in _STAGES},
    **{f"{stage}_basis": "Why the stage has that date." for stage in _STAGES},
    **{f"{stage}_inferred": "Whether the date follows from another event; no source told it." for stage in _STAGES},
}

_WORDS: Final[Mapping[str, type[TextChoices] | type[Precision]]] = {
    "parties.kind": PartyKind,
    "accessions.status": AccessionStatus,
    "ratifications.stage": Stage,
    "events.kind": EventKind,
    "events.outcome": Outcome,
    "commitments.kind": CommitmentKind,
    "commitments.category": CommitmentCategory,
    "assessments.status": Claim,
    "assessments.basis": ClaimBasis,
    "statements.form": StatementForm,
    "speakers.kind": SpeakerKind,
    "relations.kind": RelationKind,
    "sources.class": SourceClass,
    "events.nearest_class": SourceClass,
    "rectifications.subject": Subject,
    "confidence": Confidence,
    "precision": Precision,
    **{f"{stage}_state": Reached for stage in _STAGES},
    **{f"{stage}_basis": Basis for stage in _STAGES},
    "ratification_events.stage": Stage,
    "background_sources.class": SourceClass,
}


def described(table: str, name: str, kind: str, key: tuple[str, ...]) -> dict[str, Any]:
    """A column as Table Schema has it: type, meaning, and which values it may have."""
    meaning = MEANINGS.get(f"{table}.{name}") or MEANINGS.get(name)
    words = _WORDS.get(f"{table}.{name}") or _WORDS.get(name)
    limits = {
        **({"required": True} if name in key else {}),
        **({"enum": [str(one.value) for one in words]} if words else {}),
    }
    return {
        "name": name,
        "type": kind,
        **({"description": meaning} if meaning else {}),
        **({"constraints": limits} if limits else {}),
    }


_JSON: Final[Mapping[str, str]] = {"integer": "integer", "boolean": "boolean"}


def json_schema(table: Table) -> dict[str, Any]:
    """What a line of JSON is, by JSON Schema: the columns as they are in a table, and lists as lists."""
    properties = {name: _property(table, name, kind) for name, kind in table.fields}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _property(table: Table, name: str, kind: str) -> dict[str, Any]:
    meaning = MEANINGS.get(f"{table.name}.{name}") or MEANINGS.get(name)
    told = {"description": meaning} if meaning else {}
    if kind in _JSON:
        return {"type": _JSON[kind] if name in table.key else [_JSON[kind], "null"], **told}
    return {"type": "string" if name in table.key else ["string", "array", "object", "null"], **told}
