"""Watches: added, tried out, polled now, paused and resumed by those who run the site."""

import re
from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, reverse
from django.utils import timezone

from tracker.actions import write_audit_entry
from tracker.desk.access.permissions import WATCH, has_permission, has_verified_permission
from tracker.desk.page import DeskPage
from tracker.desk.registry.base import ReadOnlyAdmin
from tracker.domain.exceptions import TrackerError
from tracker.domain.vocabulary import AuditAction, WatchState
from tracker.fetch.guard import NotAllowed
from tracker.http.client_address import address_of
from tracker.models import Watch
from tracker.sources.registry import READERS
from tracker.watch import operating
from tracker.watch.asking import fetcher_of_settings
from tracker.watch.ending import PollError
from tracker.watch.proposing import Proposed

_HEADER: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}")
# What the fetcher says itself, or what would change whom it asks.
_OWN_HEADERS: Final = frozenset(
    {"host", "connection", "content-length", "transfer-encoding", "te", "upgrade", "cookie", "user-agent"}
    | {"if-none-match", "if-modified-since", "accept-encoding", "proxy-authorization", "range"}
)


class WatchForm(forms.ModelForm[Watch]):
    """What an operator types of a watch: an address that may be asked, and headers that may be sent."""

    def clean_url(self) -> str:
        """An address that the fetcher would ask."""
        url = str(self.cleaned_data["url"])
        try:
            fetcher_of_settings().guard.check_url(url.replace("{year}", "2024").replace("{date}", "2024-01-01"))
        except NotAllowed as refusal:
            raise forms.ValidationError(f"That address may not be asked: {refusal.detail}.") from refusal
        return url

    def clean_headers(self) -> dict[str, str]:
        """Names and values, a line each, and none that the fetcher sets itself."""
        headers = self.cleaned_data["headers"] or {}
        if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
            raise forms.ValidationError('Write names and values: {"X-Api-Key": "{name}"}.')
        for name, value in headers.items():
            if not _HEADER.fullmatch(name) or not value.isprintable() or name.lower() in _OWN_HEADERS:
                raise forms.ValidationError(f"“{name}” may not be sent.")
        return headers


class TryOutPage(DeskPage):
    """Ask the source now, and show what a poll would propose; nothing of it is kept."""

    permission = WATCH
    template = "admin/desk/try_out.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The question before the answer, as asking is left to a click; and this once what came of it."""
        watch = get_object_or_404(Watch, pk=pk)
        reader = READERS.get(watch.reader)
        told = {"watch": watch, "reader": reader.label if reader else watch.reader, "title": f"Try out: {watch}"}
        return self.show({**told, "found": self.handed_over("found")})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask; then back to the page, which shows what the source says, or why nothing came of it."""
        watch = get_object_or_404(Watch.objects.select_related("capture"), pk=pk)
        try:
            tried = operating.try_out(watch, timezone.now())
        except (PollError, TrackerError) as trouble:
            self.hand_over("found", {"trouble": str(trouble)})
        else:
            self.hand_over("found", {"rows": list(map(_row_of, tried.proposed)), "left_out": tried.left_out})
        return HttpResponseRedirect(request.path)


def _row_of(one: Proposed) -> list[str]:
    """What a poll would propose, by the columns of the table."""
    proposal = one.proposal
    parts = [proposal.get(name) or "left open" for name in ("accession", "actor", "kind", "date")]
    return [str(part) for part in (one.result, one.finding.title, one.finding.place, *parts)]


@admin.register(Watch)
class WatchAdmin(ReadOnlyAdmin[Watch]):
    """The sources that are polled. What they are is typed in here; how they stand is written by the job."""

    public = False
    form = WatchForm
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
        self._note(request, obj, ", ".join(form.changed_data) if change else "added")
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

    def _note(self, request: HttpRequest, watch: Watch, what: str) -> None:
        by, address = (request.user if isinstance(request.user, User) else None), address_of(request)
        detail = {"what": what[:500], "url": watch.url[:500]}
        write_audit_entry(AuditAction.WATCH_CHANGED, by=by, subject=watch.key, detail=detail, address=address)

    def _each(self, request: HttpRequest, watches: QuerySet[Watch], do: Callable[[Watch], None], done: str) -> None:
        for watch in watches:
            do(watch)
            self._note(request, watch, done)
        self.message_user(request, f"{len(watches)} watches: {done}.", messages.SUCCESS)
