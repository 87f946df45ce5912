"""What the pages of the desk share: who may ask, and the way from a draft over its preview onto the record."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View

from tracker.actions import record_lock, write_audit_entry
from tracker.desk.access.permissions import has_permission, is_verified
from tracker.desk.drafts.preview import NotAgreed, Plan, Preview, carry_out, preview
from tracker.desk.forms.fields import Directory
from tracker.desk.forms.form_errors import complaints_of
from tracker.desk.forms.saving import SavingForm
from tracker.domain.exceptions import TrackerError
from tracker.domain.vocabulary import AuditAction
from tracker.http.client_address import address_of

Parts = dict[str, BaseForm | BaseFormSet[Any]]

# Where a refusal of the domain stands in a form.
_FIELDS: Final = {"votes": "votes_yes"}


class DeskPage(View):
    """A page for those with a permission, once their second factor is given."""

    permission: ClassVar[str]
    title: ClassVar[str] = ""
    template: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if not has_permission(request, self.permission):
            raise PermissionDenied
        if not is_verified(request):
            return HttpResponseRedirect(f"{reverse('admin:second_factor')}?{urlencode({'next': request.path})}")
        return super().dispatch(request, *args, **options)

    @property
    def user(self) -> User:
        """Who asks; nobody comes here without an account."""
        return cast(User, self.request.user)

    def show(self, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
        """The page, with what every page of the admin needs."""
        together = {**admin.site.each_context(self.request), "title": self.title, **context}
        return TemplateResponse(self.request, self.template, together, status=status)

    def audit(self, action: AuditAction, subject: str, **detail: Any) -> None:
        """Enter into the audit trail what is done here; called inside its transaction."""
        write_audit_entry(action, by=self.user, subject=subject, detail=detail, address=address_of(self.request))


class DraftPage(DeskPage):
    """A draft: filled in, previewed in words, and saved if its preview was seen."""

    template = "admin/desk/draft.html"
    action: ClassVar[AuditAction]
    save_label: ClassVar[str] = "Save"
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
        """The empty draft."""
        return self.draw(self.empty(), SavingForm(label_suffix=""))

    def post(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """The preview of the draft, or what it led to."""
        return self.answer(request.POST)

    def answer(self, data: QueryDict) -> HttpResponse:
        """The page that follows on what was sent."""
        parts = self.filled(data)
        saving = SavingForm(data, label_suffix="")
        # Every part is asked, so that all mistakes are shown at once.
        answers = [part.is_valid() for part in [*parts.values(), saving]]
        if not all(answers):
            return self.draw(parts, saving)
        try:
            plan = self.plan(parts, saving)
            if "save" in data:
                self._save(plan, parts, saving)
                return HttpResponseRedirect(self.saved(parts))
            seen = preview(plan, self.directory)
        except TrackerError as refusal:
            show_refusal(refusal, parts)
            return self.draw(parts, saving)
        except NotAgreed as other:
            seen = other.preview
            if saving.cleaned_data["seen"] not in {"", seen.digest}:
                messages.warning(self.request, "The record has moved since you looked: read the preview again.")
        return self.draw(self.canonical(parts), self._asking(saving, seen), seen)

    def _save(self, plan: Plan, parts: Parts, saving: SavingForm) -> None:
        """Do what was drafted, and enter it into the audit trail: both, or neither.

        Raises `NotAgreed` where it would do something else than was looked at, and what the domain refuses.
        """

        def agreed(seen: Preview) -> bool:
            is_answered = not seen.warnings or bool(saving.cleaned_data["because"].strip())
            return saving.cleaned_data["seen"] == seen.digest and is_answered

        with record_lock():
            seen = self.file(plan, agreed) if self.only_files else carry_out(plan, self.directory, agreed)
            self.audit(
                AuditAction.FILED if self.only_files else self.action,
                self.subject(parts),
                because=saving.cleaned_data["because"],
                warnings=[warning.text for warning in seen.warnings],
            )
        messages.success(self.request, self.done_message(parts))

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

    def _asking(self, saving: SavingForm, seen: Preview) -> SavingForm:
        """The form that says which preview was shown; with a complaint if it was saved without a reason."""
        asking = SavingForm({**saving.cleaned_data, "seen": seen.digest}, label_suffix="")
        asking.is_valid()
        if seen.warnings and "save" in self.request.POST and not saving.cleaned_data["because"]:
            asking.add_error("because", "Say why it is right all the same, or change the draft.")
        return asking

    def done_message(self, parts: Parts) -> str:
        """What the editor is told afterwards."""
        return f"{'Before the reviewers' if self.only_files else 'Saved'}: {self.subject(parts)}."

    def draw(self, parts: Parts, saving: SavingForm, seen: Preview | None = None) -> HttpResponse:
        """The page with the draft, and its preview if there is one."""
        context = {
            "parts": parts,
            "saving": saving,
            "preview": seen,
            "directory": self.directory.options(),
            "only_files": self.only_files,
            "save_label": "File for review" if self.only_files else self.save_label,
            "complaints": complaints_of([*parts.values(), saving]),
            **self.beside(),
        }
        return self.show(context)


def show_refusal(refusal: TrackerError, parts: Parts) -> None:
    """Put what the domain refused at the field that it concerns; above the first form if none does."""
    name = _FIELDS.get(refusal.field, refusal.field)
    if isinstance(rows := parts.get(name), BaseFormSet):
        rows._non_form_errors = rows.error_class([str(refusal)])  # type: ignore[attr-defined]
        return
    forms = [part for part in parts.values() if isinstance(part, BaseForm)]
    chosen = next((form for form in forms if name in form.fields), None)
    if chosen is not None:
        chosen.add_error(name, str(refusal))
    else:
        forms[0].add_error(None, str(refusal))
