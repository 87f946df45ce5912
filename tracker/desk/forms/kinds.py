"""Which kinds of event make sense for whom, in which accession, and under what key."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tracker.domain.dates import PartialDate
from tracker.domain.vocabulary import ALLY_ACTS, EventKind, PartyKind
from tracker.models import Event, Party

Group = tuple[str, list[tuple[str, str]]]

CONTEXT: Final = (
    EventKind.STATEMENT,
    EventKind.MEETING,
    EventKind.CALL,
    EventKind.AGREEMENT_SIGNED,
    EventKind.OBJECTION,
    EventKind.CONDITION_RAISED,
    EventKind.APPOINTMENT,
    EventKind.REFERENDUM,
    EventKind.STRUCTURE_LEFT,
    EventKind.STRUCTURE_REJOINED,
    EventKind.PLAN_POSTPONED,
    EventKind.PLAN_CANCELLED,
    EventKind.OTHER,
)
BY_THE_ALLY: Final = tuple(kind for kind in EventKind if kind in ALLY_ACTS)
BY_THE_APPLICANT: Final = (
    EventKind.PARTNERSHIP_JOINED,
    EventKind.PARTNERSHIP_LEFT,
    EventKind.DIALOGUE_REQUESTED,
    EventKind.INTENSIFIED_DIALOGUE,
    EventKind.MAP_REQUESTED,
    EventKind.MAP_GRANTED,
    EventKind.APPLICATION,
    EventKind.ACCESSION_TALKS,
    EventKind.LETTER_OF_INTENT,
    EventKind.SUBMITTED,
    EventKind.COMMITTEE_REPORT,
    EventKind.APPLICANT_VOTE,
    EventKind.APPLICANT_RATIFIED,
    EventKind.APPLICANT_ASSENTED,
    EventKind.APPLICANT_PUBLISHED,
    EventKind.PUBLISHED,
    EventKind.APPLICANT_DEPOSITED,
    EventKind.ACCEDED,
    EventKind.FLAG_RAISED,
    EventKind.WITHDRAWN,
)
BY_AN_ORGANISATION: Final = (
    EventKind.PARTNERSHIP_JOINED,
    EventKind.INTENSIFIED_DIALOGUE,
    EventKind.MAP_GRANTED,
    EventKind.INVITATION,
    EventKind.ACCESSION_TALKS,
    EventKind.PROTOCOL_SIGNED,
    EventKind.PROTOCOL_IN_FORCE,
    EventKind.INVITATION_LETTER,
    EventKind.FLAG_RAISED,
)
_GROUPS: Final = (
    ("An ally’s act on the protocol", BY_THE_ALLY),
    ("The applicant’s act", BY_THE_APPLICANT),
    ("Of the accession as a whole", BY_AN_ORGANISATION),
    ("What else happened", CONTEXT),
)


def kinds_for(accession: str, actor: Party) -> tuple[EventKind, ...]:
    """The kinds that make sense for that actor in that accession; without one, what else may happen."""
    if not accession:
        return (EventKind.PARTNERSHIP_JOINED, EventKind.PARTNERSHIP_LEFT, *CONTEXT)
    if actor.code == accession:
        return (*BY_THE_APPLICANT, *CONTEXT)
    return (*(BY_THE_ALLY if actor.kind == PartyKind.STATE else BY_AN_ORGANISATION), *CONTEXT)


def grouped(kinds: Iterable[EventKind] = EventKind) -> list[Group]:
    """The kinds as the groups of a select, each kind once."""
    left = list(kinds)
    groups: list[Group] = []
    for name, members in _GROUPS:
        here = [kind for kind in members if kind in left]
        left = [kind for kind in left if kind not in here]
        if here:
            groups.append((name, [(kind.value, str(kind.label)) for kind in here]))
    return groups


def free_key(accession: Party | None, actor: Party, kind: EventKind, occurred: PartialDate) -> str:
    """A key that says what the event is and that none has yet: `se2024-hu-chamber-vote`."""
    day = occurred.earliest or occurred.latest
    year = day.year if day else ""
    about = accession.alpha2 or accession.code if accession else "nato"
    stem = "-".join([f"{about}{year}", actor.alpha2 or actor.code, kind.value])
    stem = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")
    taken = set(Event.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in numbered(stem) if key not in taken)


def numbered(stem: str) -> Iterator[str]:
    """The stem, and then the stem with a number, for ever."""
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1
