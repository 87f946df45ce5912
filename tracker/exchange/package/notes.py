"""What an edition says that the release before it did not: facts that came, were put right, or were sourced further."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tracker.exchange.dataset.shipped_log import read_log

_MOST: Final = 400
_HEADINGS: Final = {
    "recorded": "Added",
    "assessed": "Claims added",
    "rectified": "Corrected",
    "sourced": "Sourced further",
}

Entry = Mapping[str, Any]


def release_before(edition: int) -> int:
    """The edition at which the newest shipped release before this one ended; 0 where there was none."""
    return max((one.last for one in read_log() if one.last < edition), default=0)


def release_notes(log: bytes, edition: int) -> str:
    """The notes of the edition, from its log."""
    since = release_before(edition)
    entries = [entry for entry in map(json.loads, log.splitlines()) if since < entry["position"] <= edition]
    parts = [_part(heading, _told(entries, act)) for act, heading in _HEADINGS.items()]
    moved = sum(entry["type"] in ("stage.changed", "accession.changed") for entry in entries)
    head = (
        f"# What edition {edition} says that edition {since} did not\n\n"
        f"{len(entries)} entries of the log; {moved} of them move a stage or a milestone.\n"
    )
    return "\n".join([head, *filter(None, parts)])


def _told(entries: Iterable[Entry], act: str) -> list[str]:
    return [_line(entry, act) for entry in entries if entry["type"].partition(".")[2] == act]


def _part(heading: str, lines: list[str]) -> str:
    if not lines:
        return ""
    shown = [f"- {line}" for line in lines[:_MOST]]
    rest = [f"- and {len(lines) - _MOST} more, which the log tells"] if len(lines) > _MOST else []
    return "\n".join([f"## {heading}: {len(lines)}", "", *shown, *rest, ""])


def _line(entry: Entry, act: str) -> str:
    noun, payload = entry["type"].partition(".")[0], entry["payload"]
    if act == "rectified":
        done = "taken back" if payload["now"] is None else "put right"
        return f"{noun} `{payload['key']}` {done}: {payload['reason']}"
    if act == "sourced":
        key = payload.get("assessment") or payload[noun]
        return f"{noun} `{key}`: {', '.join(source['publisher'] for source in payload['sources'])}"
    document = payload.get("assessment") if act == "assessed" else payload[noun]
    key = document.get("key") or document.get("ally") or document["code"]
    title = document.get("title") or document.get("status") or ""
    return f"{noun} `{key}`{': ' if title else ''}{title}"
