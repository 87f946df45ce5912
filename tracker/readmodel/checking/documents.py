"""A check as a document: what the API and the tool of agents answer, and what the page shows."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from tracker.domain.dates import PartialDate
from tracker.domain.standing import StageDate
from tracker.domain.vocabulary import Reached
from tracker.language.grammar import capitalised
from tracker.language.words import labelled
from tracker.readmodel.answers.documents import event_rows
from tracker.readmodel.checking.asking import packed, parameters_of
from tracker.readmodel.checking.checks import Check, CheckedClause

_MOST_EVIDENCE = 8


def check_document(check: Check, edition_name: str, *, as_of: date) -> dict[str, Any]:
    """The verdict, its sentence, what it rests on, and the address that will always say the same."""
    first = check.clauses[0]
    return {
        "verdict": check.verdict.value,
        "why": check.why.value,
        "sentence": sentence_of(check),
        "clauses": [_clause(one) for one in check.clauses],
        "read_as": parameters_of(first.asked.clause),
        "readings": _readings(first),
        "stages": _stages(first),
        "counts": {name: by.document() for name, by in first.finding.counted.items()},
        "evidence": [row for one in check.clauses for row in _evidence(one)][:_MOST_EVIDENCE],
        "attributed": _attributed(check),
        "cite_url": cite_url(check, edition_name, as_of),
    }


def sentence_of(check: Check) -> str:
    """The verdict and what the record holds, ready to be quoted."""
    told = "; ".join(dict.fromkeys(one.finding.told for one in check.clauses if one.finding.told))
    label = str(check.verdict.label)
    # In some languages a day ends with the full stop that a sentence has.
    return f"{labelled(label, told or str(check.why.label)).removesuffix('.')}."


def cite_url(check: Check, edition_name: str, as_of: date) -> str:
    """The path of the page that shows the check: its form, and never its free text, with the day and the edition."""
    forms = [parameters_of(one.asked.clause) for one in check.clauses]
    parameters = forms[0] if len(forms) == 1 else {"clause": ",".join(map(packed, forms))}
    clocks = {"as_of": str(as_of), "known_at": edition_name}
    return f"/check/?{urlencode({**parameters, **clocks}, safe=',:;')}"


def _clause(one: CheckedClause) -> dict[str, Any]:
    return {
        "verdict": one.verdict.value,
        "why": one.why.value,
        "read_as": parameters_of(one.asked.clause),
        "readings": _readings(one),
        "told": capitalised(one.finding.told),
    }


def _readings(one: CheckedClause) -> dict[str, bool | None]:
    return {str(name): truth.value for name, truth in one.finding.truths.items() if name}


def _stages(one: CheckedClause) -> dict[str, Any]:
    asked = one.asked
    return {name: _stage(dated, asked.day, asked.as_of) for name, dated in one.finding.stages.items()}


def _stage(dated: StageDate, day: date, as_of: date) -> dict[str, str | None]:
    """Where the stage stood on the day claimed; what came after it stands apart, as far as the day asked about goes."""
    on_day = dated.on(day)
    later = dated.on(as_of) if on_day.state is not Reached.REACHED else None
    has_later = later is not None and later.state is Reached.REACHED
    return {
        "state": on_day.state.value,
        "date": _text(on_day.occurred),
        "later": _text(later.occurred) if later and has_later else None,
    }


def _text(occurred: PartialDate | None) -> str | None:
    return str(occurred) if occurred else None


def _evidence(one: CheckedClause) -> list[dict[str, Any]]:
    rows = event_rows(one.asked.edition, one.asked.as_of)
    return [_event(rows[key]) for key in one.finding.evidence if key in rows]


def _event(row: Mapping[str, Any]) -> dict[str, Any]:
    sources = [{"publisher": source["publisher"], "url": source["url"]} for source in row["sources"][:3]]
    return {"event": row["key"], "date": row["date"], "title": row["title"], "sources": sources}


def _attributed(check: Check) -> list[Mapping[str, Any]] | None:
    said = [one.finding.attributed for one in check.clauses if one.finding.attributed is not None]
    return [claim for claims in said for claim in claims] if said else None
