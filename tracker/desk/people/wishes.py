"""What an operator wants done to somebody's account: more roles, another password, second factors taken away.

Any of these would let one person be two. So a second operator does it, or the same one once a day has passed; the
person concerned is told at once, by mail and at the desk, and may refuse.
"""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from tracker.actions import write_audit_entry
from tracker.desk.access.lock_out import generation_of
from tracker.desk.access.permissions import ACCOUNTS, has_permission
from tracker.desk.people.confirming import SensitivePage
from tracker.desk.people.factors import take_factors_away
from tracker.desk.people.sessions import end_log_ins
from tracker.domain.vocabulary import AccountWish, AuditAction, WishState
from tracker.http.client_address import address_of
from tracker.models import Account, AccountChange

_MAIL: Final = """{asked_by} has asked for this to be done to your account “{account}” at {site}:

    {what}

It is done when a second operator agrees, or from {alone_from:%Y-%m-%d %H:%M} UTC on. If you did not expect it,
log in and refuse it on the page of your account, or ask another operator to.
"""


def ask_for(
    request: HttpRequest, account: User, wish: AccountWish, detail: dict[str, Any], *, formerly: str = ""
) -> AccountChange:
    """Ask for it, in place of the same wish that waits; the person is told, at the address before this one, too."""
    now = timezone.now()
    with transaction.atomic():
        AccountChange.objects.filter(account=account, wish=wish, state=WishState.WAITS).delete()
        asked = AccountChange.objects.create(
            account=account,
            wish=wish,
            detail=detail,
            asked_by=User.objects.get(pk=request.user.pk or 0),
            asked_at=now,
            alone_from=now + settings.ACCOUNT_CHANGES_WAIT,
        )
        _note(request, AuditAction.ACCOUNT_ASKED, asked)
    if to := sorted({account.email, formerly} - {""}):
        parts = {"asked_by": asked.asked_by, "account": account, "site": settings.BASE_URL, "what": told(asked)}
        text = _MAIL.format(alone_from=asked.alone_from, **parts)
        send_mail("Your account at Article 10", text, None, to, fail_silently=True)
    return asked


def tell_former_address(address: str, account: User) -> None:
    """Tell whoever had the account's mail until now that it goes elsewhere: notices could be led away by that."""
    if address:
        text = f"Mail about your account “{account}” at {settings.BASE_URL} goes to another address from now on."
        send_mail("Your account at Article 10", text, None, [address], fail_silently=True)


def told(change: AccountChange) -> str:
    """What it is, in words."""
    roles = ", ".join(change.detail.get("roles", []))
    return f"{change.get_wish_display()}: {roles}" if roles else str(change.get_wish_display())


def may_do(change: AccountChange, user: User) -> bool:
    """Whether this operator may do it now: another than who asked, or the time is over; nobody to themselves."""
    if user.pk == change.account_id or (change.account.is_superuser and not user.is_superuser):
        return False
    return user.pk != change.asked_by_id or timezone.now() >= change.alone_from


def _note(request: HttpRequest, action: AuditAction, change: AccountChange) -> None:
    by = request.user if isinstance(request.user, User) else None
    subject, detail = change.account.username, {"what": told(change), "asked_by": change.asked_by.username}
    write_audit_entry(action, by=by, subject=subject, detail=detail, address=address_of(request))


def _give_roles(account: User, detail: dict[str, Any]) -> None:
    account.groups.add(*Group.objects.filter(name__in=detail.get("roles", [])))


def _set_password(account: User, detail: dict[str, Any]) -> None:
    account.password = detail["hash"]
    account.save(update_fields=["password"])
    choose_password(account)


def _take_factors(account: User, detail: dict[str, Any]) -> None:
    take_factors_away(account)
    end_log_ins(account)


_DOING: Final = {
    AccountWish.ROLES: _give_roles,
    AccountWish.PASSWORD: _set_password,
    AccountWish.FACTORS: _take_factors,
}


def choose_password(account: User) -> None:
    """Have the person choose a password before anything else, and soon; and know no browser of theirs any more."""
    row, _ = Account.objects.get_or_create(user=account)
    row.must_change_password, row.browsers = True, generation_of(account) + 1
    row.password_ends_at = timezone.now() + settings.FIRST_PASSWORD_LASTS
    row.save(update_fields=["must_change_password", "password_ends_at", "browsers"])
    end_log_ins(account)


class WishesPage(SensitivePage):
    """What waits to be done to accounts."""

    permission = ACCOUNTS
    title = "Changes of accounts that wait"
    template = "admin/desk/wishes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        waiting = AccountChange.objects.filter(state=WishState.WAITS).select_related("account", "asked_by")
        return self.show({"wishes": [(one, told(one), may_do(one, self.user)) for one in waiting]})


class DecideWishPage(SensitivePage):
    """Takes the click that does one of them, or refuses it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, or refuse it. Whom it concerns may refuse, and never agree."""
        with transaction.atomic():
            waiting = AccountChange.objects.select_for_update().filter(state=WishState.WAITS)
            change = get_object_or_404(waiting, pk=pk)
            is_own = change.account_id == self.user.pk
            if not (is_own or has_permission(request, ACCOUNTS)):
                raise PermissionDenied
            if "refuse" in request.POST:
                self._end(change, WishState.REFUSED, AuditAction.ACCOUNT_REFUSED)
                messages.success(request, f"Refused: {told(change)}, for {change.account}.")
            elif not may_do(change, self.user):
                raise PermissionDenied
            else:
                _DOING[AccountWish(change.wish)](change.account, change.detail)
                self._end(change, WishState.DONE, AuditAction.ACCOUNT_CHANGED)
                messages.success(request, f"Done: {told(change)}, for {change.account}.")
        return HttpResponseRedirect(reverse("admin:me" if is_own else "admin:wishes"))

    def _end(self, change: AccountChange, state: WishState, action: AuditAction) -> None:
        change.state, change.decided_by, change.decided_at = state, self.user, timezone.now()
        # The hash of a password is of no use any more, and of use to nobody who reads the table.
        change.detail = {name: value for name, value in change.detail.items() if name != "hash"}
        change.save(update_fields=["state", "decided_by", "decided_at", "detail"])
        _note(self.request, action, change)


class NewPasswordForm(forms.Form):
    """A first password, which the person has to change."""

    password = forms.CharField(
        label="New password", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, account: User, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        self.account = account

    def clean_password(self) -> str:
        """A password as everybody’s has to be."""
        text = str(self.cleaned_data["password"])
        validate_password(text, self.account)
        return text


class AskPasswordPage(SensitivePage):
    """Asks for another password for somebody who has lost theirs."""

    permission = ACCOUNTS
    title = "A new password for somebody"
    template = "admin/desk/new_password.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form."""
        account = self._account(pk)
        return self.show({"form": NewPasswordForm(account=account), "account": account})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for it."""
        account = self._account(pk)
        form = NewPasswordForm(request.POST, account=account)
        if not form.is_valid():
            return self.show({"form": form, "account": account})
        asked = ask_for(request, account, AccountWish.PASSWORD, {"hash": make_password(form.cleaned_data["password"])})
        messages.success(request, waits_message(asked))
        return HttpResponseRedirect(reverse("admin:wishes"))

    def _account(self, pk: int) -> User:
        account = get_object_or_404(User, pk=pk)
        if account.pk == self.user.pk or (account.is_superuser and not self.user.is_superuser):
            raise PermissionDenied
        return account


def waits_message(asked: AccountChange) -> str:
    """What whoever asked is told."""
    when = f"{asked.alone_from:%Y-%m-%d %H:%M} UTC"
    return f"{told(asked)}, for {asked.account}: waits for a second operator, or for you from {when} on."
