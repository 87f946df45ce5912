"""Changes of what is on record: done at once, or filed where two pairs of eyes are required."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast

from django.conf import settings
from django.urls import reverse

from tracker.actions import ActWarning, ChangeRequest, Justification, apply_change_request, file_change_request
from tracker.desk.drafts.draft_page import DraftPage
from tracker.desk.drafts.parts import Parts
from tracker.desk.drafts.preview import Plan
from tracker.desk.forms.citations import CitationRows, RowsOfFacts
from tracker.desk.forms.saving import GroundForm, SavingForm
from tracker.domain.exceptions import Unsourced
from tracker.domain.facts import Source

QUEUE = "admin:tracker_report_changelist"


class ChangeRequestPage(DraftPage):
    """A draft of one change of the record."""

    change_request: ChangeRequest

    def compose(self, parts: Parts) -> ChangeRequest:
        """What the forms amount to. Raises what cannot be done at all."""
        raise NotImplementedError

    def warnings(self) -> Sequence[ActWarning]:
        """What is possible, and yet unlikely."""
        return ()

    def done_at(self) -> str:
        """The page that shows the change, once it is made."""
        raise NotImplementedError

    @property
    def only_files(self) -> bool:
        """Whether a second person has to do it."""
        return bool(settings.TWO_PAIRS_OF_EYES)

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        note, notify = saving.cleaned_data["note"], not saving.cleaned_data["minor"]
        self.change_request = self.compose(parts).model_copy(update={"note": note, "notify": notify})
        return Plan(
            lambda log: apply_change_request(log, self.change_request),
            self.user,
            note=note,
            notify=notify,
            warnings=self.warnings,
        )

    def do_file(self, plan: Plan) -> None:
        file_change_request(self.change_request, by=self.user)

    def subject(self, parts: Parts) -> str:
        return self.change_request.key

    def saved(self, parts: Parts) -> str:
        return reverse(QUEUE) if self.only_files else self.done_at()


def ground_of(parts: Parts) -> Justification:
    """The reason and the credit that the form gives."""
    data = cast(GroundForm, parts["ground"]).cleaned_data
    return Justification(data["reason"], data["reported_by"])


def justification_in(parts: Parts) -> dict[str, Any]:
    """The same, as a change request takes them."""
    return asdict(ground_of(parts))


def sources_in(parts: Parts, what: str) -> list[Source]:
    """The sources that the rows give. Raises `Unsourced`."""
    sources = [row.source() for row in cast(RowsOfFacts, parts["citations"]).filled()]
    if not sources:
        raise Unsourced(what)
    return sources


class CitePage(ChangeRequestPage):
    """Cite further sources for a fact as it stands."""

    title = "Add a source"

    def empty(self) -> Parts:
        return {"citations": CitationRows(prefix="citations")}

    def filled(self, data: Any) -> Parts:
        return {"citations": CitationRows(data, prefix="citations")}


class TakeBackPage(ChangeRequestPage):
    """Take something back, with nothing in its place."""

    title = "Take back"
    save_label = "Take back"

    def empty(self) -> Parts:
        return {"ground": GroundForm(label_suffix="")}

    def filled(self, data: Any) -> Parts:
        return {"ground": GroundForm(data, label_suffix="")}
