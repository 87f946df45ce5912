"""The only writers of the record, and the only door to them.

What others call stands in `__all__`; a contract in pyproject.toml forbids to import from the modules in here.
There are four sorts:

* `log_transaction` opens the log, alone in the record; `dry_run` does the same and undoes it; `record_lock` is the
  lock without the log, for those who look at the record and must not see it move.
* A *step* takes the open log as its first argument and does one thing to the record. Steps that share a log become
  public together, or none does. A step goes: already done? allowed? write the record, write the copy and the log.
* `replay_entries` puts entries on record that were written elsewhere: the shipped log, word for word.
* Everything else concerns what is not public (reports, tokens, the audit trail), says `by` whom it is done, and opens a
  transaction of its own.

Actions import no tasks and enqueue nothing: jobs find their work by query.
"""

from tracker.actions.accessions import check_ratification, checks_standing, retract_check
from tracker.actions.api_reports import KeyUsedOtherwise, propose_event, propose_once
from tracker.actions.audit import network_of, write_audit_entry
from tracker.actions.change_requests import ChangeRequest, apply_change_request
from tracker.actions.changelog import LogTransaction, dry_run, log_transaction, record_lock
from tracker.actions.citing import new_sources
from tracker.actions.commitments import (
    add_assessment_sources,
    add_commitment_sources,
    correct_assessment,
    correct_commitment,
    correct_statement,
    record_assessments,
    record_commitment,
    record_statement,
    retract_commitment,
)
from tracker.actions.events import EventBatch, add_sources, correct_event, record_events, refusals_of
from tracker.actions.parties import correct_party, correct_procedure, record_party, record_procedure
from tracker.actions.rectifications import Justification, name_of, version_of
from tracker.actions.replaying import replay_entries
from tracker.actions.reports import (
    accept_as_conflicts,
    accept_as_rectification,
    accept_as_sources,
    accept_change_request,
    accept_report,
    amend_report,
    change_request_of,
    check_waits,
    file_change_request,
    file_report,
    fingerprint_of,
    matches_report,
    reject_report,
)
from tracker.actions.settling import settle_all
from tracker.actions.tokens import issue_token, recognise_token, revoke_token
from tracker.actions.warnings import ActWarning, warnings_about, warnings_in

__all__ = [
    "ActWarning",
    "ChangeRequest",
    "EventBatch",
    "Justification",
    "KeyUsedOtherwise",
    "LogTransaction",
    "accept_as_conflicts",
    "accept_as_rectification",
    "accept_as_sources",
    "accept_change_request",
    "accept_report",
    "add_assessment_sources",
    "add_commitment_sources",
    "add_sources",
    "amend_report",
    "apply_change_request",
    "change_request_of",
    "check_ratification",
    "check_waits",
    "checks_standing",
    "correct_assessment",
    "correct_commitment",
    "correct_event",
    "correct_party",
    "correct_procedure",
    "correct_statement",
    "dry_run",
    "file_change_request",
    "file_report",
    "fingerprint_of",
    "issue_token",
    "log_transaction",
    "matches_report",
    "name_of",
    "network_of",
    "new_sources",
    "propose_event",
    "propose_once",
    "recognise_token",
    "record_assessments",
    "record_commitment",
    "record_events",
    "record_lock",
    "record_party",
    "record_procedure",
    "record_statement",
    "refusals_of",
    "reject_report",
    "replay_entries",
    "retract_check",
    "retract_commitment",
    "revoke_token",
    "settle_all",
    "version_of",
    "warnings_about",
    "warnings_in",
    "write_audit_entry",
]
