"""The second factor: set up at the first log-in, given at every other. Without it the desk is for reading."""

import base64
from io import BytesIO
from typing import Any

import qrcode
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString, mark_safe
from django_otp import login, verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathImage

from tracker.actions import write_audit_entry
from tracker.desk.access.lock_out import know_browser
from tracker.desk.access.permissions import is_verified
from tracker.desk.people.confirming import target_of
from tracker.desk.people.factors import device_for, has_factor
from tracker.domain.vocabulary import AuditAction
from tracker.http.client_address import address_of

NAME = "authenticator"


class TokenForm(forms.Form):
    """The six digits that the phone shows."""

    token = forms.CharField(
        label="Six digits",
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def clean_token(self) -> str:
        """The digits, however they were grouped."""
        token = "".join(str(self.cleaned_data["token"]).split())
        if not (token.isascii() and token.isdigit() and len(token) == 6):
            raise forms.ValidationError("The code has six digits.")
        return token


class CodeForm(forms.Form):
    """What the phone shows, or a recovery code."""

    token = forms.CharField(
        label="Six digits, or a recovery code",
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_token(self) -> str:
        """The code, however it was grouped."""
        return "".join(str(self.cleaned_data["token"]).split()).lower()


def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code; with the secret to scan, where none is set up yet."""
    target = target_of(request)
    if is_verified(request):
        return HttpResponseRedirect(target)
    user = request.user
    assert isinstance(user, User)  # noqa: S101  # the site lets nobody else in here
    new = None if has_factor(user) else new_device(user)
    form = (TokenForm if new else CodeForm)(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        if _passes(request, user, new, form.cleaned_data["token"]):
            messages.success(request, "The second factor is given: you may do what your role allows.")
            answer = HttpResponseRedirect(target)
            know_browser(request, answer, user)
            return answer
        form.add_error("token", "That is not the code of this moment. After several wrong ones, wait a little.")
    return TemplateResponse(request, "admin/desk/second_factor.html", _context(request, new, form, target))


def new_device(user: User) -> TOTPDevice:
    """The app that is being set up."""
    return TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": NAME})[0]


def _passes(request: HttpRequest, user: User, new: TOTPDevice | None, token: str) -> bool:
    """Whether the code is right; then this session is verified, and a new device set up."""
    passed = verify_token(user, new.persistent_id, token) if new else device_for(user, token)
    if passed is None:
        _audit(request, user, AuditAction.FACTOR_FAILED)
        return False
    if not passed.confirmed:
        passed.confirmed = True
        passed.save(update_fields=["confirmed"])
        _audit(request, user, AuditAction.FACTOR_ADDED)
    login(request, passed)
    # A session that was taken over before the code was given is worth nothing afterwards.
    request.session.cycle_key()
    _audit(request, user, AuditAction.FACTOR_PASSED)
    return True


def _audit(request: HttpRequest, user: User, action: AuditAction) -> None:
    write_audit_entry(action, by=user, subject=user.username, address=address_of(request))


def _context(request: HttpRequest, new: TOTPDevice | None, form: forms.Form, target: str) -> dict[str, Any]:
    return {
        **admin.site.each_context(request),
        "title": "Set up the second factor" if new else "Second factor",
        "form": form,
        "next": target,
        "new": new is not None,
        "drawing": draw(new.config_url) if new else "",
        "secret": secret_of(new) if new else "",
    }


def secret_of(device: TOTPDevice) -> str:
    """The secret as letters to type, for an app that cannot scan."""
    return base64.b32encode(device.bin_key).decode()


def draw(text: str) -> SafeString:
    """The text as a QR code, in SVG that needs no style and no address of its own."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=2)
    out = BytesIO()
    image.save(out)
    svg = out.getvalue().decode().split("?>", 1)[-1]
    return mark_safe(svg)  # noqa: S308  # drawn here out of squares
