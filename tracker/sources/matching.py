"""From running text to accession, ally and kind of act, where the words leave no choice; None where they do.

A wrong suggestion costs a reviewer more than none. So one state too many, one act too many, or a word that makes
the act a plan, a refusal or a doubt, and the part stays open.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, TypeVar

from tracker.domain.vocabulary import EventKind
from tracker.sources.names import plain, states_in
from tracker.sources.phrases import ALLIANCE, JOINING, KINDS, OPEN

# Applicants whose protocol is or may come under way; the caller passes those that are open on the day.
APPLICANTS: Final = frozenset({"SWE", "FIN", "UKR", "GEO", "BIH"})

_Item = TypeVar("_Item")

# Named in such texts as neighbours or as aspirants, but with no protocol of theirs to consent to.
OUTSIDERS: Final = frozenset({"AUT", "BIH", "CHE", "CYP", "GEO", "IRL", "MDA", "MLT", "SRB", "UKR", "XKX"})

# Headlines and first paragraphs; further down, texts speak of other things as well.
_READ: Final = 3000


@dataclass(frozen=True, slots=True)
class Match:
    """What a text is about, part by part; None where its words do not settle it."""

    accession: str | None = None
    ally: str | None = None
    kind: EventKind | None = None


NOTHING: Final = Match()


def match(text: str, *, language: str, ally: str | None = None, applicants: Collection[str] = APPLICANTS) -> Match:
    """What the text is about. `ally` is whose source it is, where the operator said so.

    A source of one ally that speaks of another leaves it open who acted.
    """
    words = plain(text[:_READ])
    if language not in JOINING or not (ALLIANCE.search(words) and JOINING[language].search(words)):
        return NOTHING
    named = states_in(words, language)
    accession = _only(named & frozenset(applicants) - {ally})
    if accession is None:
        return NOTHING
    actor = _only(named - {accession} - OUTSIDERS | ({ally} if ally else set()))
    return Match(accession, actor, _kind(words, language) if actor else None)


def _kind(words: str, language: str) -> EventKind | None:
    """The one act the words report as done."""
    if OPEN[language].search(words):
        return None
    return _only({kind for kind, stems in KINDS[language].items() if re.search(rf"\b(?:{stems})", words)})


def _only(items: Collection[_Item]) -> _Item | None:
    """The element of a collection of one."""
    return next(iter(items)) if len(items) == 1 else None
