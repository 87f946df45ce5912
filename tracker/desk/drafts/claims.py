"""Commitments and the parties' claims on them, with their sources. There is no place for a verdict."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tracker.actions import ActWarning, ChangeRequest, version_of
from tracker.desk.access.permissions import CLAIM, RECTIFY
from tracker.desk.drafts.change_requests import ChangeRequestPage, CitePage, TakeBackPage, justification_in, sources_in
from tracker.desk.drafts.parts import Parts
from tracker.desk.forms.citations import CitationRows, ConflictRows, RowsOfFacts, citation_initial
from tracker.desk.forms.claims import ClaimForm, CommitmentForm, claim_initial, commitment_initial
from tracker.desk.forms.saving import GroundForm, RowGroundForm
from tracker.domain.dates import PartialDate
from tracker.domain.exceptions import Unsourced
from tracker.domain.facts import AssessmentFact, CommitmentFact
from tracker.domain.vocabulary import AuditAction, Subject, Verb
from tracker.models import Assessment, Commitment
from tracker.models.facts_of_rows import assessment_fact, commitment_fact


class OfACommitment(ChangeRequestPage):
    """A page about one commitment."""

    commitment: Commitment

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.commitment = get_object_or_404(Commitment.objects.with_parts(), pk=options["pk"])

    def done_at(self) -> str:
        return reverse("admin:tracker_commitment_change", args=[self.commitment.pk])

    def beside(self) -> dict[str, Any]:
        return {"intro": str(self.commitment)}


class ClaimDraft(OfACommitment):
    """A draft of one party's dated claim on a commitment."""

    fact: AssessmentFact

    def empty(self) -> Parts:
        return {"draft": ClaimForm(directory=self.directory), "citations": CitationRows(prefix="citations")}

    def filled(self, data: Any) -> Parts:
        return {"draft": ClaimForm(data, directory=self.directory), "citations": CitationRows(data, prefix="citations")}

    def canonical(self, parts: Parts) -> Parts:
        return {
            "draft": ClaimForm(initial=claim_initial(self.fact, self.directory), directory=self.directory),
            "citations": CitationRows(initial=citation_initial(self.fact.sources), prefix="citations"),
        }


class ClaimPage(ClaimDraft):
    """One party's dated claim on a commitment."""

    permission = CLAIM
    title = "Enter a claim"
    action = AuditAction.RECORDED

    def compose(self, parts: Parts) -> ChangeRequest:
        sources = sources_in(parts, self.commitment.key)
        self.fact = cast(ClaimForm, parts["draft"]).fact(self.commitment, sources)
        return ChangeRequest(
            verb=Verb.RECORD,
            subject=Subject.ASSESSMENT,
            key=self.fact.key,
            title=str(self.commitment),
            commitment=self.commitment.key,
            fact=self.fact.document(),
        )

    def warnings(self) -> Sequence[ActWarning]:
        """That nobody will be on record as having said so, and that it may be older than what it is about."""
        told = [ActWarning("by", "Who spoke is told in a statement, and not here: enter one, if it is known.")]
        text = PartialDate.parse(self.commitment.text_date) if self.commitment.text_date else None
        last = self.fact.occurred.latest
        if text and text.earliest and last and last < text.earliest:
            told.append(ActWarning("date", f"The text of the commitment is of {text}: this is older, and marked so."))
        return told


class OfAClaim(OfACommitment):
    """A page about one claim that is on record."""

    permission = RECTIFY
    action = AuditAction.RECTIFIED
    assessment: Assessment

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        self.assessment = get_object_or_404(Assessment.objects.with_parts(), pk=options["pk"])
        super().setup(request, *args, **{**options, "pk": self.assessment.commitment_id})

    def of_claim(self, verb: Verb, **more: Any) -> ChangeRequest:
        """A change request about the claim as it was when the page was asked for."""
        about = {"key": self.assessment.key, "title": str(self.commitment), "version": self.assessment.version}
        return ChangeRequest(verb=verb, subject=Subject.ASSESSMENT, **about, **more)

    def beside(self) -> dict[str, Any]:
        return {"intro": f"{self.assessment} — {self.commitment}"}


class RectifyClaimPage(OfAClaim, ClaimDraft):
    """Say of a claim something else, in the open."""

    title = "Rectify a claim"
    save_label: ClassVar[str] = "Rectify"

    def empty(self) -> Parts:
        self.fact = assessment_fact(self.assessment)
        return {"ground": GroundForm(label_suffix=""), **super().canonical({})}

    def filled(self, data: Any) -> Parts:
        return {"ground": GroundForm(data, label_suffix=""), **super().filled(data)}

    def canonical(self, parts: Parts) -> Parts:
        return {"ground": parts["ground"], **super().canonical(parts)}

    def compose(self, parts: Parts) -> ChangeRequest:
        was = assessment_fact(self.assessment)
        self.fact = cast(ClaimForm, parts["draft"]).fact(self.commitment, sources_in(parts, was.key), replaces=was)
        return self.of_claim(Verb.RECTIFY, fact=self.fact.document(), **justification_in(parts))


class RetractClaimPage(OfAClaim, TakeBackPage):
    """Take a claim back: the party did not say so."""

    title = "Take a claim back"

    def compose(self, parts: Parts) -> ChangeRequest:
        return self.of_claim(Verb.RETRACT, **justification_in(parts))


class ClaimSourcePage(OfAClaim, CitePage):
    """Cite further sources for a claim."""

    permission = CLAIM
    action = AuditAction.RECORDED
    save_label: ClassVar[str] = "Add"

    def compose(self, parts: Parts) -> ChangeRequest:
        return self.of_claim(Verb.CITE, sources=tuple(sources_in(parts, self.assessment.key)))


class CommitmentPage(ChangeRequestPage):
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
        initial = commitment_initial(self.fact, self.directory)
        rows = CitationRows(initial=citation_initial(self.fact.sources), prefix="citations")
        return {"draft": CommitmentForm(initial=initial, directory=self.directory), "citations": rows}

    def compose(self, parts: Parts) -> ChangeRequest:
        form = cast(CommitmentForm, parts["draft"])
        self.fact = form.fact(sources_in(parts, form.cleaned_data["title"]))
        about = {"key": self.fact.key, "title": self.fact.title, "fact": self.fact.document()}
        return ChangeRequest(verb=Verb.RECORD, subject=Subject.COMMITMENT, **about)

    def done_at(self) -> str:
        return reverse("admin:tracker_commitment_change", args=[Commitment.objects.get(key=self.fact.key).pk])


class RectifyCommitmentPage(OfACommitment):
    """Say of a commitment something else, in the open, or rest it on other sources. The claims on it stay."""

    permission = RECTIFY
    title = "Rectify a commitment"
    action = AuditAction.RECTIFIED
    save_label: ClassVar[str] = "Rectify"
    fact: CommitmentFact

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.fact = commitment_fact(self.commitment)

    def empty(self) -> Parts:
        version = version_of(Subject.COMMITMENT, self.commitment.key)
        return {"ground": RowGroundForm(initial={"version": version}, label_suffix=""), **self._shown(self.fact)}

    def _shown(self, fact: CommitmentFact) -> Parts:
        initial = commitment_initial(fact, self.directory)
        return {
            "draft": CommitmentForm(initial=initial, original=fact, directory=self.directory),
            "citations": CitationRows(initial=citation_initial(fact.sources), prefix="citations"),
            "conflicts": ConflictRows(prefix="conflicts"),
        }

    def filled(self, data: Any) -> Parts:
        return {
            "ground": RowGroundForm(data, label_suffix=""),
            "draft": CommitmentForm(data, original=self.fact, directory=self.directory),
            "citations": CitationRows(data, initial=citation_initial(self.fact.sources), prefix="citations"),
            "conflicts": ConflictRows(data, prefix="conflicts"),
        }

    def canonical(self, parts: Parts) -> Parts:
        return {**self._shown(self.fact), "ground": parts["ground"], "conflicts": parts["conflicts"]}

    def compose(self, parts: Parts) -> ChangeRequest:
        form = cast(CommitmentForm, parts["draft"])
        new = [row.differing() for row in cast(RowsOfFacts, parts["conflicts"]).filled()]
        bare = {"sources": (), "assessments": ()}
        sources = tuple(row.source() for row in cast(RowsOfFacts, parts["citations"]).filled())
        if self.fact.sources and not sources:
            raise Unsourced(self.fact.key)
        self.fact = form.fact(sources).model_copy(update={"conflicts": tuple(new)})
        version = cast(RowGroundForm, parts["ground"]).cleaned_data["version"]
        told = self.fact.model_copy(update=bare).document()
        about = {"key": self.fact.key, "title": self.fact.title, "version": version, "fact": told, "sources": sources}
        return ChangeRequest(verb=Verb.RECTIFY, subject=Subject.COMMITMENT, **about, **justification_in(parts))


class RetractCommitmentPage(OfACommitment, TakeBackPage):
    """Take a commitment back, with the claims on it: nothing of the kind was asked or promised."""

    permission = RECTIFY
    title = "Take a commitment back"
    action = AuditAction.RECTIFIED

    def empty(self) -> Parts:
        version = version_of(Subject.COMMITMENT, self.commitment.key)
        return {"ground": RowGroundForm(initial={"version": version}, label_suffix="")}

    def filled(self, data: Any) -> Parts:
        return {"ground": RowGroundForm(data, label_suffix="")}

    def compose(self, parts: Parts) -> ChangeRequest:
        version = cast(RowGroundForm, parts["ground"]).cleaned_data["version"]
        about = {"key": self.commitment.key, "title": self.commitment.title, "version": version}
        return ChangeRequest(verb=Verb.RETRACT, subject=Subject.COMMITMENT, **about, **justification_in(parts))


class CommitmentSourcePage(OfACommitment, CitePage):
    """Cite further sources for a commitment."""

    permission = CLAIM
    action = AuditAction.RECORDED
    save_label: ClassVar[str] = "Add"

    def compose(self, parts: Parts) -> ChangeRequest:
        sources = tuple(sources_in(parts, self.commitment.key))
        about = {"key": self.commitment.key, "title": self.commitment.title}
        return ChangeRequest(verb=Verb.CITE, subject=Subject.COMMITMENT, sources=sources, **about)
