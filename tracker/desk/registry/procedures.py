"""Each ally's procedure: chambers and steps, put right as one."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, reverse

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


@admin.register(Procedure)
class ProcedureAdmin(ReadOnlyAdmin[Procedure]):
    """How an accession protocol becomes binding in one ally."""

    list_display = ["ally", "parliament", "parliament_votes", "advance_consent_possible", "confidence"]
    list_select_related = ["ally"]
    list_filter = ["parliament_votes", "advance_consent_possible", "confidence"]
    search_fields = ["ally__code", "ally__names__text", "parliament", "parliament_native"]
    inlines = [ChamberInline, StepInline]

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
