"""Importing a file: uploaded, set beside the record row by row, and confirmed, all of it or nothing; and taken back."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from tracker.actions import (
    LogTransaction,
    file_change_request,
    file_report,
    fingerprint_of,
    log_transaction,
    record_lock,
)
from tracker.desk.access.permissions import FILE_REPORTS, RECORD, RECTIFY, has_permission
from tracker.desk.drafts.preview import Plan, preview
from tracker.desk.forms.fields import Directory
from tracker.desk.forms.saving import SavingForm
from tracker.desk.page import DeskPage
from tracker.desk.review.imported import (
    CONFLICTING,
    NEW,
    REFUSED,
    SAME,
    Contents,
    Line,
    contents_of,
    digest,
    request_of,
    set_beside,
)
from tracker.desk.review.taking_back import TakeBackForm, left_of, take_back
from tracker.domain.exceptions import NotReadable, TrackerError
from tracker.domain.vocabulary import AuditAction, ReportChannel, ReportState
from tracker.exchange.sheets import COLUMNS, MOST_ROWS, Row, read_sheet, refused_csv, text_of_file
from tracker.models import Import, Report, Upload

MOST_BYTES: Final = 5_000_000
SHOWN: Final = 200
# What is recorded stands in the table below already; this is what follows from it.
_RECORDED: Final = "On record:"


def read_upload(name: str, text: str) -> list[Row]:
    """The rows of a file, with the states that it names found by the names on record."""
    return read_sheet(name, text, Directory().code_of)


class FileForm(forms.Form):
    """The file to compare."""

    file = forms.FileField(
        label="File",
        help_text="A workbook (.xlsx, .ods), CSV with commas, semicolons or tabs, JSON Lines, an answer of the API as"
        " CSV or JSON, or the data package; of at most 5 MB.",
    )

    def clean_file(self) -> tuple[str, str]:
        """The name and the text of the file."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if (given.size or 0) > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 5 MB: split it.")
        try:
            text = text_of_file(given.read())
            read_upload(given.name or "", text)
        except TrackerError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return (given.name or "file")[:200], text


class UploadPage(DeskPage):
    """Takes the file."""

    permission = FILE_REPORTS
    title = "Import"
    template = "admin/desk/upload.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        done = Import.objects.filter(imported_by=self.user)[:10]
        form = FileForm(label_suffix="")
        return self.show({"form": form, "columns": COLUMNS, "most_rows": MOST_ROWS, "imports": done})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file for its owner, in place of an earlier one, and show what it would change."""
        form = FileForm(request.POST, request.FILES, label_suffix="")
        if not form.is_valid():
            # The browser keeps no file for a form: what is wrong is told above the empty one.
            for error in form.errors["file"]:
                messages.error(request, str(error))
            return HttpResponseRedirect(request.path)
        name, text = form.cleaned_data["file"]
        with record_lock():
            Upload.objects.filter(uploaded_by=self.user).delete()
            upload = Upload.objects.create(name=name, text=text, uploaded_by=self.user)
        return HttpResponseRedirect(reverse("admin:tracker_event_import_confirm", args=[upload.pk]))


class RefusedFile(DeskPage):
    """The rows that were refused, each with the reason, as a file to be mended."""

    permission = FILE_REPORTS

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file."""
        upload = get_object_or_404(Upload, pk=pk, uploaded_by=self.user)
        lines = set_beside(read_upload(upload.name, upload.text))
        text = refused_csv((line.row.cells, line.text) for line in lines if line.state == REFUSED)
        # With its mark, by which Excel knows that it is Unicode.
        return HttpResponse(
            text.encode("utf-8-sig"),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="refused.csv"'},
        )


class ConfirmPage(DeskPage):
    """Shows each row beside the record, and puts the new ones on it when that is confirmed."""

    permission = FILE_REPORTS
    title = "Import"
    template = "admin/desk/import.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The differences."""
        upload = get_object_or_404(Upload, pk=pk, uploaded_by=self.user)
        return self._draw(upload, set_beside(read_upload(upload.name, upload.text)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what was shown, if it is still the same."""
        with record_lock():
            # Of two confirmations of one file, the second finds nothing.
            upload = get_object_or_404(Upload.objects.select_for_update(), pk=pk, uploaded_by=self.user)
            lines = set_beside(read_upload(upload.name, upload.text))
            if request.POST.get("seen") != digest(lines):
                return self.send_back("The record has moved since: look again.")
            because = request.POST.get("because", "").strip()[:500]
            if self._asks(lines) and not because:
                return self.send_back("Say why the rows to look at twice are right all the same, or change the file.")
            try:
                done = self._import(upload, lines)
            except TrackerError as refusal:
                return self.send_back(str(refusal))
            self.audit(AuditAction.IMPORTED, upload.name, **done, **({"because": because} if because else {}))
            upload.delete()
        messages.success(request, ", ".join(f"{count} {what}" for what, count in done.items()) + ".")
        return HttpResponseRedirect(reverse("admin:tracker_event_changelist"))

    @property
    def only_files(self) -> bool:
        """Whether new rows, too, wait for a reviewer."""
        return settings.TWO_PAIRS_OF_EYES or not has_permission(self.request, RECORD)

    def _asks(self, lines: Sequence[Line]) -> bool:
        """Whether a reason is asked for; of what waits for a reviewer, that one is asked."""
        return not self.only_files and any(line.doubtful for line in lines)

    def _import(self, upload: Upload, lines: Sequence[Line]) -> dict[str, int]:
        new = Contents() if self.only_files else contents_of(lines)
        states = {CONFLICTING, NEW} if self.only_files else {CONFLICTING}
        waiting = [line for line in lines if line.state in states]
        if len(new):
            # News, unless the editor says that it is none: the same rule as where an act is entered.
            with log_transaction(by=self.user, notify="minor" not in self.request.POST) as log:
                new.record(log)
            Import.objects.create(
                name=upload.name, imported_at=timezone.now(), imported_by=self.user, recorded=new.keys()
            )
        filed = [self._file(line) for line in waiting]
        waits = sum(report.state == ReportState.FILED for report in filed)
        decided = {"decided on by a reviewer before": len(filed) - waits} if waits < len(filed) else {}
        return {"on record": len(new), "before the reviewers": waits, **decided}

    def _file(self, line: Line) -> Report:
        if line.row.other:
            change = request_of(line.row, line.row.other, is_known=line.state == CONFLICTING)
            return file_change_request(change, by=self.user)
        fact = line.row.fact
        if fact is None:
            raise NotReadable(f"Row {line.number}", "it holds nothing that could wait")
        fingerprint = fingerprint_of(fact)
        return file_report(fact.document(), fingerprint=fingerprint, channel=ReportChannel.IMPORT, by=self.user)

    def _draw(self, upload: Upload, lines: Sequence[Line]) -> HttpResponse:
        counted = Counter(line.state for line in lines)
        shown = sorted(lines, key=lambda line: (REFUSED, CONFLICTING, NEW, SAME).index(line.state))[:SHOWN]
        context: dict[str, Any] = {
            "upload": upload,
            "lines": shown,
            "hidden": len(lines) - len(shown),
            "counts": {state: counted[state] for state in (NEW, SAME, CONFLICTING, REFUSED)},
            "seen": digest(lines),
            "only_files": self.only_files,
            "asks": self._asks(lines),
            "saving": SavingForm(self.sent_before, label_suffix=""),
            "because": self.sent_before.get("because", "") if self.sent_before else "",
            "effects": self._effects(contents_of(lines)),
        }
        return self.show(context)

    def _effects(self, new: Contents) -> list[str]:
        """What will move when the new rows are on record, or why they cannot all be."""
        if not len(new):
            return []
        try:
            lines = preview(Plan(new.record, self.user), Directory()).lines
        except TrackerError as refusal:
            return [f"Not all of it can be put on record: {refusal}"]
        return [line for line in lines if not line.startswith(_RECORDED)][:SHOWN]


class TakeBackPage(DeskPage):
    """Takes back all that one file put on record, in the open, as what was wrong from the first."""

    permission = RECTIFY
    title = "Take back an import"
    template = "admin/desk/take_back.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would be taken back, and why not all of it."""
        done = get_object_or_404(Import, pk=pk, taken_back_at=None)
        form = TakeBackForm(self.sent_before, label_suffix="")
        return self.show({"form": form, "import": done, "left": left_of(done)})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it back, if a reason is given."""
        form = TakeBackForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.send_back()
        try:
            with log_transaction(by=self.user) as log:
                count = self._take_back(log, pk, form.cleaned_data["reason"])
        except TrackerError as refusal:
            return self.send_back(str(refusal))
        messages.success(request, f"{count} taken back, each as a rectification.")
        return HttpResponseRedirect(reverse("admin:tracker_event_changelist"))

    def _take_back(self, log: LogTransaction, pk: int, reason: str) -> int:
        done = get_object_or_404(Import.objects.select_for_update(), pk=pk, taken_back_at=None)
        count = take_back(log, done, reason)
        done.taken_back_at, done.taken_back_by = timezone.now(), self.user
        done.save(update_fields=["taken_back_at", "taken_back_by"])
        self.audit(AuditAction.RECTIFIED, str(done), reason=reason, taken_back=count)
        return count
