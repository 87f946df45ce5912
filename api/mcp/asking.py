"""What each tool takes: declared once, it reads the arguments and describes the tool."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tracker.domain.checking import Matter

State = Annotated[
    str, Field(max_length=80, description="ISO 3166-1 alpha-3 code, or any name it has or had: SWE, Turkey.")
]
AsOf = Annotated[
    str | None,
    Field(
        description=(
            "The day asked about, YYYY-MM-DD. Required for any question on the past: "
            "without it the answer is about today."
        ),
        json_schema_extra={"format": "date"},
    ),
]


class Arguments(BaseModel):
    """What every tool takes: the day."""

    model_config = ConfigDict(extra="forbid")

    as_of: AsOf = None


class Missing(Arguments):
    """Who is missing."""

    accession: State
    act: Literal["submitted", "approved", "assented", "deposited"] = Field(
        "approved", description="Which act is meant; “ratified” may mean any of the last three."
    )


class Status(Arguments):
    """Where an accession, or one ally on it, stands."""

    accession: State
    ally: State | None = None


class ChangesSince(BaseModel):
    """What the record learned."""

    model_config = ConfigDict(extra="forbid")

    since: str = Field(max_length=40, description="An edition such as 2549, a day, or a moment.")
    accession: State | None = None
    limit: int = Field(6, ge=1, le=8)


class Commitments(Arguments):
    """Who says what of the commitments."""

    accession: State | None = None
    party: State | None = None
    limit: int = Field(5, ge=1, le=6)


class Search(Arguments):
    """Words to look for."""

    q: str = Field(min_length=1, max_length=200)


class Cite(Arguments):
    """What to cite: an accession, or one ally on it."""

    accession: State
    ally: State | None = None


class Verify(Arguments):
    """A statement in English words, or as a form."""

    statement: str | None = Field(None, max_length=300, description="One English sentence; or else the form.")
    accession: State | None = None
    ally: State | None = None
    subject: str | None = Field(None, description="`allies` for all together; else who is spoken of.")
    act: Matter | None = None
    by: str | None = Field(None, description="On that day or before, YYYY-MM-DD.")
    on: str | None = None
    before: str | None = None
    after: str | None = None
    at: str | None = Field(None, description="It stood so on that day.")
    negated: bool = False
    n: int | None = None
    of: int | None = None
    missing: str | None = Field(None, description="The allies that had not: `HUN,TUR`.")
    first: bool = False
    last: bool = False
    rank: int | None = None
    tally: str | None = Field(None, description="Votes for and against: `287-55`.")
    commitment: str | None = None
    status: str | None = None
