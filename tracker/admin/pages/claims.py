"""Commitments and the parties' claims on them, with their sources. There is no place for a verdict."""

from typing import Any, ClassVar, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tracker.actions.deeds import Deed
from tracker.actions.rectifications import version_of
from tracker.admin.forms.citations import CitationRows, ConflictRows, RowsOfFacts, citation_initial
from tracker.admin.forms.claims import ClaimForm, CommitmentForm, claim_initial, commitment_initial
from tracker.admin.forms.saving import GroundForm, RowGroundForm
from tracker.admin.pages.base import Parts
from tracker.admin.pages.deeds import CitePage, DeedPage, TakeBackPage, ground_in, sources_in
from tracker.admin.permissions import CLAIM, RECTIFY
from tracker.documents import assessment_fact, commitment_fact
from tracker.facts import AssessmentFact, CommitmentFact
from tracker.models import Assessment, Commitment
from tracker.vocabulary import AuditAction, Subject, Verb


class OfACommitment(DeedPage):
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

    def compose(self, parts: Parts) -> Deed:
        sources = sources_in(parts, self.commitment.key)
        self.fact = cast(ClaimForm, parts["draft"]).fact(self.commitment, sources)
        return Deed(
            verb=Verb.RECORD,
            subject=Subject.ASSESSMENT,
            key=self.fact.key,
            title=str(self.commitment),
            commitment=self.commitment.key,
            fact=self.fact.document(),
        )


class OfAClaim(OfACommitment):
    """A page about one claim that is on record."""

    permission = RECTIFY
    action = AuditAction.RECTIFIED
    assessment: Assessment

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        self.assessment = get_object_or_404(Assessment.objects.with_parts(), pk=options["pk"])
        super().setup(request, *args, **{**options, "pk": self.assessment.commitment_id})

    def of_claim(self, verb: Verb, **more: Any) -> Deed:
        """A deed about the claim as it was when the page was asked for."""
        about = {"key": self.assessment.key, "title": str(self.commitment), "version": self.assessment.version}
        return Deed(verb=verb, subject=Subject.ASSESSMENT, **about, **more)

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

    def compose(self, parts: Parts) -> Deed:
        was = assessment_fact(self.assessment)
        self.fact = cast(ClaimForm, parts["draft"]).fact(self.commitment, sources_in(parts, was.key), replaces=was)
        return self.of_claim(Verb.RECTIFY, fact=self.fact.document(), **ground_in(parts))


class RetractClaimPage(OfAClaim, TakeBackPage):
    """Take a claim back: the party did not say so."""

    title = "Take a claim back"

    def compose(self, parts: Parts) -> Deed:
        return self.of_claim(Verb.RETRACT, **ground_in(parts))


class ClaimSourcePage(OfAClaim, CitePage):
    """Cite further sources for a claim."""

    permission = CLAIM
    action = AuditAction.RECORDED
    save_label: ClassVar[str] = "Add"

    def compose(self, parts: Parts) -> Deed:
        return self.of_claim(Verb.CITE, sources=tuple(sources_in(parts, self.assessment.key)))


class CommitmentPage(DeedPage):
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

    def compose(self, parts: Parts) -> Deed:
        form = cast(CommitmentForm, parts["draft"])
        self.fact = form.fact(sources_in(parts, form.cleaned_data["title"]))
        about = {"key": self.fact.key, "title": self.fact.title, "fact": self.fact.document()}
        return Deed(verb=Verb.RECORD, subject=Subject.COMMITMENT, **about)

    def done_at(self) -> str:
        return reverse("admin:tracker_commitment_change", args=[Commitment.objects.get(key=self.fact.key).pk])


class RectifyCommitmentPage(OfACommitment):
    """Say of a commitment something else, in the open. Its sources and the claims on it stay."""

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
            "conflicts": ConflictRows(prefix="conflicts"),
        }

    def filled(self, data: Any) -> Parts:
        return {
            "ground": RowGroundForm(data, label_suffix=""),
            "draft": CommitmentForm(data, original=self.fact, directory=self.directory),
            "conflicts": ConflictRows(data, prefix="conflicts"),
        }

    def canonical(self, parts: Parts) -> Parts:
        return {**self._shown(self.fact), "ground": parts["ground"], "conflicts": parts["conflicts"]}

    def compose(self, parts: Parts) -> Deed:
        form = cast(CommitmentForm, parts["draft"])
        new = [row.differing() for row in cast(RowsOfFacts, parts["conflicts"]).filled()]
        bare = {"sources": (), "assessments": ()}
        self.fact = form.fact(self.fact.sources).model_copy(update={"conflicts": tuple(new)})
        version = cast(RowGroundForm, parts["ground"]).cleaned_data["version"]
        told = self.fact.model_copy(update=bare).document()
        about = {"key": self.fact.key, "title": self.fact.title, "version": version, "fact": told}
        return Deed(verb=Verb.RECTIFY, subject=Subject.COMMITMENT, **about, **ground_in(parts))


class CommitmentSourcePage(OfACommitment, CitePage):
    """Cite further sources for a commitment."""

    permission = CLAIM
    action = AuditAction.RECORDED
    save_label: ClassVar[str] = "Add"

    def compose(self, parts: Parts) -> Deed:
        sources = tuple(sources_in(parts, self.commitment.key))
        about = {"key": self.commitment.key, "title": self.commitment.title}
        return Deed(verb=Verb.CITE, subject=Subject.COMMITMENT, sources=sources, **about)
