"""The nouns of the record, one file each."""

from tracker.models.accessions import Accession, Ratification
from tracker.models.audit import AuditEntry
from tracker.models.changes import Change, LogHead
from tracker.models.citations import Citation
from tracker.models.commitments import Assessment, Commitment, CommitmentParty, Statement
from tracker.models.desk.accounts import Account, AccountChange
from tracker.models.desk.drafts import Draft, KnownHost
from tracker.models.events import Conflict, Event
from tracker.models.jobs import JobRun
from tracker.models.parties import Party, PartyName, State
from tracker.models.procedures import Chamber, Procedure, ProcedureStep
from tracker.models.rectifications import Rectification
from tracker.models.reports import Import, Report, Upload
from tracker.models.subscriptions import ChannelSwitch, Delivery, FanOut, Subscription
from tracker.models.tokens import IdempotentResponse, Token
from tracker.models.watches import Capture, Host, Link, Watch

__all__ = [
    "Accession",
    "Account",
    "AccountChange",
    "Assessment",
    "AuditEntry",
    "Capture",
    "Chamber",
    "Change",
    "ChannelSwitch",
    "Citation",
    "Commitment",
    "CommitmentParty",
    "Conflict",
    "Delivery",
    "Draft",
    "Event",
    "FanOut",
    "Host",
    "IdempotentResponse",
    "Import",
    "JobRun",
    "KnownHost",
    "Link",
    "LogHead",
    "Party",
    "PartyName",
    "Procedure",
    "ProcedureStep",
    "Ratification",
    "Rectification",
    "Report",
    "State",
    "Statement",
    "Subscription",
    "Token",
    "Upload",
    "Watch",
]
