"""Commitments, the claims on them, and the statements that claims hang from."""

from tracker.actions.commitments.claims import (
    add_assessment_sources,
    assessment_row,
    correct_assessment,
    record_assessments,
    save_assessments,
    save_next_assessment,
)
from tracker.actions.commitments.statements import (
    correct_statement,
    put_statement_right,
    record_statement,
    statement_columns,
)
from tracker.actions.commitments.undertakings import (
    add_commitment_sources,
    commitment_columns,
    correct_commitment,
    put_commitment_right,
    record_commitment,
    retract_commitment,
    save_relations,
)

__all__ = [
    "add_assessment_sources",
    "add_commitment_sources",
    "assessment_row",
    "commitment_columns",
    "correct_assessment",
    "correct_commitment",
    "correct_statement",
    "put_commitment_right",
    "put_statement_right",
    "record_assessments",
    "record_commitment",
    "record_statement",
    "retract_commitment",
    "save_assessments",
    "save_next_assessment",
    "save_relations",
    "statement_columns",
]
