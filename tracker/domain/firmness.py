"""How firmly a fact is sourced, worked out from the sources that are shown beside it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tracker.domain.dates import PartialDate
from tracker.domain.facts import Source
from tracker.domain.vocabulary import SourceClass

# What joins the names of those who stand behind one text: “Lusa (Notícias ao Minuto)”, “RTP / Lusa”, “Hansard via …”.
_JOINTS: Final = re.compile(r"[/(),]|\bvia\b|\bcopy(?: of)?\b|\breproduced by\b|\btext of\b|\brecord of\b|\bciting\b")
# A shorter quote may be the same in two texts by chance.
_TELLING: Final = 40
_ORDER: Final = tuple(SourceClass)


@dataclass(frozen=True, slots=True)
class Firmness:
    """How many independent publishers, which class is nearest to the act, and when the first published."""

    publishers: int
    nearest: SourceClass | None
    first: PartialDate | None


def firmness_of(sources: Iterable[Source]) -> Firmness:
    """What the sources amount to. Copies of one text, and texts of one house, count once."""
    cited = list(sources)
    classes = [source.source_class for source in cited]
    published = [PartialDate.parse(source.published) for source in cited if source.published]
    return Firmness(
        publishers=len(_groups(_marks(source) for source in cited)),
        nearest=min(classes, key=_ORDER.index, default=None),
        first=min(published, key=lambda one: (one.latest is None, one.latest), default=None),
    )


def firmness_document(sources: Iterable[Source]) -> dict[str, str | int | None]:
    """The firmness as the API and the package tell it; no class and no day where no source tells one."""
    found = firmness_of(sources)
    return {
        "publishers": found.publishers,
        "nearest": found.nearest.value if found.nearest else None,
        "first_published": str(found.first) if found.first else None,
    }


def _groups(marks: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The sets joined wherever two share a mark."""
    groups: list[frozenset[str]] = []
    for one in marks:
        kin = [group for group in groups if group & one]
        groups = [group for group in groups if not group & one] + [one.union(*kin)]
    return groups


def _marks(source: Source) -> frozenset[str]:
    """What shows that two sources are one: the names of those behind it, and the words quoted from it."""
    names = {part.strip().casefold() for part in _JOINTS.split(source.publisher)}
    quote = " ".join(source.quote.casefold().split())
    return frozenset(names - {""}) | (frozenset({quote}) if len(quote) >= _TELLING else frozenset())
