"""Statements as documents: one utterance on a day, by whom, and the claims and relations that hang from it."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from tracker.domain.fact_base import Fact, Source
from tracker.domain.validators import ClaimKey, Code, Date, Headline, Key, Line, Office, OwnName, at_most
from tracker.domain.vocabulary import Confidence, RelationKind, SpeakerKind, StatementForm


class SpeakerFact(Fact):
    """Who speaks: as what, for or in which state or organisation, and by whom it is told, if not by the speaker.

    `party` is the state or organisation that the speaker speaks for or, for one who speaks for nobody but
    itself, the state that it belongs to.
    """

    party: Code
    kind: SpeakerKind
    office: Office = ""
    person: OwnName = ""
    told_by: Office = ""


class RelationFact(Fact):
    """That one commitment depends on another, or gave way to it, as the speakers of the statement say."""

    kind: RelationKind
    of: Key
    to: Key

    @model_validator(mode="after")
    def _check_two(self) -> Self:
        if self.of == self.to:
            raise ValueError("a relation ties two commitments")
        return self


class StatementFact(Fact):
    """One utterance. A joint one speaks for each of its speakers; a general one names no clause.

    Its own sources are few: most stand with the claims that hang from it.
    """

    key: Key
    occurred: Date = Field(alias="date")
    place: Annotated[Line, at_most(120)] = ""
    form: StatementForm
    title: Headline
    general: bool = False
    speakers: tuple[SpeakerFact, ...]
    claims: tuple[ClaimKey, ...] = ()
    relations: tuple[RelationFact, ...] = ()
    event: Annotated[Line, at_most(120)] = ""
    sources: tuple[Source, ...] = ()
    confidence: Confidence

    @model_validator(mode="after")
    def _check_whole(self) -> Self:
        if not self.speakers:
            raise ValueError("somebody speaks in a statement")
        if len(set(self.claims)) < len(self.claims):
            raise ValueError("a claim hangs from it once")
        if not self.claims and not self.sources:
            raise ValueError("a statement without claims has a source of its own")
        return self

    @property
    def is_joint(self) -> bool:
        """Whether it speaks for several."""
        return len({speaker.party for speaker in self.speakers}) > 1
