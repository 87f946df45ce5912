"""Who may do what at the desk: a permission says what, the second factor says that it is really that person."""

from typing import Final

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest

# What a person of each role may do. The migration gives it to the groups; a test walks every page with each.
FILE_REPORTS: Final = "tracker.add_report"
REVIEW: Final = "tracker.change_report"
RECORD: Final = "tracker.add_event"
RECTIFY: Final = "tracker.add_rectification"
CLAIM: Final = "tracker.add_assessment"
CHECK: Final = "tracker.change_ratification"
EXPORT: Final = "tracker.view_event"
ACCOUNTS: Final = "auth.change_user"
RESET_FACTOR: Final = "otp_totp.delete_totpdevice"
AUDIT: Final = "tracker.view_auditentry"
WATCH: Final = "tracker.change_watch"


def comes_in(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the account may come to the desk: a role is enough."""
    if not user.is_active:
        return False
    is_staff, groups = getattr(user, "is_staff", False), getattr(user, "groups", None)
    return bool(is_staff or (groups is not None and groups.exists()))


def is_verified(request: HttpRequest) -> bool:
    """Whether the person at this session has given the second factor."""
    verified = getattr(request.user, "is_verified", None)
    return bool(verified and verified())


def has_verified_permission(request: HttpRequest, permission: str) -> bool:
    """Whether this person may change something now: allowed to, and known for sure."""
    return request.user.is_active and request.user.has_perm(permission) and is_verified(request)


def has_permission(request: HttpRequest, permission: str) -> bool:
    """Whether this person may, once the second factor is given."""
    return request.user.is_active and request.user.has_perm(permission)


# With one of these a person can change something, and is asked for the second factor at log-in.
CHANGING: Final = (FILE_REPORTS, REVIEW, RECORD, RECTIFY, CLAIM, CHECK, ACCOUNTS, WATCH)
