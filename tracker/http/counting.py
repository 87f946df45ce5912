"""Counting what somebody has done so far. Counts stand where nothing else pushes them out."""

from django.core.cache import caches


def count_one(key: str, seconds: int) -> int:
    """How often, with this time, within so many seconds of the first; 0 where nobody can tell."""
    cache = caches["counters"]
    if count := getattr(cache, "count", None):
        return int(count(key, seconds))
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:
        # It ran out, or was put out, between the two lines.
        return 0
