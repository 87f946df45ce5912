"""Each ally's procedure: chambers and steps, put right as one."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tracker.desk.access.permissions import RECTIFY, has_permission
from tracker.desk.drafts.reference import AddVersionPage, RectifyProcedurePage
from tracker.desk.registry.base import ReadOnlyAdmin, ReadOnlyInline
from tracker.models import Chamber, Procedure, ProcedureStep


class ChamberInline(ReadOnlyInline[Chamber, Procedure]):
    """The chambers of the parliament."""

    model = Chamber
    fields = ["name", "native", "seats", "seats_earlier", "role", "votes"]


class StepInline(ReadOnlyInline[ProcedureStep, Procedure]):
    """The steps, in order."""

    model = ProcedureStep
    fields = ["order", "kind", "body", "alternative", "optional", "note"]


def _told(version: Mapping[str, Any]) -> tuple[str, str, str, str]:
    basis = [one["provision"] for one in version.get("legal_basis", ())]
    votes = ", ".join(version["chambers_that_vote"] or ()) or "no vote needed"
    first, last = version.get("valid_from") or "…", version.get("valid_until") or "…"
    return first, last, "; ".join(basis) or "no basis told", votes


@admin.register(Procedure)
class ProcedureAdmin(ReadOnlyAdmin[Procedure]):
    """How an accession protocol becomes binding in one ally."""

    list_display = ["ally", "parliament", "parliament_votes", "advance_consent_possible", "confidence"]
    list_select_related = ["ally"]
    list_filter = ["parliament_votes", "advance_consent_possible", "confidence"]
    search_fields = ["ally__code", "ally__names__text", "parliament", "parliament_native"]
    inlines = [ChamberInline, StepInline]
    readonly_fields = ["basis", "times"]

    def get_fields(self, request: HttpRequest, obj: Procedure | None = None) -> Any:
        """What is kept as data is told in words."""
        return [
            {"legal_basis": "basis", "earlier": "times"}.get(str(name), name)
            for name in super().get_fields(request, obj)
            if name not in {"paths_taken", *self.readonly_fields}
        ]

    @admin.display(description="legal basis")
    def basis(self, procedure: Procedure) -> SafeString | str:
        """Each provision, and what it says."""
        said = [(one["provision"], f": {one['says']}" if one.get("says") else "") for one in procedure.legal_basis]
        return format_html_join("", "<p>{}{}</p>", said) or "—"

    @admin.display(description="earlier procedures")
    def times(self, procedure: Procedure) -> SafeString | str:
        """The procedures of earlier times, the oldest first: their days, their basis, and who voted."""
        return format_html_join("", "<p>{} – {}: {} ({})</p>", map(_told, procedure.earlier)) or "—"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.desk_path("<str:code>/rectify/", RectifyProcedurePage.as_view(), "rectify"),
            self.desk_path("<str:code>/rectify/<int:number>/", RectifyProcedurePage.as_view(), "rectify_version"),
            self.desk_path("<str:code>/add/", AddVersionPage.as_view(), "add_version"),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest, procedure: Procedure) -> list[tuple[str, str]]:
        if not has_permission(request, RECTIFY):
            return []
        earlier = [
            (
                reverse("admin:tracker_procedure_rectify_version", args=[procedure.pk, number]),
                f"Rectify the one of {version.get('valid_from') or '…'} to {version.get('valid_until')}",
            )
            for number, version in enumerate(procedure.earlier)
        ]
        return [
            (reverse("admin:tracker_procedure_rectify", args=[procedure.pk]), "Rectify"),
            *earlier,
            (reverse("admin:tracker_procedure_add_version", args=[procedure.pk]), "Add the one of another time"),
        ]
