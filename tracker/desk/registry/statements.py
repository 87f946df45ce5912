"""Statements: who said what, in which utterance."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse

from tracker.desk.access.permissions import CLAIM, RECTIFY, has_permission
from tracker.desk.drafts.statements import RectifyStatementPage, RetractStatementPage, StatementPage
from tracker.desk.registry.base import ReadOnlyAdmin
from tracker.models import Statement


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin[Statement]):
    """Utterances with their speakers."""

    list_display = ["date", "title", "form", "withdrawn"]
    list_filter = ["form", "withdrawn"]
    search_fields = ["key", "title", "document"]
    date_hierarchy = "latest"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.desk_path("<int:pk>/rectify/", RectifyStatementPage.as_view(), "rectify"),
            self.desk_path("<int:pk>/retract/", RetractStatementPage.as_view(), "retract"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return has_permission(request, CLAIM)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Entering a statement, in place of a row."""
        return cast(HttpResponse, StatementPage.as_view()(request))

    def tools(self, request: HttpRequest, statement: Statement) -> list[tuple[str, str]]:
        if statement.withdrawn or not has_permission(request, RECTIFY):
            return []
        pages = [("rectify", "Rectify"), ("retract", "Take back")]
        return [(reverse(f"admin:tracker_statement_{name}", args=[statement.pk]), label) for name, label in pages]
