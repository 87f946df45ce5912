"""Standing as plain JSON data: what the copies, the log and the API hold, word for word."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.domain.standing.accessions import AccessionStanding
from tracker.domain.standing.milestones import StageDate, StageOnDay
from tracker.domain.standing.stages import RatificationStanding
from tracker.domain.vocabulary import Milestone, Reached, Stage


def date_document(occurred: PartialDate | None) -> dict[str, Any]:
    """An interval of days: its ends, its precision, and the whole in EDTF; all null where there is none."""
    if occurred is None:
        return {"date": None, "earliest": None, "latest": None, "precision": None}
    return {
        "date": str(occurred),
        "earliest": _iso(occurred.earliest),
        "latest": _iso(occurred.latest),
        "precision": occurred.precision.value,
    }


def stage_document(shown: StageOnDay) -> dict[str, Any]:
    """Whether a stage or a milestone was reached by a day, when, and which events say so; nothing from later."""
    return {
        "state": shown.state.value,
        **date_document(shown.occurred),
        "inferred": shown.inferred,
        "basis": shown.basis.value if shown.basis else None,
        "event": shown.evidence[0] if shown.evidence else None,
        "events": list(shown.evidence),
    }


def later_document(found: StageDate, as_of: date) -> dict[str, Any] | None:
    """When it was reached after that day, as is known now; None where nothing is known from later."""
    if found.occurred is None or found.by(as_of) is Reached.REACHED:
        return None
    return {
        **date_document(found.occurred),
        "inferred": found.inferred,
        "basis": found.basis.value,
        "events": list(found.evidence),
    }


def ratification_document(standing: RatificationStanding) -> dict[str, Any]:
    """Where one ally stands on one protocol."""
    return {
        "required": standing.required,
        "required_from": date_document(standing.required_from.on(standing.as_of).occurred),
        "stage": standing.stage.value,
        "stages": {stage.value: stage_document(standing.on(stage)) for stage in Stage},
    }


def milestones_document(milestones: Mapping[Milestone, StageDate], as_of: date) -> dict[str, Any]:
    """Each milestone of an accession."""
    return {one.value: stage_document(milestones[one].on(as_of)) for one in Milestone}


def accession_document(standing: AccessionStanding) -> dict[str, Any]:
    """Where one accession stands, without its ratifications."""
    return {
        "status": standing.status.value if standing.is_on_record else Reached.NOT_ON_RECORD.value,
        "milestones": milestones_document(standing.milestones, standing.as_of),
        "required": len(standing.required),
        "counts": {
            stage.value: {answer.value: count for answer, count in counted.items()}
            for stage, counted in standing.counts.items()
        },
        "pending": list(standing.pending),
        "unknown": list(standing.unknown),
        "days_since_signature": standing.days_since_signature,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
