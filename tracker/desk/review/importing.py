"""Importing a file of events: uploaded, set beside the record row by row, and confirmed, all of it or nothing."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from tracker.actions import (
    file_report,
    fingerprint_of,
    log_transaction,
    record_events,
    record_lock,
    refusals_of,
    warnings_in,
)
from tracker.desk.access.permissions import FILE_REPORTS, RECORD, could
from tracker.desk.drafts.draft_page import DeskPage
from tracker.domain.exceptions import TrackerError
from tracker.domain.facts import EventFact
from tracker.domain.vocabulary import AuditAction, ReportChannel, ReportState
from tracker.exchange.dataset.comparing import Verdict, compare, say
from tracker.exchange.dataset.sheets import COLUMNS, MOST_ROWS, Row, decode, read_sheet
from tracker.models import Report, Upload
from tracker.readmodel.record import Record, current_edition

MOST_BYTES: Final = 5_000_000
SHOWN: Final = 200
NEW, SAME, CONFLICTING, REFUSED = "new", "same", "conflicting", "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file, beside the record."""

    number: int
    state: str
    fact: EventFact | None
    text: str = ""
    doubtful: bool = False


class FileForm(forms.Form):
    """The file to compare."""

    file = forms.FileField(label="File", help_text="CSV or JSON Lines, in UTF-8 or UTF-16, of at most 5 MB.")

    def clean_file(self) -> tuple[str, str]:
        """The name and the text of the file."""
        given: UploadedFile[bytes] = self.cleaned_data["file"]
        if (given.size or 0) > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 5 MB: split it.")
        try:
            text = decode(given.read())
            read_sheet(given.name or "", text)
        except TrackerError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return (given.name or "file")[:200], text


class UploadPage(DeskPage):
    """Takes the file."""

    permission = FILE_REPORTS
    title = "Import events"
    template = "admin/desk/upload.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._draw(FileForm(label_suffix=""))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file for its owner, in place of an earlier one, and show what it would change."""
        form = FileForm(request.POST, request.FILES, label_suffix="")
        if not form.is_valid():
            return self._draw(form)
        name, text = form.cleaned_data["file"]
        with transaction.atomic():
            Upload.objects.filter(uploaded_by=self.user).delete()
            upload = Upload.objects.create(name=name, text=text, uploaded_by=self.user)
        return HttpResponseRedirect(reverse("admin:tracker_event_import_confirm", args=[upload.pk]))

    def _draw(self, form: FileForm) -> HttpResponse:
        return self.show({"form": form, "columns": COLUMNS, "most_rows": MOST_ROWS})


class ConfirmPage(DeskPage):
    """Shows each row beside the record, and puts the new ones on it when that is confirmed."""

    permission = FILE_REPORTS
    title = "Import events"
    template = "admin/desk/import.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The differences."""
        upload = get_object_or_404(Upload, pk=pk, uploaded_by=self.user)
        return self._draw(upload, set_beside(read_sheet(upload.name, upload.text)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what was shown, if it is still the same."""
        with record_lock():
            # Of two confirmations of one file, the second finds nothing.
            upload = get_object_or_404(Upload.objects.select_for_update(), pk=pk, uploaded_by=self.user)
            lines = set_beside(read_sheet(upload.name, upload.text))
            if request.POST.get("seen") != digest(lines):
                messages.warning(request, "The record has moved since: look again.")
                return self._draw(upload, lines)
            because = request.POST.get("because", "").strip()[:500]
            if self._asks(lines) and not because:
                messages.error(request, "Say why the rows to look at twice are right all the same, or change the file.")
                return self._draw(upload, lines)
            done = self._import(lines)
            self.audit(AuditAction.IMPORTED, upload.name, **done, **({"because": because} if because else {}))
            upload.delete()
        messages.success(request, ", ".join(f"{count} {what}" for what, count in done.items()) + ".")
        return HttpResponseRedirect(reverse("admin:tracker_event_changelist"))

    @property
    def only_files(self) -> bool:
        """Whether new rows, too, wait for a reviewer."""
        return settings.TWO_PAIRS_OF_EYES or not could(self.request, RECORD)

    def _asks(self, lines: Sequence[Line]) -> bool:
        """Whether a reason is asked for; of what waits for a reviewer, that one is asked."""
        return not self.only_files and any(line.doubtful for line in lines)

    def _import(self, lines: Sequence[Line]) -> dict[str, int]:
        new = [line.fact for line in lines if line.state == NEW and line.fact]
        waiting = [line.fact for line in lines if line.state == CONFLICTING and line.fact]
        if self.only_files:
            new, waiting = [], [*new, *waiting]
        if new:
            with log_transaction(by=self.user, notify="tell" in self.request.POST) as log:
                record_events(log, new)
        filed = [self._file(fact) for fact in waiting]
        waits = sum(report.state == ReportState.FILED for report in filed)
        decided = {"decided on by a reviewer before": len(filed) - waits} if waits < len(filed) else {}
        return {"on record": len(new), "before the reviewers": waits, **decided}

    def _file(self, fact: EventFact) -> Report:
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
        }
        return self.show(context)


def set_beside(rows: Sequence[Row]) -> list[Line]:
    """Each row beside the record: new, same, conflicting, or refused with the reason. Reads, and changes nothing."""
    facts = [row.fact for row in rows if row.fact]
    compared = dict(zip((fact.key for fact in facts), compare(fact.document() for fact in facts), strict=True))
    new = [fact for fact in facts if compared[fact.key].verdict is Verdict.NEW]
    refused = refusals_of(new)
    doubtful = _doubts(new)
    lines = []
    for row in rows:
        if row.fact is None:
            lines.append(Line(row.number, REFUSED, None, row.refusal))
        elif row.fact.key in refused:
            lines.append(Line(row.number, REFUSED, row.fact, str(refused[row.fact.key])))
        else:
            known = compared[row.fact.key].fact
            text = doubtful.get(row.fact.key, "")
            new_line = Line(row.number, NEW, row.fact, text, bool(text))
            lines.append(_known(row.number, row.fact, known) if known else new_line)
    return lines


def _doubts(facts: Sequence[EventFact]) -> dict[str, str]:
    """What to look at twice in which of the facts, by key."""
    warnings = warnings_in(facts, Record(current_edition()), timezone.now().date())
    texts = ((fact.key, " ".join(one.text for one in of_fact)) for fact, of_fact in zip(facts, warnings, strict=True))
    return {key: f"Look twice: {text}" for key, text in texts if text}


def _known(number: int, fact: EventFact, known: EventFact) -> Line:
    if known.key != fact.key:
        return Line(number, CONFLICTING, fact, f"perhaps the same as “{known.key}”")
    was, now = known.document(), fact.document()
    differences = [
        f"{name}: {say(was[name]) or 'nothing'} → {say(now[name]) or 'nothing'}"[:300]
        for name in now
        if name not in {"sources", "confidence"} and now[name] != was[name]
    ]
    return Line(number, CONFLICTING, fact, "; ".join(differences)) if differences else Line(number, SAME, fact)


def digest(lines: Sequence[Line]) -> str:
    """A short text that changes when the differences do."""
    text = "\n".join(f"{line.number} {line.state} {line.text}" for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()
