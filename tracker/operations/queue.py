"""How the queue of the jobs stands: what waits in Redis for a worker."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import redis
from django.conf import settings

# As Celery names the default queue, under the prefix of the settings.
_NAME: Final = "celery"


@dataclass(frozen=True, slots=True)
class QueueState:
    """How many messages wait, and for how many seconds the oldest has."""

    messages: int
    age: float


def queue_state(now: float) -> QueueState | None:
    """The state at that moment (seconds since 1970), of nothing in the embedded default; None while Redis is away."""
    if not settings.REDIS_URL:
        return QueueState(0, 0.0)
    try:
        client = _client()
        key = settings.CELERY_BROKER_TRANSPORT_OPTIONS.get("global_keyprefix", "") + _NAME
        oldest: Any = client.lindex(key, -1)
        return QueueState(int(client.llen(key)), _age(oldest, now))
    except redis.RedisError:
        return None


def _age(message: Any, now: float) -> float:
    if message is None:
        return 0.0
    sent = json.loads(message).get("headers", {}).get("sent_at", now)
    return max(0.0, now - float(sent))


@lru_cache(maxsize=1)
def _client() -> "redis.Redis":
    return redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=1, socket_connect_timeout=1)
