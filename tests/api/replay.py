"""The record as the log tells it, replayed slowly and plainly, entry by entry, for comparison with the API.

Shares nothing with `tracker.readmodel` or `tracker.domain.standing`: it reads only entries of the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from tracker.models import Change

LADDER = ("submitted", "approved", "assented", "deposited")
DATES = {
    "submitted": ("submitted", "laid", "referred"),
    "approved": ("consent",),
    "assented": ("assented",),
    "deposited": ("deposited",),
}
ASPIRING = {"intensified_dialogue", "map_granted"}
TURNS = {
    "applied": "application",
    "invited": "invitation",
    "signed": "protocol_signed",
    "in_force": "protocol_in_force",
    "acceded": "acceded",
    "withdrawn": "withdrawn",
}


# What other states do with a protocol; it begins no accession.
OTHERS = {
    *("submitted", "laid", "referred", "consent", "assented", "deposited", "committee_report", "committee_vote"),
    *("chamber_vote", "executive_approval", "published", "ratified"),
}


@dataclass
class Replayed:
    """What the log had told by a position."""

    events: dict[str, Any] = field(default_factory=dict)
    accessions: set[str] = field(default_factory=set)


def replay(position: int) -> Replayed:
    """Everything up to that position, one entry after the other."""
    found = Replayed()
    for entry in Change.objects.filter(position__lte=position).order_by("position"):
        told = entry.payload
        if entry.type == "event.recorded":
            found.events[told["event"]["key"]] = told["event"]
        elif entry.type == "event.rectified":
            del found.events[told["key"]]
            if told["now"]:
                found.events[told["key"]] = told["now"]
        elif entry.type == "accession.opened":
            found.accessions.add(told["accession"])
    return found


def days(text: str) -> tuple[str, str]:
    """The first and the last day that a date names, as text; `0` and `9` where it is open."""
    if "/" in text:
        first, last = text.split("/")
        return ("0" if first == ".." else days(first)[0], "9" if last == ".." else days(last)[1])
    if len(text) == 4:
        return f"{text}-01-01", f"{text}-12-31"
    if len(text) == 7:
        for last_day in ("31", "30", "29", "28"):
            try:
                date.fromisoformat(f"{text}-{last_day}")
            except ValueError:
                continue
            return f"{text}-01", f"{text}-{last_day}"
    return text, text


def first(events: list[Mapping[str, Any]]) -> tuple[str, str] | None:
    """Between which days the first of the events lies."""
    if not events:
        return None
    ends = [days(one["date"]) for one in events]
    return min(one[0] for one in ends), min(one[1] for one in ends)


def members_on(found: Replayed, day: str) -> set[str]:
    """Who certainly was a member by the end of that day."""
    joined = [one for one in found.events.values() if one["kind"] == "acceded"]
    return {one["actor"] for one in joined if days(one["date"])[1] <= day}


def acts_on(found: Replayed, code: str) -> list[Any]:
    """What was done in the course of that accession, acts on several of them included."""
    return [one for one in found.events.values() if code in {one["accession"], *one.get("also", ())}]


def begun(found: Replayed, code: str, day: str) -> bool:
    """Whether something on record had opened the accession by that day, or may have."""
    own = [one for one in acts_on(found, code) if one["kind"] not in OTHERS]
    return any(days(one["date"])[0] <= day for one in own)


def answer(found: Replayed, code: str, day: str) -> dict[str, Any]:
    """Who had to ratify, who had approved, and the status, for one accession on one day."""
    own = acts_on(found, code)
    turns = {turn: first([one for one in own if one["kind"] == kind]) for turn, kind in TURNS.items()}
    needed = _needed(found, code, turns)
    required = sorted(ally for ally, since in needed.items() if since <= day)
    return {
        "status": _status(turns, day, aspired=first([one for one in own if one["kind"] in ASPIRING])),
        "required": len(required),
        "certain": sorted(ally for ally in required if _approved_by_act(own, ally, day)),
    }


def _needed(found: Replayed, code: str, turns: Mapping[str, tuple[str, str] | None]) -> dict[str, str]:
    """Each ally that the protocol ever needed, with the day from which it certainly did."""
    signed, in_force = turns["signed"], turns["in_force"]
    if signed is None:
        return {}
    needed = {}
    for one in [one for one in found.events.values() if one["kind"] == "acceded" and one["actor"] != code]:
        joined = days(one["date"])[1]
        if joined <= signed[1]:
            needed[one["actor"]] = signed[1]
        elif in_force is None or joined < in_force[1]:
            needed[one["actor"]] = joined
    return needed


# What cannot have been before the ally's approval.
AFTER: Final = frozenset({"assented", "deposited"})


def _approved_by_act(own: list[Mapping[str, Any]], ally: str, day: str) -> bool:
    """Whether an approval on record had certainly been by that day: by its own date, or by what came after it."""
    found = first([one for one in own if one["actor"] == ally and one["kind"] == "consent"])
    if found is None:
        return False
    after = [
        one for one in own if (one["actor"] == ally and one["kind"] in AFTER) or one["kind"] == "protocol_in_force"
    ]
    ends = [days(one["date"])[1] for one in after]
    return min([found[1], *(end for end in ends if end >= found[0])]) <= day


def _status(turns: Mapping[str, tuple[str, str] | None], day: str, aspired: tuple[str, str] | None) -> str:
    def passed(turn: str) -> bool:
        found = turns[turn]
        return found is not None and found[1] <= day

    if passed("withdrawn"):
        return "withdrawn"
    # Nobody is an aspirant but by an act that says so; what is on record of later turns stands by itself.
    status = "aspirant" if aspired is not None and aspired[1] <= day else "not_on_record"
    for turn, name in (
        ("applied", "applicant"),
        ("invited", "invited"),
        ("signed", "signed"),
        ("in_force", "in_force"),
        ("acceded", "member"),
    ):
        if passed(turn):
            status = name
    return status
