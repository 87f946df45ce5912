"""One entry of the log after the other, put into the copy: what each type of entry changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

Document = dict[str, Any]
Told = Mapping[str, Any]


def add(record: Document, entry: Told) -> None:
    """Bring the copy one entry further. Types that a later version of the API adds are left alone."""
    stamp = {"recorded": entry["position"], "recorded_at": entry["recorded_at"]}
    kind, act = entry["type"], entry["type"].partition(".")[2]
    does = _DOES.get(kind) or _DOES.get(f".{act}")
    if does:
        does(record["data"], entry["payload"], stamp)
    moment = entry["recorded_at"]
    record["meta"].update(edition=entry["position"], root=entry["root"], as_of=moment[:10])
    record["meta"].update(known_at=moment, generated_at=moment)
    record["links"]["self"] = f"/api/v1/snapshot/?known_at={entry['position']}"


def _party(data: Document, told: Told, stamp: Told) -> None:
    data["parties"][told["party"]["code"]] = {**told["party"], **stamp}


def _procedure(data: Document, told: Told, stamp: Told) -> None:
    data["procedures"][told["procedure"]["ally"]] = {**told["procedure"], **stamp}


def _opened(data: Document, told: Told, stamp: Told) -> None:
    code = told["accession"]
    data["accessions"][code] = {"accession": code, "status": "aspirant", "milestones": {}, **stamp}


def _changed(data: Document, told: Told, stamp: Told) -> None:
    data["accessions"][told["accession"]].update(status=told["to"], milestones=told["milestones"])


def _event(data: Document, told: Told, stamp: Told) -> None:
    data["events"][told["event"]["key"]] = {**told["event"], "version": told["version"], **stamp}


def _commitment(data: Document, told: Told, stamp: Told) -> None:
    bare = _without(told["commitment"], "assessments")
    data["commitments"][bare["key"]] = {**bare, **stamp}


def _assessed(data: Document, told: Told, stamp: Told) -> None:
    about = {"commitment": told["commitment"], "version": told["version"]}
    data["assessments"][told["assessment"]["key"]] = {**told["assessment"], **about, **stamp}


def _stated(data: Document, told: Told, stamp: Told) -> None:
    # A copy that was made before there were statements has no table for them.
    data.setdefault("statements", {})[told["statement"]["key"]] = {**told["statement"], **stamp}


def _sourced(data: Document, told: Told, stamp: Told) -> None:
    noun = next(one for one in ("assessment", "event", "commitment") if one in told)
    # A list of its own: a rectification that put this row in says what it said then.
    row = data[f"{noun}s"][told[noun]]
    row["sources"] = [*row["sources"], *told["sources"]]


def _staged(data: Document, told: Told, stamp: Told) -> None:
    key = f"{told['accession']}/{told['ally']}"
    bare = _without(told, "from", "to", "moved")
    data["ratifications"].setdefault(key, {"last_checked_at": None, **stamp}).update(bare)


def _removed(data: Document, told: Told, stamp: Told) -> None:
    data["ratifications"][f"{told['accession']}/{told['ally']}"]["required"] = False


def _checked(data: Document, told: Told, stamp: Told) -> None:
    data["ratifications"][f"{told['accession']}/{told['ally']}"]["last_checked_at"] = told["checked_at"]


def _rectified(data: Document, told: Told, stamp: Told) -> None:
    """Take back what was wrong, and put in what replaces it, if anything does."""
    data["rectifications"][str(told["rectification"])] = {**told, **stamp}
    table = data["parties" if told["subject"] == "party" else f"{told['subject']}s"]
    was = table.pop(told["key"])
    if told["now"] is None:
        return
    now = {**_without(told["now"], "assessments"), **stamp}
    if "commitment" in was:
        now["commitment"] = was["commitment"]
    if "version" in was:
        now["version"] = was["version"] + 1
    table[told["key"]] = now


def _without(document: Told, *names: str) -> Document:
    return {name: value for name, value in document.items() if name not in names}


_DOES: Final[Mapping[str, Callable[[Document, Told, Told], None]]] = {
    "party.recorded": _party,
    "procedure.recorded": _procedure,
    "accession.opened": _opened,
    "accession.changed": _changed,
    "event.recorded": _event,
    "commitment.recorded": _commitment,
    "commitment.assessed": _assessed,
    "statement.recorded": _stated,
    "requirement.added": _staged,
    "stage.changed": _staged,
    "requirement.removed": _removed,
    "source.checked": _checked,
    "check.retracted": _checked,
    ".sourced": _sourced,
    ".rectified": _rectified,
}
