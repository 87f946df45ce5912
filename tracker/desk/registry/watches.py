"""Watches: added, tried out, polled now, paused and resumed by those who run the site."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils import timezone

from tracker.desk.access.permissions import WATCH, has_permission, has_verified_permission
from tracker.desk.page import DeskPage
from tracker.desk.registry.base import ReadOnlyAdmin
from tracker.domain.exceptions import TrackerError
from tracker.domain.vocabulary import WatchState
from tracker.models import Watch
from tracker.sources.readers import READERS
from tracker.watch import operating
from tracker.watch.ending import PollError


class TryOutPage(DeskPage):
    """Ask the source now, and show what a poll would propose; nothing of it is kept."""

    permission = WATCH
    template = "admin/desk/try_out.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The question before the answer: asking is left to a click."""
        return self._draw(get_object_or_404(Watch, pk=pk), asked=False)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the source says, or why nothing came of it."""
        watch = get_object_or_404(Watch.objects.select_related("capture"), pk=pk)
        try:
            tried = operating.try_out(watch, timezone.now())
        except (PollError, TrackerError) as trouble:
            return self._draw(watch, asked=True, trouble=str(trouble))
        return self._draw(watch, asked=True, proposed=tried.proposed, left_out=tried.left_out)

    def _draw(self, watch: Watch, **found: Any) -> HttpResponse:
        reader = READERS.get(watch.reader)
        label = reader.label if reader else watch.reader
        return self.show({"watch": watch, "reader": label, "title": f"Try out: {watch}", **found})


@admin.register(Watch)
class WatchAdmin(ReadOnlyAdmin[Watch]):
    """The sources that are polled. What they are is typed in here; how they stand is written by the job."""

    public = False
    list_display = [
        "key",
        "title",
        "state",
        "ally",
        "next_poll_at",
        "failures",
        "reason",
        "answered_at",
        "confirmed_at",
    ]
    list_select_related = ["ally"]
    list_filter = ["state", "needs_person", "reader", "source_class"]
    search_fields = ["key", "title", "publisher", "url", "ally__code"]
    autocomplete_fields = ["ally"]
    prepopulated_fields = {"key": ["title"]}
    actions = ["run_now", "pause", "resume"]
    typed_in = [
        "key",
        "title",
        "publisher",
        "source_class",
        "url",
        "reader",
        "options",
        "headers",
        "ally",
        "accessions",
    ]
    written = [
        *["state", "next_poll_at", "failures", "failing_since", "needs_person", "reason", "detail"],
        *["polled_at", "answered_at", "changed_at", "confirmed_at", "capture", "added_by"],
    ]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name == "reader":
            choices = sorted(((reader.key, reader.label) for reader in READERS.values()), key=lambda pair: pair[1])
            return forms.ChoiceField(label="Reader", choices=choices)
        return super().formfield_for_dbfield(db_field, request, **options)

    def get_fields(self, request: HttpRequest, obj: Watch | None = None) -> Any:
        return [*self.typed_in, "language", "interval", *(self.written if obj else [])]

    def get_readonly_fields(self, request: HttpRequest, obj: Watch | None = None) -> Any:
        return self.written

    def get_prepopulated_fields(self, request: HttpRequest, obj: Watch | None = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return has_verified_permission(request, "tracker.add_watch")

    def has_change_permission(self, request: HttpRequest, obj: Watch | None = None) -> bool:
        return has_verified_permission(request, WATCH)

    def save_model(self, request: HttpRequest, obj: Watch, form: Any, change: bool) -> None:
        if change:
            operating.change(obj, form.changed_data, timezone.now())
            return
        # A new one waits until somebody has tried it out.
        obj.state, obj.next_poll_at, obj.added_by_id = WatchState.PAUSED, timezone.now(), request.user.pk
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        return [self.desk_path("<int:pk>/try/", TryOutPage.as_view(), "try"), *super().get_urls()]

    def tools(self, request: HttpRequest, watch: Watch) -> list[tuple[str, str]]:
        if not has_permission(request, WATCH):
            return []
        return [(reverse("admin:tracker_watch_try", args=[watch.pk]), "Try out")]

    @admin.action(description="Poll the selected watches now", permissions=["change"])
    def run_now(self, request: HttpRequest, watches: QuerySet[Watch]) -> None:
        """By the next run of the job, within a minute."""
        self._each(request, watches, lambda watch: operating.run_now(watch, timezone.now()), "polled within a minute")

    @admin.action(description="Pause the selected watches", permissions=["change"])
    def pause(self, request: HttpRequest, watches: QuerySet[Watch]) -> None:
        """Leave the sources alone."""
        self._each(request, watches, operating.pause, "paused")

    @admin.action(description="Resume the selected watches", permissions=["change"])
    def resume(self, request: HttpRequest, watches: QuerySet[Watch]) -> None:
        """Poll them again, beginning now."""
        self._each(request, watches, lambda watch: operating.resume(watch, timezone.now()), "resumed")

    def _each(self, request: HttpRequest, watches: QuerySet[Watch], do: Callable[[Watch], None], done: str) -> None:
        for watch in watches:
            do(watch)
        self.message_user(request, f"{len(watches)} watches: {done}.", messages.SUCCESS)
