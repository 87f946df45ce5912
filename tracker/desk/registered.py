"""What the desk shows: importing this module registers all of it."""

from tracker.desk.access import login_audit
from tracker.desk.registry import (
    accessions,
    changes,
    commitments,
    events,
    procedures,
    reports,
    statements,
    states,
    subscriptions,
    users,
    watches,
)
from tracker.desk.registry.default_admin import register_the_rest

__all__ = [
    "accessions",
    "changes",
    "commitments",
    "events",
    "login_audit",
    "procedures",
    "reports",
    "statements",
    "states",
    "subscriptions",
    "users",
    "watches",
]

register_the_rest()
