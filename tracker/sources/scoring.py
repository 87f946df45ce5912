"""How well headlines are read: the reading of each headline of a corpus beside what a careful reader makes of it.

A part is *right* where it says what is to be said, *missed* where it says nothing, *wrong* where it says what must not
be said. A part that gives one of two right answers is right, and misses the other.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tracker.sources.matching import Match, match

FIELDS: Final = ("applicant", "ally", "kind")


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline, and what it says; what else is accepted is asked of nobody."""

    text: str
    language: str
    open: frozenset[str]
    applicants: frozenset[str]
    allies: frozenset[str]
    kind: str | None
    day: str | None = None
    source_ally: str | None = None
    applicants_ok: frozenset[str] = frozenset()
    allies_ok: frozenset[str] = frozenset()
    kind_ok: frozenset[str | None] = frozenset()
    asks_ally: bool = True
    tag: str = ""


@dataclass(slots=True)
class Tally:
    """How many of the answers to one question were right, missed and wrong."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        """The share of right ones among those given; 1 where none was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of those given among those asked for; 1 where none was."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def add(self, other: "Tally") -> None:
        """Count the other as well."""
        self.right, self.missed, self.wrong = (
            self.right + other.right,
            self.missed + other.missed,
            self.wrong + other.wrong,
        )


@dataclass(slots=True)
class Score:
    """The tallies of a set of headlines by part, and those that were read wrongly in any."""

    rows: int = 0
    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})
    misleading: list[tuple[Headline, Match]] = field(default_factory=list)

    @property
    def misleading_share(self) -> float:
        """The share of headlines of which something wrong was said."""
        return len(self.misleading) / self.rows if self.rows else 0.0

    def add(self, headline: Headline, said: Match) -> None:
        """Count one headline."""
        verdict = compare_match(headline, said)
        self.rows += 1
        for name, tally in verdict.items():
            self.tallies[name].add(tally)
        if any(tally.wrong for tally in verdict.values()):
            self.misleading.append((headline, said))


def read_corpus(lines: Iterable[str]) -> Iterator[Headline]:
    """The headlines of a file of JSON Lines; what a line leaves out is empty."""
    for line in lines:
        if line.strip():
            yield _headline(json.loads(line))


def score(headlines: Iterable[Headline]) -> dict[str, Score]:
    """The score by language, and of all together under `all`."""
    scores: dict[str, Score] = {}
    for headline in headlines:
        said = match(
            headline.text,
            language=headline.language,
            ally=headline.source_ally,
            applicants=headline.open,
            day=headline.day,
        )
        for name in (headline.language, "all"):
            scores.setdefault(name, Score()).add(headline, said)
    return scores


def compare_match(headline: Headline, said: Match) -> dict[str, Tally]:
    """Each part of what was said, beside what is to be said."""
    asked = headline.allies if headline.asks_ally else frozenset()
    allowed = headline.allies_ok | (headline.allies - asked)
    return {
        "applicant": _of_codes(frozenset(said.accessions), headline.applicants, headline.applicants_ok),
        "ally": _of_codes(frozenset(said.allies), asked, allowed),
        "kind": _of_kind(said.kind.value if said.kind else None, headline),
    }


def _of_codes(said: frozenset[str], wanted: frozenset[str], allowed: frozenset[str]) -> Tally:
    return Tally(len(said & wanted), len(wanted - said), len(said - wanted - allowed))


def _of_kind(said: str | None, headline: Headline) -> Tally:
    good = {headline.kind, *headline.kind_ok}
    if said:
        return Tally(right=1) if said in good else Tally(wrong=1, missed=int(None not in good))
    return Tally(missed=int(None not in good))


def _headline(row: Mapping[str, Any]) -> Headline:
    sets = {
        name: frozenset(row.get(name, ()))
        for name in ("open", "applicants", "allies", "applicants_ok", "allies_ok", "kind_ok")
    }
    return Headline(
        text=row["text"],
        language=row["language"],
        kind=row.get("kind"),
        day=row.get("day"),
        source_ally=row.get("source_ally"),
        asks_ally=not row.get("ally_by_publisher", False),
        tag=row.get("tag", ""),
        **sets,
    )
