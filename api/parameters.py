"""The parameters of each resource, declared once: they read requests, refuse what is unknown, and describe the API."""

import re
from datetime import date
from typing import Annotated, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from tracker.domain.exceptions import BadParameter
from tracker.domain.vocabulary import (
    AccessionStatus,
    Claim,
    CommitmentCategory,
    CommitmentKind,
    Confidence,
    EventKind,
    Reached,
    RelationKind,
    SourceClass,
    SpeakerKind,
    Stage,
    StatementForm,
    Subject,
)
from tracker.language.names import everyone
from tracker.readmodel.clock import read_day

MOST_ROWS: Final = 200


def _split(value: object) -> object:
    return tuple(dict.fromkeys(str(value).split(","))) if isinstance(value, str) else value


def _named(value: object) -> object:
    """Codes as they are, and names as the codes that they stand for; what is neither is left to be refused."""
    if not isinstance(value, str):
        return value
    return tuple(dict.fromkeys(everyone().code_of(text) or text.upper() for text in value.split(",")))


def _flag(value: object) -> object:
    if value in {"true", "false", "1", "0"}:
        return value in {"true", "1"}
    if isinstance(value, str):
        raise ValueError("write true or false")
    return value


def _number(value: object) -> object:
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{1,12}", value):
            raise ValueError("write a whole number of at most 12 digits")
        return int(value)
    return value


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return read_day("", value)
        except BadParameter as error:
            raise ValueError(error.because) from error
    return value


T = TypeVar("T")
Many = Annotated[tuple[T, ...], BeforeValidator(_split)]
Code = Annotated[str, Field(pattern=r"^[A-Z]{2,8}$")]
Codes = Annotated[tuple[Code, ...], Field(max_length=60), BeforeValidator(_named)]
Keys = Many[Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=160)]]
Words = Many[Annotated[str, Field(min_length=1, max_length=60)]]
Flag = Annotated[bool, BeforeValidator(_flag)]
MARK: Final = Field(False, description="`true`: CSV begins with the mark by which Excel knows UTF-8; JSON has none.")
Number = Annotated[int, Field(ge=0, le=999_999_999_999), BeforeValidator(_number)]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS), BeforeValidator(_number)]
Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(str.strip)]


# Both clocks are read by `tracker.readmodel.clock`, as on the pages.
AsOf = Annotated[
    str | None,
    Field(
        description="The day asked about; today if missing.",
        json_schema_extra={"format": "date", "examples": ["2023-10-30"]},
    ),
]
KnownAt = Annotated[
    str | None,
    Field(
        description="What this site knew then: a position of the log, a day, or a moment; now if missing.",
        json_schema_extra={"examples": ["2500"]},
    ),
]

Lang = Annotated[
    Literal["en", "fr", "sv", "fi", "tr", "hu"] | None,
    Field(description="The language of what is told in words: names, and sentences; English if missing."),
]


class TimelessParameters(BaseModel):
    """What every reading resource takes: our clock, the form, and which fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    known_at: KnownAt = None
    format: Literal["json", "csv"] | None = Field(None, description="The form, where a header is not at hand.")
    fields: Words | None = Field(
        None,
        description="Only these fields of each row, or parts of them: `stages.approved.date`; the others are left out, "
        "also where the schema requires them.",
    )


class Parameters(TimelessParameters):
    """What a resource takes that can be asked as of a day."""

    as_of: AsOf = None


class TimelessListParameters(TimelessParameters):
    """What every list takes besides."""

    limit: Limit = Field(
        50, description=f"How many rows at a time, at most {MOST_ROWS}. CSV gives all rows unless it is given."
    )
    cursor: str | None = Field(None, description="Where to go on: taken unchanged from `links.next_cursor`.")
    sort: Annotated[str, Field(pattern=r"^-?[a-z0-9_]+$", max_length=60)] | None = Field(
        None, description="A field to sort by, with a minus for the greatest first: `-date`."
    )
    total: Flag = Field(False, description="`true`: `meta.total` says how many rows there are in all.")
    bom: Flag = MARK


class ListParameters(TimelessListParameters, Parameters):
    """What every list takes that can be asked as of a day."""


_PARTS: Final = "Parts to come along; `later` is what came after the day."


def _check_hindsight(states: tuple[Reached, ...], info: ValidationInfo) -> tuple[Reached, ...]:
    """What had not happened by the day is handed out to who asks for hindsight, and to nobody else."""
    if Reached.NOT_REACHED in states and "later" not in info.data.get("include", ()):
        raise ValueError("what had not happened by the day comes with include=later, and then under `later`")
    return states


States = Annotated[
    Many[Literal[Reached.REACHED, Reached.UNKNOWN, Reached.NOT_REACHED]], AfterValidator(_check_hindsight)
]


class LaterParameters(Parameters):
    """One document that has something to say of later."""

    include: Many[Literal["later"]] = Field((), description=_PARTS)


class AccessionParameters(Parameters):
    """One accession."""

    include: Many[Literal["ratifications", "commitments", "events", "later"]] = Field((), description=_PARTS)
    lang: Lang = None


class ScenarioParameters(Parameters):
    """What would follow if allies acted."""

    act: Codes = Field((), description="The allies that act, in their order: `TUR,HUN`.")
    lang: Lang = None


class AccessionsParameters(ListParameters, AccessionParameters):
    """The list of accessions."""

    applicant: Codes | None = Field(None, description="Applicants by code: `SWE,FIN`.")
    status: Many[AccessionStatus] | None = Field(None, description="How far the applicant has come.")
    pending: Codes | None = Field(
        None, description="Accessions that certainly lack the approval of one of these allies."
    )
    unknown: Codes | None = Field(
        None, description="Accessions of which it is not known whether one of these allies had approved."
    )


class RatificationParameters(Parameters):
    """One ratification."""

    include: Many[Literal["events", "procedure", "later"]] = Field((), description=_PARTS)


class RatificationsParameters(ListParameters, RatificationParameters):
    """The list of ratifications."""

    accession: Codes | None = Field(None, description="Applicants by code.")
    ally: Codes | None = Field(None, description="Allies by code: `TUR,HUN`.")
    stage: Many[Stage] | None = Field(None, description="The last stage certainly reached.")
    pending: Flag | None = Field(None, description="`true`: approval certainly not complete.")
    unknown: Flag | None = Field(None, description="`true`: not known whether approval was complete.")
    required: Flag = Field(
        True, description="`false`: allies that the protocol did not need on that day, but later; with `include=later`."
    )

    @field_validator("required")
    @classmethod
    def _check_required(cls, required: bool, info: ValidationInfo) -> bool:
        if not required and "later" not in info.data.get("include", ()):
            raise ValueError("which allies the protocol needed later comes with include=later")
        return required


class ToldParameters(LaterParameters):
    """One document that has names or sentences, too."""

    lang: Lang = None


class StatesParameters(ListParameters, ToldParameters):
    """The list of states."""

    code: Codes | None = Field(None, description="States by code.")
    member: Flag | None = Field(None, description="Whether the state was an ally on that day.")
    applicant: Flag | None = Field(None, description="Whether the record has an accession of this state.")
    q: Text | None = Field(None, description="Part of a name, in any language and of any time.")


class EventParameters(Parameters):
    """One event."""

    include: Many[Literal["rectifications", "later"]] = Field((), description=_PARTS)


class EventsParameters(ListParameters, EventParameters):
    """The list of events."""

    accession: Codes | None = Field(None, description="Applicants by code.")
    actor: Codes | None = Field(None, description="Who acted, by code.")
    ally: Codes | None = Field(None, description="The same as `actor`, as the pages call it.")
    kind: Many[EventKind] | None = Field(None, description="What happened.")
    since: Day | None = Field(None, description="Events that may have happened on this day or later.")
    until: Day | None = Field(None, description="Events that may have happened on this day or before.")
    state: States = Field(
        (Reached.REACHED, Reached.UNKNOWN), description="Whether it had happened by `as_of`; what had not is left out."
    )
    tag: Words | None = Field(None, description="Tags, any of them.")
    confidence: Many[Confidence] | None = Field(None, description="How firmly it is sourced.")
    source_class: Many[SourceClass] | None = Field(None, description="Cited from a source of one of these classes.")
    part: Literal["procedure", "context"] | None = Field(
        None, description="`procedure`: acts of the procedure; `context`: what happened around it."
    )
    unsourced: Flag | None = Field(None, description="`true`: general knowledge for which a source is wanted.")
    q: Text | None = Field(None, description="Part of the title or detail.")


class SourcesParameters(ListParameters):
    """The list of sources."""

    accession: Codes | None = Field(None, description="Applicants by code.")
    fact: Many[Subject] | None = Field(None, description="What is cited for.")
    fact_key: Many[Annotated[str, Field(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=160)]] | None = Field(
        None, description="Keys of the facts; of a procedure or a party its code."
    )
    source_class: Many[SourceClass] | None = Field(None, description="Who publishes, nearest to the act first.")
    publisher: Text | None = Field(None, description="Part of the publisher’s name.")
    url: Annotated[str, Field(max_length=1000)] | None = Field(
        None, description="The address that is cited, as it stands."
    )


class CommitmentsParameters(ListParameters, ToldParameters):
    """The list of commitments."""

    accession: Codes | None = Field(None, description="Applicants by code, also where several share it.")
    category: Many[CommitmentCategory] | None = Field(None, description="What it is about.")
    kind: Many[CommitmentKind] | None = Field(None, description="Promised, or asked for.")
    party: Codes | None = Field(None, description="Who asks or owes.")
    claim: Many[Claim] | None = Field(None, description="What some party says of it by `as_of`.")
    asked_by: Codes | None = Field(None, description="Who asks.")
    owed_by: Codes | None = Field(None, description="Who owes.")
    q: Text | None = Field(None, description="Part of the title or detail.")
    state: States = Field((Reached.REACHED, Reached.UNKNOWN), description="Whether its text was made by `as_of`.")


class StatementsParameters(ListParameters):
    """The list of statements."""

    party: Codes | None = Field(None, description="Who speaks, or whose speaker does.")
    speaker: Many[SpeakerKind] | None = Field(None, description="As what somebody speaks.")
    form: Many[StatementForm] | None = Field(None, description="Whether it was written, spoken, an act or a report.")
    joint: Flag | None = Field(None, description="Whether it speaks for several.")
    claim: Words | None = Field(None, description="Keys of claims made in it.")
    person: Text | None = Field(None, description="Part of the name, or of the office, of somebody who speaks.")
    q: Text | None = Field(None, description="Part of the title.")
    relation: Many[RelationKind] | None = Field(None, description="How it ties one commitment to another.")
    state: States = Field((Reached.REACHED, Reached.UNKNOWN), description="Whether it was made by `as_of`.")


class ProceduresParameters(ListParameters):
    """The list of procedures."""

    ally: Codes | None = Field(None, description="Allies by code.")
    parliament_votes: Flag | None = Field(None, description="Whether parliament has to vote.")


class RectificationsParameters(TimelessListParameters):
    """The list of rectifications."""

    subject: Many[Subject] | None = Field(None, description="What was put right.")
    key: Words | None = Field(None, description="Keys of the facts.")
