"""What a reader found in a source, and what it may stand for. Nothing in here is on the record yet."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from tracker.domain.vocabulary import EventKind, Outcome

_BETWEEN_PARTS = "\x1f"


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of a chamber, as the source counts them; None where it does not."""

    yes: int
    no: int
    abstain: int | None = None
    absent: int | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a find stands for, part by part; None wherever that is not certain, and left to the reviewer.

    `also` are further accessions that the same act concerns; `planned` is what is announced, and no act yet.
    """

    accession: str | None = None
    ally: str | None = None
    kind: EventKind | None = None
    date: str | None = None
    office: str = ""
    votes: Tally | None = None
    also: tuple[str, ...] = ()
    outcome: Outcome | None = None
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a source says, with its evidence. The same find has the same fingerprint at every reading.

    The fingerprint is its name, whatever the source says under it; what it says is `said`.
    `published` and the date of the suggestion are EDTF; `place` says where in the document the quote stands.
    """

    fingerprint: str
    title: str
    summary: str
    url: str
    published: str | None
    quote: str
    place: str
    suggestion: Suggestion
    language: str
    # Whether `published` is when the source last touched the entry, which is no part of what it says.
    is_stamp: bool = False

    @property
    def said(self) -> dict[str, Any]:
        """What the source says under this name: whoever changes any of it says something else."""
        votes = self.suggestion.votes
        return {
            "title": self.title,
            "summary": self.summary,
            "published": None if self.is_stamp else self.published,
            "date": self.suggestion.date,
            "votes": asdict(votes) if votes else None,
            "outcome": self.suggestion.outcome.value if self.suggestion.outcome else None,
        }


def fingerprint(*parts: str | None) -> str:
    """A short name that depends on all parts and their order, and on nothing else."""
    joined = _BETWEEN_PARTS.join(part or "" for part in parts)
    # A text from outside may hold half a character; it has a name all the same.
    return hashlib.sha256(joined.encode(errors="surrogatepass")).hexdigest()[:32]
