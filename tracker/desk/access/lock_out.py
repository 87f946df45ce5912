"""How long the log-in of one account stays closed after wrong passwords: longer with each, never for a whole network.

All is read from the audit trail. Names are compared by a keyed digest, so that a name that no account has is counted
without being kept: people type passwords there. A browser in which the person has come in before is counted by
itself: who guesses from elsewhere does not shut the person out.
"""

from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tracker.domain.vocabulary import AuditAction
from tracker.models import Account, AuditEntry

# So many wrong passwords are a bad morning; each further one doubles the wait.
FREE: Final = 6
_FIRST: Final = timedelta(seconds=30)
_LONGEST: Final = timedelta(hours=1)
_WITHIN: Final = timedelta(days=1)
_COOKIE: Final = "desk_browser"
_SALT: Final = "tracker.desk.browser"
_KNOWN_FOR: Final = timedelta(days=180)


def name_digest(name: str) -> str:
    """What stands for a name in the audit trail, whether or not an account has it."""
    return salted_hmac("tracker.desk.login", name.strip().casefold()[:200]).hexdigest()[:32]


def closed_until(request: HttpRequest, name: str) -> datetime | None:
    """Until when the log-in of that name is closed to this browser; None where it is open."""
    failed = failures(name, known=is_known_browser(request, name))
    if len(failed) < FREE:
        return None
    until = failed[0] + min(_FIRST * 2 ** min(len(failed) - FREE, 20), _LONGEST)
    return until if until > timezone.now() else None


def failures(name: str, *, known: bool) -> list[datetime]:
    """When wrong passwords were given for that name since the last right one or opening, the newest first."""
    entries = AuditEntry.objects.filter(detail__name=name_digest(name), at__gt=timezone.now() - _WITHIN)
    told = entries.order_by("-pk").values_list("action", "at", "detail__known")[:200]
    since = takewhile(lambda one: one[0] == AuditAction.LOGIN_FAILED, told)
    return [at for _, at, by_known in since if bool(by_known) == known]


def is_known_browser(request: HttpRequest, name: str) -> bool:
    """Whether somebody has come in under that name with the second factor in this browser before."""
    try:
        told = signing.loads(request.COOKIES.get(_COOKIE, ""), salt=_SALT, max_age=_KNOWN_FOR)
    except signing.BadSignature:
        return False
    user = User.objects.filter(username=name).first()
    return user is not None and told == [user.pk, generation_of(user)]


def know_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Have this browser known for half a year."""
    text = signing.dumps([user.pk, generation_of(user)], salt=_SALT)
    is_secure = request.is_secure()
    response.set_cookie(_COOKIE, text, _KNOWN_FOR, path="/admin/", secure=is_secure, httponly=True, samesite="Lax")


def generation_of(user: User) -> int:
    """Which cookies of known browsers still count for that person."""
    return Account.objects.filter(user=user).values_list("browsers", flat=True).first() or 1
