"""Events with their sources: never edited here; the pages beside them enter, rectify and retract."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

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
    *["confidence", "tags", "key", "version", "stands", "recorded_at", "recorded_by", "origin", "history"],
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
        return [("no", "put right since"), ("all", "all versions")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """What stands is what is shown; the versions before it are asked for."""
        first, *others = super().choices(changelist)
        yield {**first, "display": "stands"}
        yield from others

    def queryset(self, request: HttpRequest, rows: QuerySet[Event]) -> QuerySet[Event]:
        return rows if self.value() == "all" else rows.filter(rectification__isnull=self.value() != "no")


def _link(row: Event, shown: Event) -> SafeString | str:
    text = f"version {row.version}"
    address = reverse("admin:tracker_event_change", args=[row.pk])
    return f"{text} (this one)" if row.pk == shown.pk else format_html('<a href="{}">{}</a>', address, text)


def _end(row: Event) -> SafeString | str:
    correction = getattr(row, "rectification", None)
    if correction is None:
        return "; stands"
    what = "taken back" if correction.retracts else "put right"
    address = reverse("admin:tracker_rectification_change", args=[correction.pk])
    parts = (what, correction.stood_until.strftime("%Y-%m-%d %H:%M"), address, correction.number, correction.reason)
    return format_html('; {} {} UTC by <a href="{}">rectification {}</a>: {}', *parts)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin[Event]):
    """What happened, as sources tell it."""

    list_display = ["date", "title", "kind", "accession", "actor", "tally", "stands"]
    ordering = ["-latest", "-recorded"]
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

    def get_fields(self, request: HttpRequest, obj: Event | None = None) -> Any:
        # Who works here is no business of whoever only reads.
        works = has_permission(request, FILE_REPORTS)
        return [name for name in _SHOWN if works or name not in {"recorded_by", "history"}]

    @admin.display(description="versions")
    def history(self, event: Event) -> SafeString:
        """Every version under the key: when and by whom, what ended it and why, and where readers see it."""
        rows = Event.objects.filter(key=event.key).select_related("recorded_by", "rectification").order_by("-version")
        items = [
            (_link(row, event), row.recorded_at.strftime("%Y-%m-%d %H:%M"), row.recorded_by or "—", _end(row))
            for row in rows
        ]
        public = format_html('<a href="{}">on the public page</a>', reverse("event", args=[event.key]))
        listed = format_html_join("", "<li>{}, recorded {} UTC by {}{}</li>", items)
        return format_html('<ul class="desk-versions">{}</ul>{}', listed, public)

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
