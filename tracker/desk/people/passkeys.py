"""Passkeys as a second factor: the ceremonies are the library's; who may, and the audit trail, are ours."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, User
from django.http import HttpResponse
from django.urls import path
from django.views.i18n import JavaScriptCatalog
from django_otp_webauthn.exceptions import NotVerified
from django_otp_webauthn.models import AbstractWebAuthnCredential
from django_otp_webauthn.views import (
    BeginCredentialAuthenticationView,
    BeginCredentialRegistrationView,
    CompleteCredentialAuthenticationView,
    CompleteCredentialRegistrationView,
)

from tracker.actions import write_audit_entry
from tracker.desk.access.lock_out import know_browser
from tracker.desk.people.confirming import is_confirmed
from tracker.domain.vocabulary import AuditAction
from tracker.http.client_address import address_of


class _Registering:
    """A passkey is added by whoever has just given the password."""

    request: Any

    def check_can_register(self) -> None:
        """Raises `NotVerified` where the password is to be given again."""
        if not is_confirmed(self.request):
            raise NotVerified(detail="Give your password once more, on the page of your account.")


class BeginRegistering(_Registering, BeginCredentialRegistrationView):  # type: ignore[misc]  # the library has no types
    """The first half."""


class Register(_Registering, CompleteCredentialRegistrationView):  # type: ignore[misc]  # the library has no types
    """The second half."""

    def post(self, *args: Any, **named: Any) -> HttpResponse:
        """Keep the passkey, and enter it into the audit trail."""
        answer: HttpResponse = super().post(*args, **named)
        user = self.request.user
        detail, address = {"what": "passkey"}, address_of(self.request)
        write_audit_entry(AuditAction.FACTOR_ADDED, by=user, subject=user.username, detail=detail, address=address)
        return answer


class BeginGiving(BeginCredentialAuthenticationView):  # type: ignore[misc]  # the library has no types
    """The first half."""


class Give(CompleteCredentialAuthenticationView):  # type: ignore[misc]  # the library has no types
    """The second half: the second factor is given by a passkey of whoever has given the password."""

    def complete_auth(self, device: AbstractWebAuthnCredential) -> AbstractBaseUser:
        """As the library does; with a new key of the session, and an entry in the audit trail."""
        super().complete_auth(device)
        self.request.session.cycle_key()
        user: User = device.user
        address = address_of(self.request)
        write_audit_entry(AuditAction.FACTOR_PASSED, by=user, subject=user.username, address=address)
        return user

    def post(self, *args: Any, **named: Any) -> HttpResponse:
        """The answer, after which this browser is known."""
        answer: HttpResponse = super().post(*args, **named)
        know_browser(self.request, answer, self.request.user)
        return answer


app_name = "otp_webauthn"
# The names are those by which the library's scripts ask.
urlpatterns = [
    path("registration/begin/", BeginRegistering.as_view(), name="credential-registration-begin"),
    path("registration/complete/", Register.as_view(), name="credential-registration-complete"),
    path("authentication/begin/", BeginGiving.as_view(), name="credential-authentication-begin"),
    path("authentication/complete/", Give.as_view(), name="credential-authentication-complete"),
    path("jsi18n/", JavaScriptCatalog.as_view(packages=["django_otp_webauthn"]), name="js-i18n-catalog"),
]
