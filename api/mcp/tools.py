"""The tools: each a function of one call, over what pages and API read as well."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from api.mcp import asking
from api.mcp.answers import Ask, Call
from api.mcp.following import changes_since
from tracker.domain.checking.clauses import Matter
from tracker.domain.vocabulary import Claim, Reached, Stage
from tracker.language.citations import Work, cite
from tracker.language.grammar import as_owner, as_subject, capitalised
from tracker.language.sentences import answer
from tracker.readmodel.checking import check, check_document
from tracker.readmodel.commitments import with_voices
from tracker.readmodel.ratifications import day_of_signature, say_ratification, steps_ahead
from tracker.readmodel.search.rows import search_rows
from tracker.readmodel.statements import NotUnderstood, clauses_of

_MEANS: Final[Mapping[str, str]] = {
    Stage.SUBMITTED: "the protocol is before parliament",
    Stage.APPROVED: "parliament has consented, or the act that replaces it",
    Stage.ASSENTED: "the head of state has signed",
    Stage.DEPOSITED: "the instrument is with the depositary, the United States",
}


def who_is_missing(call: Call) -> dict[str, Any]:
    """Which allies have not done an act on an accession protocol, and of which it is not known."""
    asked: asking.Missing = call.arguments
    code, stage = call.accession(asked.accession), Stage(asked.act)
    standing = call.clock.record.standing(code, call.day)
    by = {state: [one.ally for one in standing.required if one.by(stage) is state] for state in Reached}
    sentence, cite_url = answer(standing, call.names), call.page(f"/accessions/{code}/")
    if stage is not Stage.APPROVED or not standing.required:
        sentence, cite_url = _counted(call, code, stage, len(by[Reached.REACHED]))
    return call.answer(
        sentence,
        cite_url,
        act=stage.value,
        act_means=_MEANS[stage],
        required=len(standing.required),
        missing=by[Reached.NOT_REACHED],
        unknown=by[Reached.UNKNOWN],
    )


def _counted(call: Call, code: str, stage: Stage, reached: int) -> tuple[str, str]:
    """How many had done it, as the check of just that says it, and where."""
    asked = {"accession": code, "subject": "allies", "act": stage.value, "at_least": str(reached), "at": str(call.day)}
    checked = check(call.clock.record, clauses_of(asked, call.clock.record, call.day), call.day)
    told = checked.clauses[0].finding.told
    return f"{capitalised(told)}.", call.page("/check/", **asked)


def status(call: Call) -> dict[str, Any]:
    """Where an accession stands; with an ally, where that ally stands on it and who acts next."""
    asked: asking.Status = call.arguments
    code = call.accession(asked.accession)
    record, standing = call.clock.record, call.clock.record.standing(code, call.day)
    if asked.ally is None:
        counts = {stage.value: {state.value: n for state, n in told.items()} for stage, told in standing.counts.items()}
        sentence = answer(standing, call.names)
        return call.answer(sentence, call.page(f"/accessions/{code}/"), status=standing.status.value, counts=counts)
    ally = call.code(asked.ally)
    one = standing.ratifications.get(ally)
    if one is None:
        raise Ask(
            f"The protocol on {as_owner(call.names[code])} accession did not need {as_subject(call.names[ally])}."
        )
    signed = day_of_signature(record.processes[code])
    shown = {stage: one.on(stage) for stage in Stage if stage is not Stage.SIGNED}
    return call.answer(
        say_ratification(one, call.names[ally], call.names[code], signed),
        call.page(f"/accessions/{code}/{ally}/"),
        stages={
            stage.value: {"state": on.state.value, "date": str(on.occurred) if on.occurred else None}
            for stage, on in shown.items()
        },
        next=[{"kind": step.kind.value, "office": step.office} for step in steps_ahead(record, code, one)],
    )


def commitments(call: Call) -> dict[str, Any]:
    """What was asked or promised, and what each party says of it. There is no verdict of this site."""
    asked: asking.Commitments = call.arguments
    code = call.accession(asked.accession) if asked.accession else None
    party = call.code(asked.party) if asked.party else None
    found = [
        one
        for one in call.clock.record.commitments
        if one.exists_by(call.day) and (code is None or code in one.accessions) and (not party or party in one.parties)
    ]
    told = [with_voices(one, call.day) for one in found[: asked.limit]]
    rows = [
        {
            "key": one.recorded.key,
            "title": one.title,
            "says": {voice.by: voice.latest.fact.status.value for voice in one.voices},
        }
        for one in told
    ]
    filters = {name: value for name, value in (("accession", code), ("party", party)) if value}
    sentence = (
        f"{len(found)} commitments are on record; shown is what each party says, which is no verdict of this site."
    )
    words = [claim.value for claim in Claim]
    return call.answer(sentence, call.page("/commitments/", **filters), commitments=rows, total=len(found), words=words)


def search(call: Call) -> dict[str, Any]:
    """What is on record under words: states by any name, events, commitments."""
    rows = search_rows(call.clock.record, call.day, call.arguments.q)[:6]
    hits = [{"kind": row["kind"], "title": row["title"], "page": row["page"]} for row in rows]
    sentence = f"{len(hits)} of the best matches on record." if hits else "Nothing on record has these words."
    return call.answer(sentence, call.page("/search/", q=call.arguments.q), hits=hits)


def cite_page(call: Call) -> dict[str, Any]:
    """How to cite a page at this day and edition, in four styles."""
    asked: asking.Cite = call.arguments
    code = call.accession(asked.accession)
    path, title = f"/accessions/{code}/", f"Accession: {call.names[code]}"
    if asked.ally:
        ally = call.code(asked.ally)
        path, title = f"/accessions/{code}/{ally}/", f"{call.names[ally]} on {as_owner(call.names[code])} protocol"
    clock = call.clock
    published = clock.recorded_at.date() if clock.recorded_at else clock.today
    work = Work(capitalised(title), call.page(path), call.day, clock.edition_name, published)
    styles = cite(work)
    return call.answer(styles.apa, work.address, bibtex=styles.bibtex, wikipedia=styles.wikipedia)


def verify(call: Call) -> dict[str, Any]:
    """Whether the record supports a statement: supported, contradicted, ambiguous or unknown, with the evidence."""
    given = call.arguments.model_dump(exclude={"as_of", "statement"}, exclude_none=True, mode="json")
    form = {name: _written(value) for name, value in given.items() if value is not False}
    asked = {"q": call.arguments.statement} if call.arguments.statement else form
    try:
        clauses = clauses_of(asked, call.clock.record, call.day)
    except NotUnderstood as refusal:
        raise Ask(f"{refusal} Acts are: {', '.join(Matter)}.") from refusal
    if not clauses:
        raise Ask("Nothing is asked: give `statement`, or accession, ally, act and a day.")
    document = check_document(check(call.clock.record, clauses, call.day), call.clock.edition_name, as_of=call.day)
    page = document.pop("cite_url")
    document["evidence"] = [{**event, "sources": event["sources"][:1]} for event in document["evidence"][:3]]
    sentence = document.pop("sentence")
    kept = {name: document[name] for name in ("verdict", "why", "read_as", "readings", "stages", "counts", "evidence")}
    first = call.page("").partition("?")[0]
    return call.answer(sentence, f"{first}{page}", **kept, attributed=(document["attributed"] or [])[:5] or None)


def _written(value: Any) -> str:
    return "1" if value is True else str(value)


@dataclass(frozen=True)
class Tool:
    """One tool: what it takes, what it does, and how it is told to a model."""

    name: str
    takes: type[BaseModel]
    does: Callable[[Call], dict[str, Any]]
    told: str


_ALWAYS: Final = (
    "Quote `answer` as it is, name the act, and give `cite_url`. `unknown` is not `not`: say so. "
    "For any past day, pass `as_of`."
)
TOOLS: Final[Mapping[str, Tool]] = {
    tool.name: tool
    for tool in (
        Tool(
            "who_is_missing",
            asking.Missing,
            who_is_missing,
            "Which allies have not approved (or deposited …) an accession",
        ),
        Tool("status", asking.Status, status, "Where an accession to NATO, or one ally on it, stands on a day"),
        Tool(
            "changes_since", asking.ChangesSince, changes_since, "What this record learned since an edition or a moment"
        ),
        Tool("commitments", asking.Commitments, commitments, "What was promised or asked for, and who says what of it"),
        Tool("search", asking.Search, search, "Find states by any name, events and commitments by their words"),
        Tool("cite", asking.Cite, cite_page, "How to cite an accession, or one ally on it, at a day"),
        Tool("verify", asking.Verify, verify, "Check a statement about an accession against the record"),
    )
}


def described(tool: Tool) -> dict[str, Any]:
    """The tool as the protocol lists it."""
    schema = tool.takes.model_json_schema()
    schema.pop("title", None)
    schema.pop("description", None)
    told = {"readOnlyHint": True, "idempotentHint": True, "openWorldHint": False, "destructiveHint": False}
    return {
        "name": tool.name,
        "title": tool.told,
        "description": f"{tool.told}. {_ALWAYS}",
        "inputSchema": schema,
        "annotations": told,
    }
