"""Every model that no other file has registered: to look at, with the columns that say something in a list."""

from typing import Final

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from tracker.desk.access.permissions import AUDIT, has_verified_permission
from tracker.desk.registry.base import ReadOnlyAdmin
from tracker.models import Account, AccountChange, Draft

# Long, or not for anybody's eyes.
_NOT_IN_LISTS: Final = (models.TextField, models.JSONField, models.BinaryField)
_SECRET: Final = ("secret", "hash", "digest", "token", "password")


# What somebody has typed and not saved is theirs alone; what is asked of an account has a page of its own.
OF_ONE_PERSON: Final[tuple[type[models.Model], ...]] = (Account, AccountChange, Draft)


def register_the_rest() -> None:
    """Give each model of the tracker that has no page a read-only one."""
    for model in apps.get_app_config("tracker").get_models():
        if not admin.site.is_registered(model) and not model._meta.proxy and model not in OF_ONE_PERSON:
            admin.site.register(model, read_only(model))


class Machinery(ReadOnlyAdmin[models.Model]):
    """What makes the site run, for those who run it."""

    public = False

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return has_verified_permission(request, AUDIT) or super().has_view_permission(request, obj)


def read_only(model: type[models.Model]) -> type[Machinery]:
    """A read-only admin of the model."""
    shown = [field for field in model._meta.concrete_fields if not any(word in field.name for word in _SECRET)]
    columns = [field for field in shown if not isinstance(field, _NOT_IN_LISTS)]
    texts = [one.name for one in columns if isinstance(one, models.CharField)]
    return type(
        f"{model.__name__}Admin",
        (Machinery,),
        {
            "__module__": __name__,
            "__doc__": f"{model.__doc__}",
            "list_display": [field.name for field in columns[:8]],
            "list_select_related": [field.name for field in columns[:8] if field.is_relation] or False,
            "search_fields": texts,
            "fields": [field.name for field in shown],
        },
    )
