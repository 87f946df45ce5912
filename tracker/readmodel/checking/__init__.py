"""A statement checked against an edition: the verdict, what it rests on, and the sentence that says so.

The comparison of days is `tracker.domain.checking`; in here is where the days come from.
"""

from tracker.readmodel.checking.checks import Check, check
from tracker.readmodel.checking.documents import check_document

__all__ = ["Check", "check", "check_document"]
