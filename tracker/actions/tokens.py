"""Personal tokens: making, revoking, and recognising them."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from tracker.actions.audit import write_audit_entry
from tracker.domain.exceptions import NotOnRecord, TrackerError
from tracker.domain.vocabulary import AuditAction
from tracker.models import Token
from tracker.models.tokens import SCOPES

_BEGINNING: Final = "a10_"
_LIFETIME: Final = timedelta(days=365)
# Often enough to see which tokens are in use, rarely enough not to write with every request.
_LAST_USE_EVERY: Final = timedelta(minutes=5)


class UnknownScope(TrackerError):
    """A token cannot allow what there is not."""

    field = "scopes"

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__(f"There is no scope “{scope}”; known are {', '.join(SCOPES)}.")


@transaction.atomic
def issue_token(
    *, owner: User, name: str, scopes: Iterable[str] = SCOPES, expires_at: datetime | None = None
) -> tuple[Token, str]:
    """A new token, and the text that opens the door: show it now, for nothing can give it back.

    It expires after a year if no moment is given. Raises `UnknownScope`.
    """
    wanted = sorted(set(scopes))
    for scope in wanted:
        if scope not in SCOPES:
            raise UnknownScope(scope)
    prefix = secrets.token_hex(4)
    text = f"{_BEGINNING}{prefix}_{secrets.token_urlsafe(32)}"
    now = timezone.now()
    token = Token.objects.create(
        owner=owner,
        name=name,
        prefix=f"{_BEGINNING}{prefix}",
        digest=_digest(text),
        scopes=wanted,
        created_at=now,
        expires_at=expires_at or now + _LIFETIME,
    )
    write_audit_entry(AuditAction.TOKEN_CHANGED, by=owner, subject=f"{token.prefix} made")
    return token, text


@transaction.atomic
def revoke_token(token_id: int) -> Token:
    """End the token now; one that is revoked already stays as it is. Raises `NotOnRecord`."""
    token = Token.objects.filter(pk=token_id).first()
    if token is None:
        raise NotOnRecord("token", str(token_id))
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        write_audit_entry(AuditAction.TOKEN_CHANGED, by=token.owner, subject=f"{token.prefix} revoked")
    return token


def recognise_token(text: str) -> Token | None:
    """The token that the text opens the door with, if it is in force and its owner active; else None."""
    prefix = text[: len(_BEGINNING) + 8]
    token = Token.objects.select_related("owner").filter(prefix=prefix).first()
    # Compared in constant time, and by digest, so that neither time nor table tells the token.
    if token is None or not hmac.compare_digest(token.digest, _digest(text)):
        return None
    now = timezone.now()
    if token.revoked_at is not None or token.expires_at <= now or not token.owner.is_active:
        return None
    _note_use(token, now)
    return token


def _note_use(token: Token, now: datetime) -> None:
    if token.last_used_at is None or now - token.last_used_at > _LAST_USE_EVERY:
        token.last_used_at = now
        token.save(update_fields=["last_used_at"])
        write_audit_entry(AuditAction.TOKEN_USED, by=token.owner, subject=token.prefix)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
