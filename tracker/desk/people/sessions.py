"""The open log-ins of a person: where and since when, and the end of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from tracker.actions import network_of
from tracker.http.client_address import address_of

_CAME: Final = "came"


@dataclass(frozen=True, slots=True)
class LogIn:
    """One open log-in. `number` tells it from the others without giving the key of the session away."""

    number: int
    key: str
    since: datetime | None
    network: str
    agent: str
    is_this: bool


def note_coming(request: HttpRequest) -> None:
    """Keep in the session from where, with what and when somebody came."""
    agent = request.headers.get("User-Agent", "")[:200]
    request.session[_CAME] = [timezone.now().isoformat(), network_of(address_of(request)), agent]


def log_ins_of(user: User, this: str | None) -> list[LogIn]:
    """The person's open log-ins, the newest first."""
    found = [_log_in(number, session, this) for number, session in enumerate(_sessions(user))]
    return sorted(found, key=lambda one: one.since.isoformat() if one.since else "", reverse=True)


def end_log_ins(user: User, *, but: str | None = None, only: str | None = None) -> int:
    """End the person's log-ins, or that one only; how many."""
    ended = [one.session_key for one in _sessions(user) if one.session_key != but and only in {None, one.session_key}]
    Session.objects.filter(session_key__in=ended).delete()
    return len(ended)


def _sessions(user: User) -> Iterator[Session]:
    """The sessions of the person. The desk has few people, and readers of the public pages have no session."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).order_by("session_key").iterator():
        if str(session.get_decoded().get(SESSION_KEY, "")) == str(user.pk):
            yield session


def _log_in(number: int, session: Session, this: str | None) -> LogIn:
    came: Any = session.get_decoded().get(_CAME)
    since, network, agent = came if came else (None, "", "")
    begun = datetime.fromisoformat(since) if since else None
    return LogIn(number, session.session_key, begun, network, agent, session.session_key == this)
