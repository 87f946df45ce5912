"""The cache in Redis, for a site that goes on without it: Redis being away is a miss and no error."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as AwayError
from redis.exceptions import TimeoutError as TooSlowError

logger = logging.getLogger(__name__)

# What the framework's client gives where there is nothing.
_NOTHING: dict[str, Any] = {
    "add": False,
    "set": None,
    "touch": False,
    "delete": False,
    "get_many": {},
    "has_key": False,
    "incr": 0,
    "set_many": None,
    "delete_many": None,
    "clear": False,
}


class _ForgivingClient:
    """The framework's client, every call of which may find nobody."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._client = RedisCacheClient(*args, **options)

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._client, name)

        def attempt(*args: Any, **options: Any) -> Any:
            try:
                return call(*args, **options)
            except (AwayError, TooSlowError) as error:
                logger.warning("The cache is away: %s", error)
                # `get` is asked with its default.
                return args[1] if name == "get" else _NOTHING[name]

        return attempt


class ForgivingRedisCache(RedisCache):
    """The framework's cache in Redis, without the errors of a Redis that is away."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _ForgivingClient
