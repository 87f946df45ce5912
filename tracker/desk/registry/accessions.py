"""Accessions and ratifications: copies of what the events say, so there is nothing to edit."""

from typing import Any, Final

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.http import urlencode

from tracker.desk.access.permissions import CHECK, FILE_REPORTS, has_permission
from tracker.desk.registry.base import ReadOnlyAdmin, ReadOnlyInline
from tracker.desk.review.checked import CheckedPage, UncheckPage, checks_of
from tracker.models import Accession, Ratification

# So many of the last checks are shown.
_CHECKS: Final = 20


class RatificationInline(ReadOnlyInline[Ratification, Accession]):
    """Each ally's ratification of the protocol."""

    model = Ratification
    fields = ["ally", "required", "stage", "last_checked_at"]
    select_related = ("ally", "accession")


@admin.register(Accession)
class AccessionAdmin(ReadOnlyAdmin[Accession]):
    """One applicant's way in."""

    list_display = ["applicant", "status", "settled_on"]
    list_select_related = ["applicant"]
    list_filter = ["status"]
    search_fields = ["applicant__code", "applicant__names__text"]
    inlines = [RatificationInline]


@admin.register(Ratification)
class RatificationAdmin(ReadOnlyAdmin[Ratification]):
    """Where each ally stands with each protocol."""

    list_display = ["accession", "ally", "stage", "required", "last_checked_at", "settled_on"]
    list_display_links = ["accession", "ally"]
    list_select_related = ["accession", "ally"]
    list_filter = ["stage", "required", "accession__status", "accession"]
    search_fields = ["ally__code", "ally__names__text", "accession__applicant__names__text"]
    date_hierarchy = "last_checked_at"
    change_form_template = "admin/desk/ratification.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.desk_path("<int:pk>/checked/", CheckedPage.as_view(), "checked"),
            self.desk_path("<int:pk>/checked/<int:position>/", UncheckPage.as_view(), "uncheck"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The row, with the checks that stand."""
        row = self.get_object(request, unquote(object_id))
        may_check = has_permission(request, CHECK)
        told = {"checks": checks_of(row)[:_CHECKS] if row else [], "may_check": may_check}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **told})

    def tools(self, request: HttpRequest, row: Ratification) -> list[tuple[str, str]]:
        if not has_permission(request, FILE_REPORTS):
            return []
        query = urlencode({"accession": row.accession_id, "actor": row.ally_id})
        return [(f"{reverse('admin:tracker_event_add')}?{query}", "Enter an act")]
