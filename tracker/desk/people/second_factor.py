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
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django_otp import login, verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathImage

from tracker.actions import write_audit_entry
from tracker.desk.access.permissions import is_verified
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


def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code; with the secret to scan, where none is set up yet."""
    target = _target(request)
    if is_verified(request):
        return HttpResponseRedirect(target)
    user = request.user
    assert isinstance(user, User)  # noqa: S101  # the site lets nobody else in here
    device = device_of(user)
    form = TokenForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        if _passes(request, user, device, form.cleaned_data["token"]):
            messages.success(request, "The second factor is in place: you may change what your role allows.")
            return HttpResponseRedirect(target)
        form.add_error("token", "That is not the code of this moment. After several wrong ones, wait a little.")
    return TemplateResponse(request, "admin/desk/second_factor.html", _context(request, device, form, target))


def device_of(user: User) -> TOTPDevice:
    """The person's device; the one to be set up, where there is none."""
    confirmed = TOTPDevice.objects.filter(user=user, confirmed=True).first()
    return confirmed or TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": NAME})[0]


def _passes(request: HttpRequest, user: User, device: TOTPDevice, token: str) -> bool:
    """Whether the code is right; then this session is verified, and a new device set up."""
    passed = verify_token(user, device.persistent_id, token)
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


def _context(request: HttpRequest, device: TOTPDevice, form: TokenForm, target: str) -> dict[str, Any]:
    new = not device.confirmed
    return {
        **admin.site.each_context(request),
        "title": "Set up the second factor" if new else "Second factor",
        "form": form,
        "next": target,
        "new": new,
        "drawing": draw(device.config_url) if new else "",
        "secret": base64.b32encode(device.bin_key).decode() if new else "",
    }


def draw(text: str) -> SafeString:
    """The text as a QR code, in SVG that needs no style and no address of its own."""
    image = qrcode.make(text, image_factory=SvgPathImage, border=2)
    out = BytesIO()
    image.save(out)
    svg = out.getvalue().decode().split("?>", 1)[-1]
    return mark_safe(svg)  # noqa: S308  # drawn here out of squares


def _target(request: HttpRequest) -> str:
    """Where the person was going, if that is on this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(target, allowed_hosts=here, require_https=request.is_secure()):
        return target
    return reverse("admin:index")
