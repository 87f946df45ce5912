"""The bases of the admin: everything on record can be looked at here, and nothing can be edited as a row."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path

from tracker.desk.access.permissions import EXPORT, has_permission, is_verified
from tracker.desk.registry.exporting import export, shown_columns, shown_rows

M = TypeVar("M", bound=Model)
P = TypeVar("P", bound=Model)


class ReadOnlyAdmin(admin.ModelAdmin[M]):
    """A list and a page per row, to look at. What changes a row is an action of the domain, on a page of its own."""

    # What stands on the public site anyway may be seen by everybody who may come in; the rest needs a permission.
    public: ClassVar[bool] = True
    list_per_page = 50
    show_full_result_count = False
    actions: Any = None
    change_form_template = "admin/desk/look.html"
    change_list_template = "admin/desk/list.html"

    def get_urls(self) -> list[URLPattern]:
        return [self.desk_path("export/<slug:kind>/", self.export_view, "export"), *super().get_urls()]

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        """What the list shows, as a file."""
        return export(self, request, kind)

    def export_columns(self, request: HttpRequest) -> Sequence[str]:
        """The columns of an export as CSV."""
        return list(shown_columns(self, request).values())

    def export_rows(self, request: HttpRequest, objects: Sequence[M]) -> Sequence[Mapping[str, Any]]:
        """These objects as rows of an export."""
        return shown_rows(self, request, objects)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        exports = has_permission(request, EXPORT)
        return super().changelist_view(request, {**(extra_context or {}), "exports": exports})

    def desk_path(self, route: str, page: Callable[..., HttpResponseBase], name: str) -> URLPattern:
        """The address of a page of the desk beside this list; the desk lets only its people in."""
        options = self.model._meta
        name = f"{options.app_label}_{options.model_name}_{name}"
        return path(route, self.admin_site.admin_view(page), name=name)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        # The key of an accession is its applicant; Django offers that as a filter and then forbids it.
        filters = {f"{name}__applicant__exact" for name in self.list_filter if isinstance(name, str)}
        return lookup in filters or super().lookup_allowed(lookup, value, request)

    def tools(self, request: HttpRequest, obj: M) -> list[tuple[str, str]]:
        """What this person can do with the row: addresses and what leads there is called."""
        return []

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        tools = self.tools(request, obj) if obj is not None and self.has_view_permission(request, obj) else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "tools": tools})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        # What is not public is for who is known for sure, also to look at.
        return self.public or (is_verified(request) and super().has_view_permission(request, obj))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)


class ReadOnlyInline(admin.TabularInline[M, P]):
    """The parts of a row, to look at."""

    template = "admin/desk/parts.html"
    extra = 0
    can_delete = False
    show_change_link = False
    # Foreign keys that the columns show; without them, each row would be a query of its own.
    select_related: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.select_related) if self.select_related else rows

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True
