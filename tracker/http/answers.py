"""Whole answers, kept in the memory of the process and behind it in the cache that all processes share."""

import hashlib
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone

from tracker.http.compression import best_encoding

# Of bytes in each process: some thousand pages.
ROOM: Final = 64_000_000
# A new edition or day makes answers old at once; the limit is for what neither tells, such as how fresh a job is.
SECONDS: Final = 300
# What programs send that take what they are given.
_BY_ITSELF: Final = frozenset({"", "*/*", "application/json", "application/json, text/plain, */*"})

best_of = lru_cache(maxsize=512)(best_encoding)


def made_of(root: str) -> str:
    """What an answer that is made now is of: the edition, the day and the release."""
    return f"{root} {timezone.now().date()} {settings.RELEASE}"


def form_in(accepted: str) -> str:
    """The form that `Accept` asks the API for; empty where what is asked for is what it gives by itself."""
    return "" if accepted in _BY_ITSELF else accepted


def key_of(meta: Mapping[str, Any], scheme: str, form: str) -> str:
    """What an answer is looked up by: the address as it was sent, the form that is asked for, and its encoding."""
    encoding = best_of(meta.get("HTTP_ACCEPT_ENCODING", ""))
    host = meta.get("HTTP_HOST", "")
    return "\n".join((scheme, host, meta["PATH_INFO"], meta.get("QUERY_STRING", ""), encoding, form))


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer, of which edition and day it is, and until when it is kept (seconds since 1970)."""

    made_of: str
    until: float
    headers: Mapping[str, str]
    body: bytes

    def response(self) -> HttpResponse:
        """The answer once more."""
        return HttpResponse(self.body, headers=self.headers)

    def holds(self, made_of: str) -> bool:
        """Whether it is of that edition and day, and not too old."""
        # Not from before it was made either: a clock may be put back.
        return self.made_of == made_of and self.until - SECONDS <= time.time() < self.until

    def packed(self) -> bytes:
        """As bytes, for the shared cache."""
        return json.dumps([self.made_of, self.until, dict(self.headers)]).encode() + b"\n" + self.body

    @classmethod
    def unpacked(cls, packed: Any) -> "Answer | None":
        """The answer in these bytes; None for anything else."""
        if not isinstance(packed, bytes):
            return None
        head, _, body = packed.partition(b"\n")
        made_of, until, headers = json.loads(head)
        return cls(made_of, until, headers, body)


class Memory:
    """Answers in this process by their keys; the longest unused go first.

    Not in the cache of the framework: that counts entries and not bytes, and copies each for each reader.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._used = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Answer | None:
        """The answer, if it is still here, be it old or not."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: str, answer: Answer) -> None:
        """Keep the answer while there is room."""
        if len(answer.body) > self._room // 4:
            return
        with self._lock:
            if before := self._answers.pop(key, None):
                self._used -= len(before.body)
            self._answers[key] = answer
            self._used += len(answer.body)
            while self._used > self._room:
                _, dropped = self._answers.popitem(last=False)
                self._used -= len(dropped.body)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._answers.clear()
            self._used = 0


memory: Final = Memory()


def find_shared(key: str, made_of: str) -> Answer | None:
    """What another process has made of that edition and day; kept here too from now on."""
    answer = Answer.unpacked(cache.get(_name(key, made_of)))
    if answer is None or not answer.holds(made_of):
        return None
    memory.put(key, answer)
    return answer


def keep(key: str, answer: Answer) -> None:
    """Keep the answer here and for the others."""
    memory.put(key, answer)
    cache.set(_name(key, answer.made_of), answer.packed(), SECONDS)


def is_first(key: str, made_of: str) -> bool:
    """Whether nobody else is making this answer just now; who is first says `done`."""
    return bool(cache.add(f"{_name(key, made_of)}:made", 1, timeout=15)) or bool(getattr(cache, "is_away", False))


def done(key: str, made_of: str) -> None:
    """Let others make it, if it is not kept after all."""
    cache.delete(f"{_name(key, made_of)}:made")


def _name(key: str, made_of: str) -> str:
    return "answer:" + hashlib.sha256(f"{made_of}\n{key}".encode()).hexdigest()
