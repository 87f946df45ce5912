"""Commitments and the parties' claims on them. No column and no filter is a verdict of ours."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse

from tracker.desk.access.permissions import CLAIM, RECTIFY, has_permission
from tracker.desk.drafts.claims import (
    ClaimPage,
    ClaimSourcePage,
    CommitmentPage,
    CommitmentSourcePage,
    RectifyClaimPage,
    RectifyCommitmentPage,
    RetractClaimPage,
    RetractCommitmentPage,
)
from tracker.desk.registry.base import ReadOnlyAdmin, ReadOnlyInline
from tracker.domain.vocabulary import Subject
from tracker.models import Assessment, Citation, Commitment, CommitmentParty, Rectification


class CommitmentPartyInline(ReadOnlyInline[CommitmentParty, Commitment]):
    """Who asks, and who owes."""

    model = CommitmentParty
    fields = ["role", "party"]
    select_related = ("party",)


class AssessmentInline(ReadOnlyInline[Assessment, Commitment]):
    """What each party says of it."""

    model = Assessment
    fields = ["date", "by", "status", "basis", "office", "note"]
    select_related = ("by",)


class SourceInline(ReadOnlyInline[Citation, Commitment]):
    """Who says so."""

    model = Citation
    fields = ["url", "title", "publisher", "source_class", "published", "stands"]
    select_related = ("commitment",)

    @admin.display(description="stands", boolean=True)
    def stands(self, citation: Citation) -> bool:
        """Whether the commitment still rests on it."""
        return citation.commitment is not None and citation.order not in citation.commitment.uncited


@admin.register(Commitment)
class CommitmentAdmin(ReadOnlyAdmin[Commitment]):
    """What was asked of or promised by somebody."""

    list_display = ["title", "kind", "category", "accession", "text", "clause"]
    list_select_related = ["accession"]
    list_filter = ["kind", "category", "accession"]
    search_fields = ["key", "title", "text", "parties__party__names__text"]
    inlines = [CommitmentPartyInline, AssessmentInline, SourceInline]

    def get_urls(self) -> list[URLPattern]:
        return [
            self.desk_path("<int:pk>/claim/", ClaimPage.as_view(), "claim"),
            self.desk_path("<int:pk>/rectify/", RectifyCommitmentPage.as_view(), "rectify"),
            self.desk_path("<int:pk>/retract/", RetractCommitmentPage.as_view(), "retract"),
            self.desk_path("<int:pk>/source/", CommitmentSourcePage.as_view(), "source"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return has_permission(request, CLAIM)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Entering a commitment, in place of a row."""
        return cast(HttpResponse, CommitmentPage.as_view()(request))

    def tools(self, request: HttpRequest, commitment: Commitment) -> list[tuple[str, str]]:
        if commitment.key in Rectification.objects.taken_back(Subject.COMMITMENT):
            return []
        pages = [
            ("claim", "Enter a claim", CLAIM),
            ("rectify", "Rectify", RECTIFY),
            ("retract", "Take back", RECTIFY),
            ("source", "Add a source", CLAIM),
        ]
        return [
            (reverse(f"admin:tracker_commitment_{name}", args=[commitment.pk]), label)
            for name, label, permission in pages
            if has_permission(request, permission)
        ]


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin[Assessment]):
    """Each party's dated claims."""

    list_display = ["date", "by", "status", "basis", "commitment", "version"]
    list_select_related = ["by", "commitment"]
    list_filter = ["status", "basis", "by"]
    search_fields = ["key", "note", "commitment__title", "by__names__text"]
    date_hierarchy = "latest"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.desk_path("<int:pk>/rectify/", RectifyClaimPage.as_view(), "rectify"),
            self.desk_path("<int:pk>/retract/", RetractClaimPage.as_view(), "retract"),
            self.desk_path("<int:pk>/source/", ClaimSourcePage.as_view(), "source"),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest, claim: Assessment) -> list[tuple[str, str]]:
        if hasattr(claim, "rectification"):
            return []
        pages = [("rectify", "Rectify", RECTIFY), ("retract", "Take back", RECTIFY), ("source", "Add a source", CLAIM)]
        return [
            (reverse(f"admin:tracker_assessment_{name}", args=[claim.pk]), label)
            for name, label, permission in pages
            if has_permission(request, permission)
        ]


@admin.register(CommitmentParty)
class CommitmentPartyAdmin(ReadOnlyAdmin[CommitmentParty]):
    """Who asks and who owes, across all commitments."""

    list_display = ["party", "role", "commitment"]
    list_select_related = ["party", "commitment"]
    list_filter = ["role"]
    search_fields = ["party__code", "party__names__text", "commitment__title"]
