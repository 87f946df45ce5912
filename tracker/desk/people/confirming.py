"""Giving the password again before what would hurt most if somebody else sat at an open desk."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from tracker.desk.access.lock_out import closed_until
from tracker.desk.page import DeskPage
from tracker.domain.vocabulary import AuditAction

_LASTS: Final = timedelta(minutes=10)
_CONFIRMED: Final = "confirmed"


def confirm(request: HttpRequest) -> None:
    """Note that the person at this session has just given the password."""
    request.session[_CONFIRMED] = timezone.now().isoformat()


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the password was given in the last minutes."""
    given = request.session.get(_CONFIRMED)
    return isinstance(given, str) and timezone.now() - datetime.fromisoformat(given) < _LASTS


def target_of(request: HttpRequest) -> str:
    """Where the person was going, if that is on this site; else the first page of the desk."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    here = {request.get_host()}
    if url_has_allowed_host_and_scheme(target, allowed_hosts=here, require_https=request.is_secure()):
        return target
    return reverse("admin:index")


class SensitivePage(DeskPage):
    """A page on which something is changed about how people come in."""

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if not is_confirmed(request):
            # What leads back is a page to look at; a click that was refused is made again there.
            back = request.path if request.method == "GET" else reverse("admin:me")
            return HttpResponseRedirect(f"{reverse('admin:confirm')}?{urlencode({'next': back})}")
        return super().dispatch(request, *args, **options)


class PasswordForm(forms.Form):
    """The password of whoever is logged in."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


class ConfirmPage(DeskPage):
    """Asks for the password."""

    title = "Your password once more"
    template = "admin/desk/confirm.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The question."""
        return self._draw(PasswordForm(label_suffix=""))

    def post(self, request: HttpRequest) -> HttpResponse:
        """On to where the person was going, if the password is right."""
        form = PasswordForm(request.POST, label_suffix="")
        until = closed_until(request, self.user.username)
        if until is not None:
            form.add_error(None, f"Too many wrong passwords: ask again after {until:%H:%M:%S} UTC.")
        elif form.is_valid() and self.user.check_password(form.cleaned_data["password"]):
            confirm(request)
            self.audit(AuditAction.CONFIRMED, self.user.username)
            return HttpResponseRedirect(target_of(request))
        elif form.is_valid():
            user_login_failed.send(__name__, credentials={"username": self.user.username}, request=request)
            form.add_error("password", "That is not your password.")
        return self._draw(form)

    def _draw(self, form: PasswordForm) -> HttpResponse:
        return self.show({"form": form, "next": target_of(self.request)})
