"""The cache in Redis, for a site that goes on without it: Redis being away is a miss and no error."""

import json
import logging
import time
from typing import Any, Final

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
    "count": 0,
    "set_many": None,
    "delete_many": None,
    "clear": False,
}
# Each call to a Redis that says nothing costs its time limit, and more where its name is looked up in vain; after one,
# nobody asks for so many seconds, and no less than four times as long as it took.
_REST: Final = 2.0
_LONGEST_REST: Final = 30.0
_BYTES: Final = b"\x00"


class PlainSerializer:
    """Numbers, bytes, and what JSON can say. Whoever could write into Redis could not have us run anything."""

    def dumps(self, value: Any) -> bytes | int:
        """A number as it is, for Redis counts with it; anything else as bytes."""
        if type(value) is int:
            return value
        return _BYTES + value if isinstance(value, bytes) else json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        """The value."""
        return data[1:] if data[:1] == _BYTES else json.loads(data)


class _Client(RedisCacheClient):
    """The framework's client, which makes the library's anew for each call, at a third of what the call costs."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._made: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """The library's client, which processes and threads may share: connections are of the pool behind it."""
        if write not in self._made:
            self._made[write] = super().get_client(key, write=write)
        return self._made[write]

    def count(self, key: str, seconds: int) -> int:
        """One more under that key, which is forgotten so many seconds after its first. One way there and back."""
        with self.get_client(key, write=True).pipeline() as both:
            both.set(key, 0, ex=seconds, nx=True)
            both.incr(key)
            return int(both.execute()[-1])


class _ForgivingClient:
    """The framework's client, every call of which may find nobody."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._client = _Client(*args, **{**options, "serializer": PlainSerializer})
        self.away_until = 0.0

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._client, name)

        def attempt(*args: Any, **options: Any) -> Any:
            if (began := time.monotonic()) >= self.away_until:
                try:
                    return call(*args, **options)
                except (AwayError, TooSlowError) as error:
                    now = time.monotonic()
                    self.away_until = now + min(max(_REST, 4 * (now - began)), _LONGEST_REST)
                    logger.warning("The cache is away: %s", error)
            # `get` is asked with its default.
            return args[1] if name == "get" else _NOTHING[name]

        return attempt


class ForgivingRedisCache(RedisCache):
    """The framework's cache in Redis, without the errors of a Redis that is away."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _ForgivingClient

    def count(self, key: str, seconds: int) -> int:
        """One more under that key, which is forgotten so many seconds after its first; 0 while Redis is away."""
        client: Any = self._cache
        return int(client.count(self.make_and_validate_key(key), seconds))

    @property
    def is_away(self) -> bool:
        """Whether Redis was found away a moment ago: then what it says of others means nothing."""
        return bool(time.monotonic() < getattr(self._cache, "away_until", 0.0))
