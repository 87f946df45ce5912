"""The form by which people come in. Whoever has a role may; what the role allows, the pages ask."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from tracker.actions import write_audit_entry
from tracker.desk.access.lock_out import closed_until, name_digest
from tracker.desk.access.permissions import comes_in
from tracker.domain.vocabulary import AuditAction
from tracker.http.client_address import address_of
from tracker.models import Account


class LogInForm(AuthenticationForm):
    """Name and password; closed for a while after wrong ones."""

    error_messages = {
        "invalid_login": "That name and password do not belong together. Capitals matter in both.",
        "inactive": "This account is closed. Ask an operator.",
        "no_role": "This account has no role at the desk yet. Ask an operator for one.",
        "ran_out": "This first password has run out before another was chosen. Ask an operator for a new one.",
    }
    # What somebody typed before the log-in had ended; it comes back with it.
    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """As Django does, unless the log-in of that name is closed: then no password is looked at."""
        name = str(self.cleaned_data.get("username") or "")
        until = closed_until(self.request, name) if name and self.request else None
        if until is None:
            return super().clean()
        digest, address = {"name": name_digest(name)}, address_of(self.request)
        # Told beside the failures and not among them: who goes on knocking does not keep the door closed.
        write_audit_entry(AuditAction.LOCKED_OUT, by=None, detail={"closed": digest["name"]}, address=address)
        raise ValidationError(
            f"Too many wrong passwords for this name: the log-in is closed until {until:%H:%M:%S} UTC. "
            "An operator can open it at once, and a browser in which you have come in before is not affected.",
            code="closed",
        )

    def confirm_login_allowed(self, user: User) -> None:
        """Let nobody in who has no role, or whose first password lay about for too long."""
        super().confirm_login_allowed(user)
        if not comes_in(user):
            raise ValidationError(self.error_messages["no_role"], code="no_role")
        if Account.objects.filter(user=user, must_change_password=True, password_ends_at__lte=timezone.now()).exists():
            raise ValidationError(self.error_messages["ran_out"], code="ran_out")
