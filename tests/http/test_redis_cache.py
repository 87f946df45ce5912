"""A Redis that is away is a miss: every way to use the cache gives what an empty one would."""

from collections.abc import Callable
from pickle import PicklingError
from typing import Any

import pytest
from django.core.cache.backends.base import BaseCache

from tracker.http.redis_cache import ForgivingRedisCache

CALLS: list[tuple[Callable[[BaseCache], Any], Any]] = [
    (lambda cache: cache.get("key"), None),
    (lambda cache: cache.get("key", "default"), "default"),
    (lambda cache: cache.set("key", 1), None),
    (lambda cache: cache.add("key", 1), False),
    (lambda cache: cache.incr("key"), 0),
    (lambda cache: cache.touch("key"), False),
    (lambda cache: cache.delete("key"), False),
    (lambda cache: cache.has_key("key"), False),
    (lambda cache: cache.get_many(["key"]), {}),
    (lambda cache: cache.set_many({"key": 1}), []),
    (lambda cache: cache.delete_many(["key"]), None),
    (lambda cache: cache.clear(), False),
    (lambda cache: cache.get_or_set("key", 7), 7),
]


@pytest.fixture
def away() -> ForgivingRedisCache:
    """A cache in a Redis that nobody runs: port 1 of this machine takes no connections."""
    return ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": {"socket_connect_timeout": 0.5}})


@pytest.mark.parametrize(("call", "answer"), CALLS, ids=range(len(CALLS)))
def test_redis_that_is_away_is_an_empty_cache(
    away: ForgivingRedisCache, call: Callable[[BaseCache], Any], answer: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert call(away) == answer
    assert "The cache is away" in caplog.text


def test_mistake_of_ours_is_no_redis_that_is_away(away: ForgivingRedisCache) -> None:
    with pytest.raises((AttributeError, TypeError, PicklingError)):
        away.set("key", lambda: None)
