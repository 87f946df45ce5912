"""Standing once more, slow and obvious: walk the log, write down every possible day, and count.

Written apart from `tracker.domain.standing`, and shares nothing with it but the words: a mistake would have to be
made twice.
"""

from dataclasses import dataclass
from datetime import date, timedelta

FIRST, LAST = date(2022, 1, 1), date(2022, 4, 30)
CALENDAR = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
LADDER = ["submitted", "approved", "assented", "deposited"]
SAYS = {
    "submitted": "submitted",
    "laid": "submitted",
    "referred": "submitted",
    "consent": "approved",
    "assented": "assented",
    "deposited": "deposited",
}


@dataclass(frozen=True)
class Telling:
    """One event as a source tells it: any day of `days` may be the one."""

    kind: str
    actor: str
    days: tuple[date, ...]
    office: str = ""
    carried: bool | None = None


@dataclass(frozen=True)
class Entry:
    """One step of the log: the key now says this, or, with None, nothing any more."""

    key: str
    says: Telling | None


def said_at(log: list[Entry], edition: int) -> list[Telling]:
    """What the site said after that many entries."""
    said: dict[str, Telling] = {}
    for entry in log[:edition]:
        said.pop(entry.key, None)
        if entry.says is not None:
            said[entry.key] = entry.says
    return list(said.values())


def first_days(tellings: list[Telling]) -> list[date]:
    """Every day on which the first of these can have been: none later than the day by which one certainly was."""
    if not tellings:
        return []
    certain = min(max(one.days) for one in tellings)
    return [day for day in CALENDAR if day <= certain and any(day >= min(one.days) for one in tellings)]


def answer(possible: list[date], day: date) -> str:
    """Reached if every possible day has come, not reached if none has; without any, it never happened."""
    if not possible:
        return "not_reached"
    come = [one <= day for one in possible]
    return "reached" if all(come) else "unknown" if any(come) else "not_reached"


def possible_days(stage: str, own: list[Telling], everything: list[Telling], chambers: list[set[str]]) -> list[date]:
    """Every day on which an ally can have reached the stage; none if nothing says it ever did.

    A bound that would leave no day at all contradicts an act, and is passed over.
    """
    days = [*CALENDAR, date.max]  # a day after the calendar stands for “or never”
    acts = [one for one in own if SAYS.get(one.kind) == stage]
    votes = full_set_of_votes(own, chambers) if stage == "approved" and not acts else []
    ends = latest_ends(stage, own, everything)
    if acts:
        days = first_days(acts)
        ends = [end for end in ends if end >= min(days)]
    elif not ends and not votes:
        return []
    for end in ends:
        days = [day for day in days if day <= end]
    for begin in sorted([*earliest_begins(stage, own, everything, chambers), *(min(vote.days) for vote in votes)]):
        days = [day for day in days if day >= begin] or days
    return days


def latest_ends(stage: str, own: list[Telling], everything: list[Telling]) -> list[date]:
    """Days by which the stage was certainly behind the ally."""
    ends = []
    for later in LADDER[LADDER.index(stage) + 1 :]:
        ends += first_days([one for one in own if SAYS.get(one.kind) == later])[-1:]
    ends += first_days([one for one in everything if one.kind == "protocol_in_force"])[-1:]
    if stage == "submitted":
        ends += [max(one.days) for one in own if one.kind in {"chamber_vote", "committee_vote", "committee_report"}]
    return ends


def earliest_begins(stage: str, own: list[Telling], everything: list[Telling], chambers: list[set[str]]) -> list[date]:
    """Days before which the stage cannot have been reached."""
    begins: list[date] = []
    for earlier in LADDER[: LADDER.index(stage)]:
        acts = [one for one in own if SAYS.get(one.kind) == earlier]
        begins += first_days(acts)[:1]
        if earlier == "approved" and not acts:
            begins += [min(vote.days) for vote in full_set_of_votes(own, chambers)]
    starts = [
        min(first_days([one for one in everything if one.kind == kind]))
        for kind in ("application", "invitation", "protocol_signed")
        if any(one.kind == kind for one in everything)
    ]
    begins += [min(starts)] if starts else []
    signed = first_days([one for one in everything if one.kind == "protocol_signed"])
    begins += [min(signed)] if signed and stage == "deposited" else []
    return begins


def full_set_of_votes(own: list[Telling], chambers: list[set[str]]) -> list[Telling]:
    """The votes in favour, once every chamber has one."""
    votes = [one for one in own if one.kind == "chamber_vote" and one.carried is not False]
    by_chamber = [[vote for vote in votes if vote.office in names] for names in chambers]
    return [vote for votes_of_one in by_chamber for vote in votes_of_one] if chambers and all(by_chamber) else []


def required_on(said: list[Telling], applicant: str, day: date) -> list[str]:
    """The allies that the protocol needs on that day."""
    signed = first_days([one for one in said if one.kind == "protocol_signed" and one.actor == "NATO"])
    if not signed or max(signed) > day:
        return []
    in_force = first_days([one for one in said if one.kind == "protocol_in_force"])
    needed = []
    for ally in sorted({one.actor for one in said if one.kind == "acceded"} - {applicant}):
        joined = max(first_days([one for one in said if one.kind == "acceded" and one.actor == ally]))
        if joined <= max(signed) or (joined <= day and (not in_force or joined < max(in_force))):
            needed.append(ally)
    return needed


def replay(
    log: list[Entry], edition: int, applicant: str, day: date, chambers: dict[str, list[set[str]]]
) -> dict[str, dict[str, str]]:
    """Each required ally's answer for each stage on that day, as the site knew it at that edition."""
    said = said_at(log, edition)
    result = {}
    for ally in required_on(said, applicant, day):
        own = [one for one in said if one.actor == ally and one.kind != "acceded"]
        result[ally] = {stage: answer(possible_days(stage, own, said, chambers.get(ally, [])), day) for stage in LADDER}
    return result
