"""What the desk shows: importing this module registers all of it."""

from tracker.admin import (
    accessions,
    arrivals,
    changes,
    commitments,
    events,
    procedures,
    reports,
    states,
    users,
    watches,
)
from tracker.admin.rest import register_the_rest

__all__ = [
    "accessions",
    "arrivals",
    "changes",
    "commitments",
    "events",
    "procedures",
    "reports",
    "states",
    "users",
    "watches",
]

register_the_rest()
