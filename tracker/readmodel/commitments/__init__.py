"""The register of commitments: what was asked or promised, who says what of it, and in which statement."""

from tracker.readmodel.commitments.dated import (
    DatedCommitment,
    ToldClaim,
    Voice,
    commitments_by,
    of_accession,
    say_standing,
    with_voices,
)
from tracker.readmodel.commitments.recorded import (
    RecordedClaim,
    RecordedCommitment,
    RecordedStatement,
    commitments_of,
    statements_of,
)

__all__ = [
    "DatedCommitment",
    "RecordedClaim",
    "RecordedCommitment",
    "RecordedStatement",
    "ToldClaim",
    "Voice",
    "commitments_by",
    "commitments_of",
    "of_accession",
    "say_standing",
    "statements_of",
    "with_voices",
]
