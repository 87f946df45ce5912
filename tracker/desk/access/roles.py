"""The roles of the desk: groups that are there after every migration, and also after tables were emptied."""

from typing import Any, Final

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

_CONTRIBUTOR: Final = ("tracker.add_report", "tracker.view_report", "tracker.view_event")

# What each role may do.
ROLES: Final = {
    "contributor": _CONTRIBUTOR,
    "reviewer": (
        *_CONTRIBUTOR,
        "tracker.change_report",
        "tracker.add_event",
        "tracker.add_rectification",
        "tracker.add_assessment",
        "tracker.change_ratification",
    ),
    "operator": (
        "tracker.view_event",
        "tracker.view_report",
        "tracker.view_auditentry",
        "tracker.view_watch",
        "tracker.add_watch",
        "tracker.change_watch",
        "tracker.view_capture",
        "tracker.view_link",
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.view_group",
        "otp_totp.view_totpdevice",
        "otp_totp.delete_totpdevice",
    ),
}


def make_missing_roles(*, using: str, **kwargs: Any) -> None:
    """Make each role that is not there; one that is there stays as its operator has left it."""
    missing = ROLES.keys() - set(Group.objects.using(using).values_list("name", flat=True))
    if not missing:
        return
    # Django makes the permissions of an application at its turn, which may come after ours.
    for application in {permission.partition(".")[0] for role in missing for permission in ROLES[role]}:
        create_permissions(apps.get_app_config(application), verbosity=0, using=using)
    for role in sorted(missing):
        Group.objects.using(using).create(name=role).permissions.set(_permissions(role, using))


def _permissions(role: str, using: str) -> list[Permission]:
    names = (permission.split(".") for permission in ROLES[role])
    every = Permission.objects.using(using)
    return [every.get(content_type__app_label=app, codename=codename) for app, codename in names]
