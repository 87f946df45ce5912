"""The allies' procedures on a day: the one in use, those before it, and nothing from later."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.domain.canonical import Row
from tracker.domain.facts import ProcedureVersion
from tracker.domain.vocabulary import Milestone, Reached
from tracker.readmodel.days.as_of import names_later, sources_by, without_later
from tracker.readmodel.edition import Edition
from tracker.readmodel.fold import STAMP, without

_TEXTS = ("boundary", "majority", "referendum", "territorial_scope", "gazette", "notes")


def procedure_rows(edition: Edition, day: date) -> Mapping[str, Row]:
    """Each ally's procedure in use on that day, by code, with those before it; nothing where it is not on record."""
    return edition.once("procedures", day, lambda: _procedure_rows(edition, day))


def _procedure_rows(edition: Edition, day: date) -> dict[str, Row]:
    signed = {code for code, one in edition.standings(day).items() if one.by(Milestone.SIGNED) is Reached.REACHED}
    rows: dict[str, Row] = {}
    for ally, fact in sorted(edition.procedures.items()):
        if version := fact.on(day):
            earlier = [_shown(one, signed, day) for one in fact.earlier if one.last_day and one.last_day < day]
            stamp = {name: edition.state.procedures[ally][name] for name in STAMP}
            rows[ally] = Row(ally=ally, **_shown(version, signed, day), earlier=earlier, **stamp)
    return rows


def _shown(version: ProcedureVersion, signed: set[str], day: date) -> dict[str, Any]:
    """The version with every key, also those that say nothing, as it could be told on that day."""
    document = without(version.document(), "ally", "earlier")
    has_ended = version.last_day is not None and version.last_day < day
    taken = document.get("paths_taken", [])
    return {
        "tacit_approval_possible": False,
        "valid_from": None,
        **document,
        **{name: None if names_later(document.get(name), day) else document.get(name) for name in _TEXTS},
        "legal_basis": [one for one in document.get("legal_basis", []) if not _is_from_later(one, day)],
        "valid_until": document.get("valid_until") if has_ended else None,
        "chambers": [_chamber(chamber, day) for chamber in document["chambers"]],
        "steps": [_step(step, day) for step in document["steps"]],
        "paths_taken": [_taken(path, day) for path in taken if signed.issuperset(path["accessions"])],
        "sources": sources_by(document["sources"], day),
        "conflicts": [one for one in document["conflicts"] if not names_later(one["value"], day)],
        "unsourced_fields": [name for name in document["unsourced_fields"] if not names_later(name, day)],
    }


def _is_from_later(provision: Mapping[str, Any], day: date) -> bool:
    return any(names_later(provision[name], day) for name in ("provision", "says"))


def _taken(path: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The path without a remark, or a source, from later."""
    note = None if names_later(path["note"], day) else path["note"]
    return {**path, "note": note, "sources": sources_by(path["sources"], day)}


def _chamber(chamber: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The chamber with the size that it had on that day, and those before."""
    earlier = [size for size in chamber["seats_earlier"] if size["until"] <= day.isoformat()]
    later = chamber["seats_earlier"][len(earlier) :]
    role = None if names_later(chamber["role"], day) else chamber["role"]
    return {
        **chamber,
        "seats_earlier": earlier,
        "seats": later[0]["seats"] if later else chamber["seats"],
        "role": role,
    }


def _step(step: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The step without a remark, or an office, from later."""
    note = None if names_later(step["note"], day) else step["note"]
    offices = [part for part in step["body"].split("; ") if not names_later(part, day)]
    return {**step, "note": note, "body": without_later("; ".join(offices) or step["body"], day)}
