"""What the drafts share: the way from what is typed over its preview onto the record, kept at every step.

What is sent is kept as a draft before it is looked at, and every POST ends in a redirect: the page with the preview has
an address of its own, to which its author can come back from anywhere.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict

from tracker.actions import record_lock
from tracker.desk.drafts.keeping import (
    DRAFT,
    Answered,
    answer_of,
    content_of,
    drafts_of,
    find_draft,
    keep_draft,
)
from tracker.desk.drafts.looking import fill_in
from tracker.desk.drafts.overtaken import overtaken
from tracker.desk.drafts.parts import Parts, focus_first, hush, show_refusal
from tracker.desk.drafts.preview import NotAgreed, Plan, Preview, carry_out, preview
from tracker.desk.forms.fields import Directory
from tracker.desk.forms.form_errors import complaints_of
from tracker.desk.forms.saving import SavingForm
from tracker.desk.page import DeskPage
from tracker.domain.exceptions import TrackerError, Unfit
from tracker.domain.vocabulary import AuditAction


class SavedAlready(Exception):
    """The same draft was saved by a click before this one."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(address)


class DraftPage(DeskPage):
    """A draft: filled in, previewed in words, and saved if its preview was seen."""

    template = "admin/desk/draft.html"
    action: ClassVar[AuditAction]
    save_label: ClassVar[str] = "Save"
    # Whether the next of the same kind is entered from here.
    offers_another: ClassVar[bool] = False
    # Whether somebody comes here to type: then the first empty field has the focus.
    focuses: ClassVar[bool] = True
    # By this an address is known as one where a draft can be shown again.
    keeps_drafts: ClassVar[bool] = True
    directory: Directory

    # ── What a page of this kind says of itself ──

    def empty(self) -> Parts:
        """The forms as they are first shown."""
        raise NotImplementedError

    def filled(self, data: Any) -> Parts:
        """The forms with what was sent."""
        raise NotImplementedError

    def canonical(self, parts: Parts) -> Parts:
        """The forms as the draft reads once it is understood: dates, names and publishers as they will be kept."""
        return parts

    @property
    def only_files(self) -> bool:
        """Whether what is drafted here waits for a reviewer."""
        return False

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        """What saving would do. Called with valid forms; raises what the domain refuses."""
        raise NotImplementedError

    def saved(self, parts: Parts) -> str:
        """Where to go when it is done."""
        raise NotImplementedError

    def another(self, parts: Parts) -> str:
        """Where the next of the same kind is entered; empty where there is no such place."""
        return ""

    def subject(self, parts: Parts) -> str:
        """What the audit trail calls it."""
        raise NotImplementedError

    def beside(self) -> dict[str, Any]:
        """What else the page shows."""
        return {}

    # ── The way ──

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        self.directory = Directory()
        return super().dispatch(request, *args, **options)

    def get(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """The empty draft, or the one that is asked for, with what was said to it."""
        number = request.GET.get(DRAFT, "")
        draft = find_draft(self.user, request.path, number)
        if draft and draft.led_to:
            return HttpResponseRedirect(draft.led_to)
        if draft:
            return self._show_again(draft.pk, content_of(draft), answer_of(draft))
        if number:
            messages.info(request, "That draft is not there any more: it was saved, or thrown away.")
        return self.draw(self.empty(), SavingForm(label_suffix=""))

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Keep what was sent; then to its preview, or to what it led to."""
        draft = keep_draft(self.user, request.path, self.name_of_draft(request.POST), request.POST)
        if draft.led_to:
            return self._saved_before(draft.led_to)
        try:
            data, answered = self.answer(request.POST, draft.pk)
        except SavedAlready as before:
            return self._saved_before(before.address)
        if isinstance(answered, str):
            draft.led_to, draft.data, draft.answer = answered, "", {}
            draft.save(update_fields=["led_to", "data", "answer"])
            return HttpResponseRedirect(self._next or answered)
        draft.data, draft.answer = data.urlencode(), answered.document()
        draft.save(update_fields=["data", "answer"])
        return HttpResponseRedirect(f"{request.path}?{DRAFT}={draft.pk}")

    _next = ""

    def _saved_before(self, address: str) -> HttpResponse:
        messages.info(self.request, "It was saved by your first click; nothing was done twice.")
        return HttpResponseRedirect(address)

    def name_of_draft(self, data: QueryDict) -> str:
        """What the list of drafts calls it."""
        told = [data.get(name, "") for name in ("actor", "kind", "title", "accession", "reason")]
        about = ", ".join(one.replace("_", " ").strip()[:60] for one in told if one.strip())
        return f"{self.title}: {about}" if about else self.title

    def answer(self, data: QueryDict, number: int) -> tuple[QueryDict, Answered | str]:
        """What is kept of the draft and said to it; or where it led to, once it is saved. Raises `SavedAlready`."""
        data = data.copy()
        data[DRAFT] = str(number)
        if tool := data.get("tool"):
            return data, self._use(tool, data)
        parts, saving = self._read(data)
        if complaints_of([*parts.values(), saving]):
            return data, Answered(wrong=True)
        try:
            plan = self.plan(parts, saving)
            if "save" in data or "another" in data:
                return data, self._save(plan, parts, saving, number)
            seen = preview(plan, self.directory)
        except TrackerError as refusal:
            return data, Answered(refusal=self.in_names(str(refusal)), field=getattr(refusal, "field", "") or "")
        except NotAgreed as other:
            return self._not_agreed(data, saving, other.preview)
        data["seen"] = seen.digest
        return data, Answered(seen)

    def in_names(self, text: str) -> str:
        """A sentence of the domain with the names of states for their codes."""
        return self.directory.in_names(text)

    def _use(self, tool: str, data: QueryDict) -> Answered:
        """Look at the page that one of the sources names, and keep a copy of it if that is asked."""
        what, _, row = tool.partition(" ")
        if trouble := fill_in(data, row[:40], keeps=what == "keep"):
            messages.warning(self.request, trouble)
        return Answered()

    def _read(self, data: QueryDict) -> tuple[Parts, SavingForm]:
        """The forms with what was sent, every one of them asked, so that all mistakes are shown at once."""
        parts, saving = self.filled(data), SavingForm(data, label_suffix="")
        for part in [*parts.values(), saving]:
            part.is_valid()
        return parts, saving

    def _not_agreed(self, data: QueryDict, saving: SavingForm, seen: Preview) -> tuple[QueryDict, Answered]:
        """The preview as it is now: another than the one that was looked at, or doubted without a reason."""
        looked_at, because = saving.cleaned_data["seen"], saving.cleaned_data["because"]
        draft = find_draft(self.user, self.request.path, str(data[DRAFT]))
        before = answer_of(draft).preview if draft else None
        asked = looked_at == seen.digest and bool(seen.warnings) and not because
        data["seen"] = seen.digest
        if before and looked_at not in {"", seen.digest} and before.digest == looked_at:
            return data, overtaken(before, seen, self.directory)
        return data, Answered(seen, asked=asked)

    def _save(self, plan: Plan, parts: Parts, saving: SavingForm, number: int) -> str:
        """Do what was drafted, and enter it into the audit trail: both, or neither. Where that led to.

        Raises `NotAgreed` where it would do something else than was looked at, `SavedAlready`, and what the domain
        refuses.
        """

        def agreed(seen: Preview) -> bool:
            is_answered = not seen.warnings or bool(saving.cleaned_data["because"].strip())
            return saving.cleaned_data["seen"] == seen.digest and is_answered

        with record_lock():
            # Of two clicks the second waits here for the first.
            draft = find_draft(self.user, self.request.path, str(number))
            if draft and draft.led_to:
                raise SavedAlready(draft.led_to)
            seen = self.file(plan, agreed) if self.only_files else carry_out(plan, self.directory, agreed)
            self.audit(
                AuditAction.FILED if self.only_files else self.action,
                self.subject(parts),
                because=saving.cleaned_data["because"],
                warnings=[warning.text for warning in seen.warnings],
            )
            address = self.saved(parts)
            if draft:
                draft.led_to = address
                draft.save(update_fields=["led_to"])
        self.after_saving(parts)
        messages.success(self.request, self.done_message(parts))
        if "another" in self.request.POST:
            self._next = self.another(parts)
        return address

    def after_saving(self, parts: Parts) -> None:
        """What else is kept of what was typed, that is no part of the record."""

    def file(self, plan: Plan, agreed: Callable[[Preview], bool]) -> Preview:
        """Put it before the reviewers, if what it would do is agreed to. Raises as `carry_out` does."""
        seen = preview(plan, self.directory)
        if not agreed(seen):
            raise NotAgreed(seen)
        self.do_file(plan)
        return seen

    def do_file(self, plan: Plan) -> None:
        """Put the draft before the reviewers, on a page where that can be. Raises what the domain refuses."""
        raise NotImplementedError

    def _show_again(self, number: int, data: QueryDict, answered: Answered) -> HttpResponse:
        """The draft as it was left, with what was said to it."""
        parts, saving = self._read(data)
        wrong = complaints_of([*parts.values(), saving])
        if answered == Answered():
            # Kept while it was typed, or on the way to a page that it cites: nobody has said yet that it is ready.
            hush(parts)
        if answered.preview is None or wrong:
            if answered.refusal and not wrong:
                # Asked again for what it says of single rows; the sentence is the one that was given.
                with suppress(TrackerError):
                    self.plan(parts, saving)
                show_refusal(Unfit(answered.field, answered.refusal), parts)
            return self.draw(parts, saving, number=number)
        try:
            self.plan(parts, saving)
        except TrackerError as refusal:
            show_refusal(refusal, parts)
            return self.draw(parts, saving, number=number)
        asking = SavingForm({**saving.cleaned_data, "seen": answered.preview.digest}, label_suffix="")
        if asking.is_valid() and answered.asked:
            asking.add_error("because", "Say why it is right all the same, or change the draft.")
        return self.draw(self.canonical(parts), asking, answered, number)

    def done_message(self, parts: Parts) -> str:
        """What the editor is told afterwards."""
        return f"{'Before the reviewers' if self.only_files else 'Saved'}: {self.subject(parts)}."

    def draw(
        self, parts: Parts, saving: SavingForm, answered: Answered | None = None, number: int | None = None
    ) -> HttpResponse:
        """The page with the draft, and its preview if there is one."""
        if answered is None and self.focuses:
            focus_first(parts)
        context = {
            "parts": parts,
            "saving": saving,
            "preview": answered.preview if answered else None,
            "answered": answered,
            "draft": number,
            "offers_another": self.offers_another,
            "earlier": () if number else drafts_of(self.user).filter(page=self.request.path)[:5],
            "directory": self.directory.options(),
            "only_files": self.only_files,
            "save_label": "File for review" if self.only_files else self.save_label,
            "complaints": complaints_of([*parts.values(), saving]),
            **self.beside(),
        }
        return self.show(context)
