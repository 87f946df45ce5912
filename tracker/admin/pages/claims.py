"""Commitments and the parties' claims on them, entered with their sources. There is no place for a verdict."""

from typing import Any, ClassVar, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tracker.actions.commitments import record_assessments, record_commitment
from tracker.actions.rectifications import correct_assessment
from tracker.admin.forms.citations import CitationRows, RowsOfFacts, citation_initial
from tracker.admin.forms.claims import ClaimForm, CommitmentForm, claim_initial
from tracker.admin.forms.saving import GroundForm, SavingForm
from tracker.admin.pages.base import DraftPage, Parts
from tracker.admin.pages.rectify import ground_of
from tracker.admin.permissions import CLAIM, RECTIFY
from tracker.admin.preview import Plan
from tracker.documents import assessment_fact
from tracker.exceptions import KeyTaken, Unsourced
from tracker.facts import AssessmentFact, CommitmentFact, Source
from tracker.models import Assessment, Commitment
from tracker.vocabulary import AuditAction


def sources_in(parts: Parts, what: str) -> list[Source]:
    """The sources that the rows give. Raises `Unsourced`."""
    found = [row.source() for row in cast(RowsOfFacts, parts["citations"]).filled()]
    if not found:
        raise Unsourced(what)
    return found


class ClaimPage(DraftPage):
    """One party's dated claim on a commitment."""

    permission = CLAIM
    title = "Enter a claim"
    action = AuditAction.RECORDED
    commitment: Commitment
    fact: AssessmentFact

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.commitment = get_object_or_404(Commitment, pk=options["pk"])

    def empty(self) -> Parts:
        return {
            "draft": ClaimForm(directory=self.directory),
            "citations": CitationRows(prefix="citations"),
        }

    def filled(self, data: Any) -> Parts:
        return {
            "draft": ClaimForm(data, directory=self.directory),
            "citations": CitationRows(data, prefix="citations"),
        }

    def canonical(self, parts: Parts) -> Parts:
        initial = claim_initial(self.fact, self.directory)
        return {
            "draft": ClaimForm(initial=initial, directory=self.directory),
            "citations": CitationRows(initial=citation_initial(self.fact.sources), prefix="citations"),
        }

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        sources = sources_in(parts, self.commitment.key)
        self.fact = cast(ClaimForm, parts["draft"]).fact(self.commitment, sources)
        if Assessment.objects.filter(key=self.fact.key).exists():
            raise KeyTaken(self.fact.key)
        data = saving.cleaned_data
        return Plan(
            work=lambda log: record_assessments(log, [(self.commitment.key, self.fact)]),
            by=self.user,
            note=data["note"],
            notify=not data["minor"],
        )

    def subject(self, parts: Parts) -> str:
        return self.fact.key

    def saved(self, parts: Parts) -> str:
        return reverse("admin:tracker_commitment_change", args=[self.commitment.pk])

    def beside(self) -> dict[str, Any]:
        return {"intro": str(self.commitment)}


class RectifyClaimPage(ClaimPage):
    """Say of a claim something else, in the open."""

    permission = RECTIFY
    title = "Rectify a claim"
    action = AuditAction.RECTIFIED
    save_label: ClassVar[str] = "Rectify"
    assessment: Assessment
    was: AssessmentFact

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        self.assessment = get_object_or_404(Assessment.objects.with_parts(), pk=options["pk"])
        self.was = assessment_fact(self.assessment)
        super().setup(request, *args, **{**options, "pk": self.assessment.commitment_id})

    def empty(self) -> Parts:
        self.fact = self.was
        return {"ground": GroundForm(label_suffix=""), **super().canonical({})}

    def filled(self, data: Any) -> Parts:
        return {"ground": GroundForm(data, label_suffix=""), **super().filled(data)}

    def canonical(self, parts: Parts) -> Parts:
        return {"ground": parts["ground"], **super().canonical(parts)}

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        form = cast(ClaimForm, parts["draft"])
        self.fact = form.fact(self.commitment, sources_in(parts, self.was.key), replaces=self.was)
        key, ground, version = self.was.key, ground_of(parts), self.assessment.version
        return Plan(work=lambda log: correct_assessment(log, key, self.fact, ground, version), by=self.user)


class RetractClaimPage(RectifyClaimPage):
    """Take a claim back: the party did not say so."""

    title = "Take a claim back"
    save_label: ClassVar[str] = "Take back"

    def empty(self) -> Parts:
        return {"ground": GroundForm(label_suffix="")}

    def filled(self, data: Any) -> Parts:
        return {"ground": GroundForm(data, label_suffix="")}

    def canonical(self, parts: Parts) -> Parts:
        return parts

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        self.fact = self.was
        key, ground, version = self.was.key, ground_of(parts), self.assessment.version
        return Plan(work=lambda log: correct_assessment(log, key, None, ground, version), by=self.user)


class CommitmentPage(DraftPage):
    """A commitment or a condition: who asks, who owes, which text."""

    permission = CLAIM
    title = "Enter a commitment"
    action = AuditAction.RECORDED
    fact: CommitmentFact

    def empty(self) -> Parts:
        return {"draft": CommitmentForm(directory=self.directory), "citations": CitationRows(prefix="citations")}

    def filled(self, data: Any) -> Parts:
        return {
            "draft": CommitmentForm(data, directory=self.directory),
            "citations": CitationRows(data, prefix="citations"),
        }

    def canonical(self, parts: Parts) -> Parts:
        shown = CommitmentForm(initial=cast(CommitmentForm, parts["draft"]).shown(self.fact), directory=self.directory)
        rows = CitationRows(initial=citation_initial(self.fact.sources), prefix="citations")
        return {"draft": shown, "citations": rows}

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        form = cast(CommitmentForm, parts["draft"])
        self.fact = form.fact(sources_in(parts, form.cleaned_data["title"]))
        if Commitment.objects.filter(key=self.fact.key).exists():
            raise KeyTaken(self.fact.key)
        data = saving.cleaned_data
        return Plan(
            work=lambda log: record_commitment(log, self.fact),
            by=self.user,
            note=data["note"],
            notify=not data["minor"],
        )

    def subject(self, parts: Parts) -> str:
        return self.fact.key

    def saved(self, parts: Parts) -> str:
        return reverse("admin:tracker_commitment_change", args=[Commitment.objects.get(key=self.fact.key).pk])
