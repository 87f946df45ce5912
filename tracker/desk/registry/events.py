"""Events with their sources: never edited here; the pages beside them enter, rectify and retract."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse

from tracker.desk.access.permissions import FILE_REPORTS, RECORD, RECTIFY, has_permission
from tracker.desk.drafts.enter import EnterPage
from tracker.desk.drafts.rectify import RectifyPage, RetractPage, SourcePage
from tracker.desk.drafts.vote_day import VoteDayPage
from tracker.desk.registry.base import ReadOnlyAdmin, ReadOnlyInline
from tracker.desk.review.importing import ConfirmPage, RefusedFile, TakeBackPage, UploadPage
from tracker.domain.facts import EventFact
from tracker.exchange.sheets import COLUMNS, event_cells
from tracker.models import Citation, Conflict, Event
from tracker.models.facts_of_rows import event_fact

_SHOWN: Final = [
    *["title", "date", "kind", "accession", "treaty", "actor", "others", "office", "tally", "detail"],
    *["confidence", "tags", "key", "version", "stands", "recorded_at", "recorded_by", "origin"],
]


class CitationInline(ReadOnlyInline[Citation, Event]):
    """Who says so."""

    model = Citation
    fields = ["url", "title", "publisher", "source_class", "published", "quote", "archived_url"]


class ConflictInline(ReadOnlyInline[Conflict, Event]):
    """What other sources say differently."""

    model = Conflict
    fields = ["field", "value", "url"]


class StandsFilter(admin.SimpleListFilter):
    """Whether we still say so."""

    title = "standing"
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("yes", "stands"), ("no", "put right since")]

    def queryset(self, request: HttpRequest, rows: QuerySet[Event]) -> QuerySet[Event]:
        if self.value() in {"yes", "no"}:
            return rows.filter(rectification__isnull=self.value() == "yes")
        return rows


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin[Event]):
    """What happened, as sources tell it."""

    list_display = ["date", "title", "kind", "accession", "actor", "tally", "stands"]
    ordering = ["-latest", "-recorded"]
    fields = [*_SHOWN]
    readonly_fields = _SHOWN
    list_display_links = ["date", "title"]
    list_select_related = ["accession", "actor", "rectification"]
    list_filter = [StandsFilter, "kind", "confidence", "origin", "accession"]
    search_fields = ["key", "title", "office", "actor__code", "actor__names__text", "citations__publisher"]
    date_hierarchy = "latest"
    inlines = [CitationInline, ConflictInline]
    change_list_template = "admin/desk/events.html"

    def get_urls(self) -> list[URLPattern]:
        return [
            self.desk_path("vote-day/", VoteDayPage.as_view(), "vote_day"),
            self.desk_path("import/", UploadPage.as_view(), "import"),
            self.desk_path("import/<int:pk>/", ConfirmPage.as_view(), "import_confirm"),
            self.desk_path("import/<int:pk>/refused/", RefusedFile.as_view(), "import_refused"),
            self.desk_path("import/<int:pk>/take-back/", TakeBackPage.as_view(), "import_take_back"),
            self.desk_path("<int:pk>/rectify/", RectifyPage.as_view(), "rectify"),
            self.desk_path("<int:pk>/retract/", RetractPage.as_view(), "retract"),
            self.desk_path("<int:pk>/source/", SourcePage.as_view(), "source"),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest, event: Event) -> list[tuple[str, str]]:
        if hasattr(event, "rectification"):
            return []
        pages = [("rectify", "Rectify", RECTIFY), ("retract", "Take back", RECTIFY), ("source", "Add a source", RECORD)]
        return [
            (reverse(f"admin:tracker_event_{name}", args=[event.pk]), label)
            for name, label, permission in pages
            if has_permission(request, permission)
        ]

    def export_columns(self, request: HttpRequest) -> Sequence[str]:
        return COLUMNS

    def export_rows(self, request: HttpRequest, objects: Sequence[Event]) -> Sequence[Mapping[str, Any]]:
        """Whole facts, which an import reads back."""
        whole = Event.objects.filter(pk__in=[event.pk for event in objects]).with_parts()
        facts = {row.pk: event_fact(row) for row in whole}
        write = event_cells if request.path.endswith("/csv/") else EventFact.document
        return [write(facts[event.pk]) for event in objects]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return has_permission(request, FILE_REPORTS)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Entering an act, in place of a row."""
        return cast(HttpResponse, EnterPage.as_view()(request))

    @admin.display(description="votes")
    def tally(self, event: Event) -> str:
        """For, against and abstained, where there was a vote."""
        counted = [event.votes_yes, event.votes_no, event.votes_abstain]
        return "–".join(str(one) for one in counted if one is not None)

    @admin.display(description="stands", boolean=True)
    def stands(self, event: Event) -> bool:
        """Whether it has not been put right."""
        return not hasattr(event, "rectification")


@admin.register(Citation)
class CitationAdmin(ReadOnlyAdmin[Citation]):
    """Every source of every fact."""

    list_display = ["title", "publisher", "source_class", "published", "supports"]
    list_select_related = ["event", "commitment", "assessment"]
    list_filter = ["source_class"]
    search_fields = ["title", "publisher", "url"]

    @admin.display(description="supports")
    def supports(self, citation: Citation) -> str:
        """The fact that it is a source of."""
        return str(citation.event or citation.commitment or citation.assessment)


@admin.register(Conflict)
class ConflictAdmin(ReadOnlyAdmin[Conflict]):
    """Every value that another source gives differently."""

    list_display = ["field", "value", "url", "concerns"]
    list_select_related = ["event", "commitment"]
    list_filter = ["field"]
    search_fields = ["value", "url", "event__key"]

    @admin.display(description="concerns")
    def concerns(self, conflict: Conflict) -> str:
        """The fact that it contradicts."""
        return str(conflict.event or conflict.commitment)
