"""The shapes of what documents are made of: dates, sources, tallies, names, steps."""

from typing import Final

from pydantic import Field

from api.shapes.frame import Code, Day, Shape
from tracker.domain.dates import Precision
from tracker.domain.vocabulary import Confidence, Majority, MajorityBase, SourceClass, StepKind

EDTF: Final = "EDTF level 1: 2022-10-23, 2022-10, 2022, 2022-07-05/2022-09-27."


class DateShape(Shape):
    """An interval of days; all null where there is none."""

    date: str | None = Field(description=EDTF)
    earliest: Day | None
    latest: Day | None
    precision: Precision | None


class SourceShape(Shape):
    """Who says so, and where."""

    url: str
    title: str
    publisher: str
    source_class: SourceClass = Field(alias="class")
    published: str | None
    quote: str | None
    quote_language: str | None
    archived_url: str | None


class DifferingShape(Shape):
    """What another source says differently."""

    field: str
    value: str
    url: str


class TallyShape(Shape):
    """A counted vote."""

    yes: int
    no: int | None
    abstain: int | None
    absent: int | None


class StemShape(Shape):
    """The text that a commitment stems from."""

    text: str
    date: str | None
    clause: str | None


class ParliamentShape(Shape):
    """An ally’s parliament."""

    name: str
    native: str | None
    website: str | None


class EarlierSizeShape(Shape):
    """How many seats a chamber had up to and without a day."""

    until: str | None
    seats: int


class MajorityRuleShape(Shape):
    """The majority that a chamber needs, and never fewer votes for than `at_least`."""

    share: Majority
    of: MajorityBase
    at_least: int | None
    note: str | None


class ChamberShape(Shape):
    """One chamber of a parliament."""

    name: str
    native: str | None
    seats: int | None
    seats_earlier: list[EarlierSizeShape]
    role: str | None
    majority: MajorityRuleShape | None = Field(None, description="Missing where the usual one is enough.")
    quorum: str | None = None


class StepShape(Shape):
    """One step of a procedure."""

    order: int
    kind: StepKind
    body: str
    note: str | None
    alternative: bool
    optional: bool
    group: str | None = Field(None, description="Of the paths of one group exactly one is taken in a round.")
    path: str | None = None


class LegalBasisShape(Shape):
    """A provision that a procedure rests on."""

    provision: str
    says: str | None


class PathTakenShape(Shape):
    """Which path of a group an ally took in the round of these protocols."""

    accessions: list[Code]
    group: str
    path: str
    note: str | None
    sources: list[SourceShape]
    confidence: Confidence


class FirmnessShape(Shape):
    """What the sources that are shown amount to; copies of one text, and texts of one house, count once."""

    publishers: int = Field(description="How many independent publishers tell it.")
    nearest: SourceClass | None = Field(description="The class of the source that stands nearest to the act.")
    first_published: str | None = Field(description="When the first of the sources was published: EDTF level 1.")


class ReferendumShape(Shape):
    """What the people were asked, and what came of it."""

    question: str | None
    electorate: int | None
    yes: int | None
    no: int | None
    turnout: str | None
    threshold: str | None
    valid: bool | None
    binding: bool | None


class OrdinalShape(Shape):
    """The place of an act in the count of allies: “the 28th of 30 to deposit”."""

    number: int
    of: int | None


class NameShape(Shape):
    """A name in one language, from `since` up to and without `until`."""

    language: str
    text: str
    since: str | None
    until: str | None
