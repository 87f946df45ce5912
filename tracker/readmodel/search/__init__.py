"""Search over one edition: what is on record under the words that somebody typed, on a day."""

from tracker.readmodel.search.finding import Found, Hit, HitKind, search

__all__ = ["Found", "Hit", "HitKind", "search"]
