"""The only writers of the record. Admin, API, jobs and commands call what is exported here.

Always the same five beats: lock, already done?, allowed?, write the record, write the copy and the log.
Actions import no tasks and enqueue nothing: jobs find their work by query.
"""

from tracker.actions.accessions import check_ratification
from tracker.actions.changelog import LogTransaction, log_transaction
from tracker.actions.commitments import assess, record_commitment
from tracker.actions.dry_runs import dry_run
from tracker.actions.events import add_source, record_event, record_events
from tracker.actions.parties import record_party
from tracker.actions.procedures import record_procedure
from tracker.actions.rectifications import rectify_assessment, rectify_event, retract_assessment, retract_event
from tracker.actions.reference import correct_commitment, correct_party, correct_procedure
from tracker.actions.reports import (
    accept_change_request,
    accept_report,
    file_change_request,
    file_report,
    reject_report,
)
from tracker.actions.settling import settle_all
from tracker.actions.tokens import issue_token, recognise_token, revoke_token

__all__ = [
    "LogTransaction",
    "accept_change_request",
    "accept_report",
    "add_source",
    "assess",
    "check_ratification",
    "correct_commitment",
    "correct_party",
    "correct_procedure",
    "dry_run",
    "file_change_request",
    "file_report",
    "issue_token",
    "log_transaction",
    "recognise_token",
    "record_commitment",
    "record_event",
    "record_events",
    "record_party",
    "record_procedure",
    "rectify_assessment",
    "rectify_event",
    "reject_report",
    "retract_assessment",
    "retract_event",
    "revoke_token",
    "settle_all",
]
