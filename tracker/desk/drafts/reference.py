"""Putting right what is said of states and procedures, by the same way as an event: reason, preview, in the open."""

from typing import Any, ClassVar, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tracker.actions import ChangeRequest, version_of
from tracker.desk.access.permissions import RECTIFY
from tracker.desk.drafts.change_requests import ChangeRequestPage, justification_in
from tracker.desk.drafts.parts import Parts
from tracker.desk.forms.citations import CitationRows, ConflictRows, RowsOfFacts, citation_initial
from tracker.desk.forms.procedures import (
    ChamberRows,
    ProcedureForm,
    StepRows,
    chamber_initial,
    procedure_initial,
    with_version,
)
from tracker.desk.forms.reference import NameRows, PartyForm, party_initial
from tracker.desk.forms.saving import RowGroundForm
from tracker.domain.facts import PartyFact, ProcedureFact, ProcedureVersion
from tracker.domain.vocabulary import AuditAction, Subject, Verb
from tracker.models import Party, Procedure
from tracker.models.facts_of_rows import party_fact, procedure_fact


class RowPage(ChangeRequestPage):
    """A page that puts a row right which changes: what it said stays in the rectification."""

    permission = RECTIFY
    action = AuditAction.RECTIFIED
    save_label: ClassVar[str] = "Rectify"
    noun: ClassVar[Subject]
    code: str

    def shown(self) -> Parts:
        """The forms with what the fact says."""
        raise NotImplementedError

    def empty(self) -> Parts:
        version = version_of(self.noun, self.code)
        return {"ground": RowGroundForm(initial={"version": version}, label_suffix=""), **self.shown()}

    def canonical(self, parts: Parts) -> Parts:
        return {"ground": parts["ground"], **self.shown()}

    def of_row(self, parts: Parts, fact: PartyFact | ProcedureFact) -> ChangeRequest:
        """The change request that has the row say what the fact does."""
        version = cast(RowGroundForm, parts["ground"]).cleaned_data["version"]
        about = {"key": self.code, "title": self.directory.name(self.code), "version": version}
        parts_of_it = justification_in(parts)
        return ChangeRequest(verb=Verb.RECTIFY, subject=self.noun, fact=fact.document(), **about, **parts_of_it)

    def beside(self) -> dict[str, Any]:
        return {"intro": f"{self.directory.name(self.code)} ({self.code})"}


class RectifyPartyPage(RowPage):
    """Say of a state or organisation something else."""

    title = "Rectify a state or organisation"
    noun = Subject.PARTY
    was: PartyFact
    fact: PartyFact

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.code = options["code"]
        self.was = self.fact = party_fact(get_object_or_404(Party.objects.for_display(), pk=self.code))

    def shown(self) -> Parts:
        return {
            "draft": PartyForm(initial=party_initial(self.fact), original=self.was),
            "names": NameRows(initial=[dict(one) for one in self.fact.names], prefix="names"),
            "citations": CitationRows(initial=citation_initial(self.fact.sources), prefix="citations"),
        }

    def filled(self, data: Any) -> Parts:
        return {
            "ground": RowGroundForm(data, label_suffix=""),
            "draft": PartyForm(data, original=self.was),
            "names": NameRows(data, prefix="names"),
            "citations": CitationRows(data, prefix="citations"),
        }

    def compose(self, parts: Parts) -> ChangeRequest:
        names = [row.name() for row in cast(RowsOfFacts, parts["names"]).filled()]
        sources = [row.source() for row in cast(RowsOfFacts, parts["citations"]).filled()]
        self.fact = cast(PartyForm, parts["draft"]).fact(names, sources)
        return self.of_row(parts, self.fact)

    def done_at(self) -> str:
        return reverse("admin:tracker_party_change", args=[self.code])


class RectifyProcedurePage(RowPage):
    """Say of an ally's procedure something else: of the one in use, or, by its number, of an earlier one."""

    title = "Rectify a procedure"
    noun = Subject.PROCEDURE
    was: ProcedureFact
    fact: ProcedureVersion
    # The place of the version among those of all times, the oldest at 0; None for one that is added.
    number: int | None

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.code = options["code"]
        self.was = procedure_fact(get_object_or_404(Procedure.objects.with_parts(), pk=self.code))
        self.fact = self.told = self._version(options.get("number"))

    def _version(self, number: int | None) -> ProcedureVersion:
        """The version of that number, the one in use without one."""
        versions = list(self.was.versions())
        if number is not None and number >= len(versions):
            raise Http404
        self.number = len(versions) - 1 if number is None else number
        return versions[self.number]

    def shown(self) -> Parts:
        conflicts = [one.model_dump(mode="json") for one in self.fact.conflicts]
        steps = [one.model_dump(mode="json") for one in self.fact.steps]
        return {
            "draft": ProcedureForm(initial=procedure_initial(self.fact), original=self.told),
            "chambers": ChamberRows(initial=chamber_initial(self.fact), prefix="chambers"),
            "steps": StepRows(initial=steps, prefix="steps"),
            "citations": CitationRows(initial=citation_initial(self.fact.sources), prefix="citations"),
            "conflicts": ConflictRows(initial=conflicts, prefix="conflicts"),
        }

    def filled(self, data: Any) -> Parts:
        return {
            "ground": RowGroundForm(data, label_suffix=""),
            "draft": ProcedureForm(data, original=self.told),
            "chambers": ChamberRows(data, prefix="chambers"),
            "steps": StepRows(data, prefix="steps"),
            "citations": CitationRows(data, prefix="citations"),
            "conflicts": ConflictRows(data, prefix="conflicts"),
        }

    def compose(self, parts: Parts) -> ChangeRequest:
        filled = {name: part.filled() for name, part in parts.items() if isinstance(part, RowsOfFacts)}
        self.fact = cast(ProcedureForm, parts["draft"]).version(
            chambers=tuple(row.chamber() for row in filled["chambers"]),
            chambers_that_vote=tuple(
                row.cleaned_data["name"] for row in filled["chambers"] if row.cleaned_data["votes"]
            ),
            steps=tuple(row.step() for row in filled["steps"]),
            sources=tuple(row.source() for row in filled["citations"]),
            conflicts=tuple(row.differing() for row in filled["conflicts"]),
        )
        return self.of_row(parts, with_version(self.was, self.fact, self.number))

    def beside(self) -> dict[str, Any]:
        days = f"{self.told.valid_from or '…'} to {self.told.valid_until or 'today'}"
        return {"intro": f"{self.directory.name(self.code)} ({self.code}), {days}"}

    def done_at(self) -> str:
        return reverse("admin:tracker_procedure_change", args=[self.code])


class AddVersionPage(RectifyProcedurePage):
    """Say what an ally's procedure was in a time that is not on record, beginning with what the one in use says."""

    title = "Add the procedure of another time"

    def _version(self, number: int | None) -> ProcedureVersion:
        self.number = None
        unknown = {
            "valid_from": "",
            "valid_until": "",
            "boundary": "",
            "sources": (),
            "conflicts": (),
            "paths_taken": (),
        }
        return self.was.model_copy(update=unknown)
