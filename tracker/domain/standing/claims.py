"""What each party says of a commitment on a day. There is no verdict in here, and no place for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.domain.standing.acts import Assessed
from tracker.domain.vocabulary import Reached


@dataclass(frozen=True, slots=True)
class PartyClaim:
    """One party's last word on a commitment by that day, and how often it had spoken before."""

    by: str
    latest: Assessed
    earlier: tuple[Assessed, ...]


def claims_on(assessments: Iterable[Assessed], as_of: date) -> tuple[PartyClaim, ...]:
    """The parties' claims by that day, each party's last word first, parties by code.

    A claim counts from the last day it may have been made on, so that no party is quoted too early.
    """
    spoken = [one for one in assessments if one.occurred.by(as_of) is Reached.REACHED]
    # Of two claims of one day the key decides, which a rectification of either does not change.
    spoken.sort(key=lambda one: (one.occurred.latest or date.max, one.key), reverse=True)
    voices = sorted({(one.by, one.voice) for one in spoken})
    return tuple(_claim([one for one in spoken if (one.by, one.voice) == voice]) for voice in voices)


def _claim(spoken: list[Assessed]) -> PartyClaim:
    latest, *earlier = spoken
    return PartyClaim(latest.by, latest, tuple(earlier))
