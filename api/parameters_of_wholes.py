"""The parameters of what is of the record as a whole: the log, the comparison and the snapshot."""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.parameters import (
    MARK,
    Codes,
    Flag,
    Keys,
    KnownAt,
    Lang,
    Many,
    Number,
    Parameters,
    Text,
    TimelessParameters,
    _number,
)
from tracker.domain.vocabulary import ChangeType, EventKind, Origin, Stage


class ChangesParameters(TimelessParameters):
    """The log."""

    # Elsewhere `state` says how certain something is; here it names states.
    further_codes: ClassVar[tuple[str, ...]] = ("state",)

    after: Number = Field(0, description="The last position that you have; 0 for all. One beyond the log is refused.")
    since: str | None = Field(
        None,
        max_length=40,
        description="Entries recorded after this day or moment, instead of `after`.",
        json_schema_extra={"examples": ["2026-11-01"]},
    )
    limit: Annotated[int, Field(ge=1, le=1000), BeforeValidator(_number)] = Field(
        200, description="How many entries at a time, at most 1000."
    )
    type: Many[ChangeType] | None = Field(None, description="Only these types; positions then have gaps.")
    accession: Codes | None = Field(None, description="Applicants by code.")
    ally: Codes | None = Field(None, description="Allies by code.")
    event: Keys | None = Field(None, description="Keys of events.")
    commitment: Keys | None = Field(None, description="Keys of commitments.")
    state: Codes | None = Field(None, description="What names one of these states in any part.")
    kind: Many[EventKind] | None = Field(None, description="Events of these kinds.")
    stage: Many[Stage] | None = Field(None, description="Changes of these stages, and acts that are evidence for them.")
    only: Literal["stages", "plans", "acts"] | None = Field(
        None, description="Changes of stage, what lies ahead, or what has happened."
    )
    origin: Many[Origin] | None = Field(None, description="Where the entry comes from.")
    late: Flag | None = Field(None, description="Recorded after the last day on which it can have happened.")
    minor: Flag = Field(True, description="`false`: small repairs are left out.")
    bom: Flag = MARK
    q: Text | None = Field(None, description="Entries with all these words, without regard to accents and capitals.")


class CompareParameters(Parameters):
    """Rounds side by side."""

    accession: Codes | None = Field(None, description="Applicants by code; all with a signed protocol if missing.")
    stage: Stage = Field(Stage.APPROVED, description="The stage that is counted.")
    bom: Flag = MARK
    lang: Lang = None


class SnapshotParameters(BaseModel):
    """The snapshot."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    known_at: KnownAt = None
    format: Literal["json"] | None = Field(None, description="The form; there is one.")
