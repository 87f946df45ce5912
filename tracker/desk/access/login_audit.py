"""Who came, who went, and who was turned away, entered into the audit trail as Django tells of it."""

from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from tracker.actions import write_audit_entry
from tracker.desk.access.lock_out import is_known_browser, name_digest
from tracker.domain.vocabulary import AuditAction
from tracker.http.client_address import address_of


@receiver(user_logged_in)
def note_log_in(sender: object, request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """A password was right."""
    detail = {"name": name_digest(user.username)}
    write_audit_entry(AuditAction.LOGGED_IN, by=user, subject=user.username, detail=detail, address=address_of(request))


@receiver(user_logged_out)
def note_log_out(sender: object, request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    """A session was ended."""
    if user is not None:
        write_audit_entry(AuditAction.LOGGED_OUT, by=user, subject=user.username, address=address_of(request))


@receiver(user_login_failed)
def note_failure(
    sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """A password was wrong. A name that no account has is not kept: people type passwords there."""
    name = str(credentials.get("username", ""))[:150]
    known = User.objects.filter(username=name).first()
    subject = known.username if known else "no such account"
    detail = {"name": name_digest(name), "known": request is not None and is_known_browser(request, name)}
    write_audit_entry(AuditAction.LOGIN_FAILED, by=known, subject=subject, detail=detail, address=address_of(request))
