"""The shape of a check: a statement, its verdict, and what that rests on."""

from pydantic import Field

from api.shapes.frame import Code, Shape
from api.shapes.parts import Address, Edtf
from tracker.domain.checking import Verdict, Why
from tracker.domain.vocabulary import Claim, Reached


class StageCheckedShape(Shape):
    """Where a stage or a milestone stood on the day claimed."""

    state: Reached
    date: Edtf | None
    later: str | None = Field(description="When it came after the day claimed, as far as `as_of` goes.")


class CountedShape(Shape):
    """How many allies had done it by the day claimed."""

    reached: int
    unknown: int
    not_reached: int
    required: int


class EvidenceSourceShape(Shape):
    """Who says so."""

    publisher: str
    url: Address


class EvidenceShape(Shape):
    """An event that the verdict rests on."""

    event: str
    date: Edtf | None
    title: str
    sources: list[EvidenceSourceShape]


class AttributedShape(Shape):
    """Who says what of a commitment."""

    commitment: str
    by: Code
    status: Claim
    since: Edtf
    source: str | None


class ClauseShape(Shape):
    """One of the statements, by itself."""

    verdict: Verdict
    why: Why
    read_as: dict[str, str] = Field(description="The statement as parameters.")
    readings: dict[str, bool | None] = Field(description="Whether it is so, by the act that the word may mean.")
    told: str


class CheckShape(Shape):
    """What the record says of a statement. On commitments there is no verdict, only who says what."""

    verdict: Verdict
    why: Why
    sentence: str = Field(description="The verdict and what is on record, ready to be quoted.")
    clauses: list[ClauseShape] = Field(description="Each statement of several; one where there is one.")
    read_as: dict[str, str] = Field(description="The first statement as parameters.")
    readings: dict[str, bool | None]
    stages: dict[str, StageCheckedShape]
    counts: dict[str, CountedShape]
    evidence: list[EvidenceShape]
    attributed: list[AttributedShape] | None = Field(description="Who says what of the commitment; else null.")
    cite_url: str = Field(description="The page that shows this check, with its edition.")


class VocabularyShape(Shape):
    """One word of a vocabulary."""

    key: str
    vocabulary: str = Field(description="The vocabulary, as its schema is called.")
    code: str = Field(description="What stands in the field.")
    order: int = Field(description="Its place in the vocabulary, from 1.")
    meaning: str = Field(description="What the vocabulary is of.")
    labels: dict[str, str] = Field(description="What it is called, by language.")
