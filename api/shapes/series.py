"""The shapes of how counts moved."""

from typing import Literal

from pydantic import Field

from api.shapes.frame import Code, Day, Shape
from api.shapes.standing import CountsShape
from tracker.domain.vocabulary import AccessionStatus


class SeriesShape(Shape):
    """Where an accession stood from this day on, until the day of the next row."""

    day: Day
    accession: Code
    status: AccessionStatus | Literal["not_on_record"]
    required: int
    counts: CountsShape
    pending: list[Code] = Field(description="Required allies whose approval certainly was not complete.")
    unknown: list[Code] = Field(description="Required allies whose approval may or may not have been complete.")


class RoundActsShape(Shape):
    """The acts of all allies of a round that reached one stage; days that are not known stay intervals."""

    reached: int = Field(description="Of how many it is certain.")
    known: int = Field(description="Of how many the very day is known.")
    first_earliest: Day | None
    first_latest: Day | None
    last_earliest: Day | None = Field(description="Null while one is missing.")
    last_latest: Day | None


class RoundShape(Shape):
    """The protocols that were signed on one day."""

    key: Day
    signed: Day
    accessions: list[Code]
    required: int = Field(description="Allies over all protocols of the round.")
    approved: RoundActsShape
    deposited: RoundActsShape
