"""The one application of the project."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from tracker import append_only


def put_triggers_back(*, using: str, **kwargs: Any) -> None:
    """Have every trigger in place after a migration, which on SQLite may have dropped them without a word."""
    append_only.install(using)


class TrackerConfig(AppConfig):
    """The tracker, with its triggers and its system checks."""

    name = "tracker"
    verbose_name = "Article 10"

    def ready(self) -> None:
        """Register what Django calls by itself; the checks may need the models, so they are not imported above."""
        autodiscover_modules("checks")
        import_module("tracker.http.requests").connect()
        import_module("tracker.operations.telemetry").start()
        if settings.MAIL_SERVICE:
            import_module("tracker.channels.returned.service")
        post_migrate.connect(put_triggers_back, sender=self, dispatch_uid="put_triggers_back")


class DeskConfig(AdminConfig):
    """Django's admin, with the editor's desk as its site."""

    default_site = "tracker.desk.site.Desk"

    def ready(self) -> None:
        """Register what the desk shows, once the site that it registers with is there."""
        super().ready()
        import_module("tracker.desk.registered")
        roles = import_module("tracker.desk.access.roles")
        post_migrate.connect(roles.make_missing_roles, sender=self, dispatch_uid="make_missing_roles")
