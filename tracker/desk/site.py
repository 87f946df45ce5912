"""The editor's desk as a site: who may come in, for how long, and what stands on its first page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.http import urlencode

from tracker.actions import write_audit_entry
from tracker.desk.access.log_in import LogInForm
from tracker.desk.access.permissions import (
    ACCOUNTS,
    CHANGING,
    FILE_REPORTS,
    REVIEW,
    comes_in,
    has_permission,
    is_verified,
)
from tracker.desk.drafts.at_hand import DraftsPage, KeepPage, LookPage, ThrowAwayPage
from tracker.desk.drafts.keeping import DRAFT, is_draft_page, sealed, unseal
from tracker.desk.people.confirming import ConfirmPage, confirm
from tracker.desk.people.me import AddAppPage, CodesMadePage, CodesPage, EndLogInPage, MePage, RemoveFactorPage
from tracker.desk.people.second_factor import second_factor
from tracker.desk.people.sessions import end_log_ins, note_coming
from tracker.desk.people.tokens import EndTokenPage, TokensPage
from tracker.desk.people.wishes import AskPasswordPage, DecideWishPage, WishesPage
from tracker.desk.start import board
from tracker.domain.vocabulary import AuditAction
from tracker.http.client_address import address_of
from tracker.models import Account

_BEGAN = "began"
# In the session of somebody whose password another has typed.
MUST_CHOOSE = "must_choose"


class Desk(AdminSite):
    """Where editors work."""

    site_header = "Article 10: the editor’s desk"
    site_title = "Article 10"
    index_title = "The desk"
    index_template = "admin/desk/start.html"
    login_form = LogInForm

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """A page of the desk; or the log-in with the form that was sent, where the one before has ended."""
        inner: Callable[..., HttpResponseBase] = super().admin_view(view, cacheable)

        @wraps(inner)
        def page(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            if request.method == "POST" and not self.has_permission(request) and is_draft_page(request.path):
                return self.log_in_again(request)
            if request.session.get(MUST_CHOOSE) and not request.path.startswith(self._open_to_all()):
                return HttpResponseRedirect(reverse("admin:password_change"))
            return inner(request, *args, **named)

        return page

    def _open_to_all(self) -> tuple[str, ...]:
        """What can be asked for before a first password was chosen."""
        return tuple(reverse(f"admin:{name}") for name in ("password_change", "login", "logout", "jsi18n"))

    def log_in_again(self, request: HttpRequest) -> HttpResponse:
        """The log-in, with what was sent after the one before had ended."""
        form = LogInForm(request, initial={"kept": sealed(request.path, request.POST)}, label_suffix="")
        context = {**self.each_context(request), "title": "Log in", "form": form, "ended": True, "next": ""}
        return TemplateResponse(request, "admin/login.html", context, status=401)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**(extra_context or {}), **board(request)})

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the session is that of somebody with a role, and not too old."""
        if not comes_in(request.user):
            return False
        if is_too_old(request):
            logout(request)
            return False
        return True

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [
            path("second-factor/", self.admin_view(second_factor), name="second_factor"),
            path("drafts/", self.admin_view(DraftsPage.as_view()), name="drafts"),
            path("look/", self.admin_view(LookPage.as_view()), name="look"),
            path("drafts/keep/", self.admin_view(KeepPage.as_view()), name="draft_keep"),
            path("drafts/<int:pk>/end/", self.admin_view(ThrowAwayPage.as_view()), name="draft_end"),
            *self._people(),
            path("tokens/", self.admin_view(TokensPage.as_view()), name="tokens"),
            path("tokens/<int:pk>/end/", self.admin_view(EndTokenPage.as_view()), name="token_end"),
        ]
        return [*own, *super().get_urls()]

    def _people(self) -> list[URLPattern]:
        """The pages on which people look after their way in."""
        pages = {
            "me/": (MePage, "me"),
            "me/confirm/": (ConfirmPage, "confirm"),
            "me/log-ins/end/": (EndLogInPage, "log_in_end"),
            "me/codes/": (CodesPage, "codes"),
            "me/codes/made/": (CodesMadePage, "codes_made"),
            "me/apps/": (AddAppPage, "app_add"),
            "me/factors/end/": (RemoveFactorPage, "factor_end"),
            "accounts/": (WishesPage, "wishes"),
            "accounts/<int:pk>/decide/": (DecideWishPage, "wish_decide"),
            "accounts/<int:pk>/password/": (AskPasswordPage, "ask_password"),
        }
        return [path(route, self.admin_view(page.as_view()), name=name) for route, (page, name) in pages.items()]

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's; and then the audit trail, and the end of the person's other log-ins."""
        response = super().password_change(request, extra_context)
        user = request.user
        if request.method == "POST" and isinstance(response, HttpResponseRedirect) and isinstance(user, User):
            Account.objects.filter(user=user).update(must_change_password=False, password_ends_at=None)
            request.session.pop(MUST_CHOOSE, None)
            end_log_ins(user, but=request.session.session_key)
            write_audit_entry(AuditAction.PASSWORD_CHANGED, by=user, subject=user.username, address=address_of(request))
        return response

    def each_context(self, request: Any) -> dict[str, Any]:
        """What every page of the desk needs; among it, whether the person could do more with the second factor."""
        waiting = not is_verified(request) and any(has_permission(request, one) for one in CHANGING)
        return {
            **super().each_context(request),
            "second_factor_waits": waiting,
            "may_file": has_permission(request, FILE_REPORTS),
            "may_accounts": has_permission(request, ACCOUNTS),
            "may_review": has_permission(request, REVIEW),
            "log_in_ends": seconds_left(request),
        }

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Django's log-in; who may change something is led to the second factor after it."""
        response = super().login(request, {"next": request.GET.get("next", ""), **(extra_context or {})})
        if not (isinstance(response, HttpResponseRedirect) and request.method == "POST"):
            return _told_closed(response)
        target, user = response.headers["Location"], request.user
        confirm(request)
        note_coming(request)
        if Account.objects.filter(user_id=user.pk or 0, must_change_password=True).exists():
            request.session[MUST_CHOOSE] = True
        draft = unseal(user, request.POST.get("kept", "")) if isinstance(user, User) else None
        if draft:
            target = f"{draft.page}?{urlencode({DRAFT: draft.pk})}"
        if any(has_permission(request, one) for one in CHANGING):
            return HttpResponseRedirect(f"{reverse('admin:second_factor')}?{urlencode({'next': target})}")
        return HttpResponseRedirect(target)


def seconds_left(request: HttpRequest) -> int:
    """How long the log-in still lasts if nothing is asked from now on."""
    began = datetime.fromisoformat(request.session.get(_BEGAN, timezone.now().isoformat()))
    at_most: timedelta = settings.SESSION_LASTS_AT_MOST
    left = (began + at_most - timezone.now()).total_seconds()
    return max(0, int(min(left, settings.SESSION_COOKIE_AGE)))


def _told_closed(response: HttpResponse) -> HttpResponse:
    """The log-in page; with the status that says so, where the log-in is closed for a while."""
    context = response.context_data if isinstance(response, TemplateResponse) else None
    form = (context or {}).get("form")
    if form is not None and form.is_bound and form.has_error("__all__", code="closed"):
        response.status_code = 429
    return response


def is_too_old(request: HttpRequest) -> bool:
    """Whether the session began longer ago than any session may last. Notes when it began, the first time."""
    now = timezone.now()
    began = request.session.setdefault(_BEGAN, now.isoformat())
    lasted: timedelta = now - datetime.fromisoformat(began)
    at_most: timedelta = settings.SESSION_LASTS_AT_MOST
    return lasted > at_most
