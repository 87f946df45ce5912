"""Accounts: made and ended by those who may, with roles instead of single permissions."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from tracker.actions import revoke_token, write_audit_entry
from tracker.desk.access.lock_out import name_digest
from tracker.desk.access.permissions import ACCOUNTS, FILE_REPORTS, RESET_FACTOR, has_verified_permission, is_verified
from tracker.desk.people.wishes import ask_for, choose_password, tell_former_address, waits_message
from tracker.desk.registry.base import ReadOnlyAdmin
from tracker.domain.vocabulary import AccountWish, AuditAction
from tracker.http.client_address import address_of

# The admins imported above have registered themselves; ours stand in their place.
REPLACED = (User, Group, TOTPDevice, StaticDevice, WebAuthnCredential)
admin.site.unregister([model for model in REPLACED if admin.site.is_registered(model)])


@admin.register(User)
class AccountAdmin(UserAdmin[User]):
    """Who may come in, and in which roles."""

    list_display = ["username", "first_name", "last_name", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser", "groups"]
    filter_horizontal = ["groups"]
    actions = ["unlock"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": ["first_name", "last_name", "email"]}),
        ("Roles", {"fields": ["is_active", "groups"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and is_verified(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if obj is not None and not _may_touch(request, obj):
            return False
        return super().has_change_permission(request, obj) and is_verified(request)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_view_permission(request, obj) and is_verified(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) and is_verified(request)

    def has_unlock_permission(self, request: HttpRequest) -> bool:
        """Whether the action is offered."""
        return has_verified_permission(request, ACCOUNTS)

    @admin.action(description="Open the log-in of the selected accounts again", permissions=["unlock"])
    def unlock(self, request: HttpRequest, accounts: QuerySet[User]) -> None:
        """Before the time is over."""
        for account in accounts:
            # The entry itself opens it: wrong passwords are counted from there.
            _note_account(request, account, "log-in opened", name=name_digest(account.username))
            self.message_user(request, f"{account}: the log-in is open.")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """As Django does. A first password is typed by somebody else, so its owner has to choose another."""
        super().save_model(request, obj, form, change)
        if not change:
            choose_password(obj)
        elif "email" in form.changed_data:
            tell_former_address(str(form.initial.get("email") or ""), obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Take roles away at once, with the tokens that stood for them; a role more waits for a second operator."""
        had = set(Group.objects.filter(user=form.instance))
        wanted = set(form.cleaned_data.get("groups", had))
        form.cleaned_data["groups"] = Group.objects.filter(pk__in=[one.pk for one in had & wanted])
        super().save_related(request, form, formsets, change)
        if more := sorted(one.name for one in wanted - had):
            formerly = str(form.initial.get("email") or "")
            asked = ask_for(request, form.instance, AccountWish.ROLES, {"roles": more}, formerly=formerly)
            self.message_user(request, waits_message(asked), messages.WARNING)
        account = User.objects.get(pk=form.instance.pk)
        if not account.has_perm(FILE_REPORTS):
            for token in account.tokens.filter(revoked_at__isnull=True):
                revoke_token(token.pk)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Where a new password is asked for: nobody sets another’s."""
        account = self.get_object(request, id)
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:ask_password", args=[id]))

    def log_addition(self, request: HttpRequest, obj: User, message: Any) -> Any:
        _note_account(request, obj, "made")
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        _note_account(request, obj, str(message))
        return super().log_change(request, obj, message)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        # What a person did stays on record under the name; an account is made inactive instead.
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return ["last_login", "date_joined"]


def _note_account(request: HttpRequest, account: User, what: str, **more: str) -> None:
    """Enter into the audit trail what was done to an account, and which roles it has from now on."""
    by = request.user if isinstance(request.user, User) else None
    roles = sorted(account.groups.values_list("name", flat=True))
    detail = {"what": what[:500], "roles": roles, "active": account.is_active, **more}
    subject, address = account.username, address_of(request)
    write_audit_entry(AuditAction.ACCOUNT_CHANGED, by=by, subject=subject, detail=detail, address=address)


def _may_touch(request: HttpRequest, account: User) -> bool:
    """Whether this person may change that account: nobody raises their own role, or takes over one above."""
    return bool(request.user.is_superuser) or not (account.is_superuser or account.pk == request.user.pk)


@admin.register(Group)
class RoleAdmin(ReadOnlyAdmin[Group]):
    """What each role may do; a migration says so."""

    public = False
    list_display = ["name"]
    search_fields = ["name"]


@admin.register(TOTPDevice)
class SecondFactorAdmin(ReadOnlyAdmin[TOTPDevice]):
    """Who has set up a second factor. The secret is shown to nobody."""

    public = False
    list_display = ["user", "name", "confirmed", "created_at", "last_used_at"]
    list_select_related = ["user"]
    list_filter = ["confirmed"]
    search_fields = ["user__username"]
    fields = ["user", "name", "confirmed", "created_at", "last_used_at"]
    actions = ["take_away"]

    def has_reset_permission(self, request: HttpRequest) -> bool:
        """Whether the action is offered."""
        return has_verified_permission(request, RESET_FACTOR)

    @admin.action(description="Take the selected second factors away", permissions=["reset"])
    def take_away(self, request: HttpRequest, devices: QuerySet[TOTPDevice]) -> None:
        """For who has lost the phone: the next log-in sets up another. Not one's own, nor one of somebody above."""
        for device in devices.select_related("user"):
            if not _may_touch(request, device.user):
                self.message_user(request, f"{device.user}: that is for somebody else to do.", messages.ERROR)
                continue
            asked = ask_for(request, device.user, AccountWish.FACTORS, {})
            self.message_user(request, waits_message(asked))


@admin.register(WebAuthnCredential)
class PasskeyAdmin(ReadOnlyAdmin[WebAuthnCredential]):
    """Who has which passkey."""

    public = False
    list_display = ["user", "name", "confirmed", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["user__username"]
    fields = ["user", "name", "confirmed", "created_at", "last_used_at"]

    def has_view_permission(self, request: HttpRequest, obj: WebAuthnCredential | None = None) -> bool:
        return has_verified_permission(request, RESET_FACTOR)
