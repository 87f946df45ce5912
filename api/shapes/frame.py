"""The frame of every answer: envelope, links, problems."""

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")


# Texts that a program can read as more than that.
Day = Annotated[str, Field(json_schema_extra={"format": "date"})]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Root = Annotated[
    str, Field(pattern=r"^[0-9a-f]{64}$", description="The root of the log up to here: tells two records apart.")
]
Code = Annotated[str, Field(pattern=r"^[A-Z]{2,8}$")]


class Shape(BaseModel):
    """The base of every shape."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Meta(Shape):
    """Of which edition and day the data are."""

    as_of: Day | None = Field(
        description="The day asked about; null where the answer is of no day.", examples=["2023-10-30"]
    )
    known_at: Moment | None = Field(description="When the edition was recorded; null on an empty record.")
    edition: int = Field(description="The position of the log that the data are of.")
    root: Root
    generated_at: Moment | None = Field(description="When these data last changed: the moment of the edition.")
    schema_version: str
    license: str
    total: int | None = Field(None, description="With `total=true`: how many rows the list has in all.")


class Links(Shape):
    """Where to go on, as paths on the same host."""

    self: str
    next: str | None = None
    next_cursor: str | None = Field(None, description="The cursor in `next`, for a client that builds its addresses.")
    alternate: str | None = Field(None, description="The page that shows the same to people.")


class Envelope(Shape, Generic[T]):
    """The data with what is needed to cite them and to ask for them again."""

    data: T
    meta: Meta
    links: Links


class ErrorShape(Shape):
    """One culprit: a parameter of the address, or a field of what was sent."""

    parameter: str | None = None
    field: str | None = None
    detail: str


class ProblemShape(Shape):
    """What is wrong, and what would be right (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ErrorShape] | None = None
    rectification: int | None = Field(None, description="By which rectification it was taken back.")
    read_as: list[dict[str, str]] | None = Field(None, description="What of a sentence was understood, as parameters.")
    kept: list[str] | None = Field(None, description="Of which editions there is a data package.")


class RootShape(Shape):
    """What there is, and where."""

    name: str
    complete_up_to: str | None = Field(
        description="When the newest fact on record was, where the day asked about lies after it: EDTF level 1. What "
        "has happened since, no answer tells.",
        examples=["2026-03-12"],
    )
    resources: dict[str, str]


def fields_of(shape: type[BaseModel]) -> tuple[str, ...]:
    """The names of a document's fields, as they are written."""
    return tuple(field.alias or name for name, field in shape.model_fields.items())
