"""Commitments: what was asked of or promised by somebody, and each party's dated claims on it.

There is no verdict in here, and no field that pretends one.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.domain.vocabulary import (
    Claim,
    ClaimBasis,
    CommitmentCategory,
    CommitmentKind,
    Confidence,
    PartyRole,
    StatementForm,
)
from tracker.models.accessions import Accession
from tracker.models.fields import EMPTY_LIST, Dated, DocumentField, Positioned, interval_is_ordered, is_one_of
from tracker.models.parties import Party


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments, by reader."""

    def with_parts(self) -> "CommitmentQuerySet":
        """With all that `tracker.models.facts_of_rows.commitment_fact` reads, but the assessments."""
        return self.prefetch_related("also", "parties", "citations", "conflicts")


class Commitment(Positioned):
    """Something asked of or promised by somebody in the course of an accession."""

    key = models.SlugField(_("key"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=CommitmentKind)
    category = models.CharField(_("category"), max_length=20, choices=CommitmentCategory)
    accession = models.ForeignKey(
        Accession, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    also = models.ManyToManyField(Accession, blank=True, related_name="shared_commitments", verbose_name=_("also"))
    title = models.CharField(_("title"), max_length=300)
    detail = models.TextField(_("detail"), blank=True)
    office = models.CharField(_("office"), max_length=200, blank=True)
    text = models.CharField(_("text it stems from"), max_length=300)
    text_date = models.CharField(_("date of the text"), max_length=21)
    clause = models.CharField(_("clause"), max_length=60, blank=True)
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence)
    # The places of those of its citations that were taken back; the rows themselves are for ever.
    uncited = models.JSONField(_("sources taken back"), default=list, db_default=EMPTY_LIST, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["recorded"]
        constraints = [
            is_one_of("commitment", "kind", CommitmentKind.values),
            is_one_of("commitment", "category", CommitmentCategory.values),
            is_one_of("commitment", "confidence", Confidence.values),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commitment", args=[self.key])


class CommitmentParty(models.Model):
    """Who asks, or who owes."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="parties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="commitments")
    role = models.CharField(_("role"), max_length=8, choices=PartyRole)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("party to a commitment")
        verbose_name_plural = _("parties to a commitment")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "party", "role"], name="commitment_party_once_per_role"),
            is_one_of("commitment_party", "role", PartyRole.values),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.role}"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Claims, by what was known of them and by reader."""

    def known_at(self, edition: int) -> "AssessmentQuerySet":
        """What this site held to be true at that edition of the log."""
        return self.filter(recorded__lte=edition).exclude(rectification__position__lte=edition)

    def with_parts(self) -> "AssessmentQuerySet":
        """With all that `tracker.models.facts_of_rows.assessment_fact` reads."""
        return self.select_related("commitment").prefetch_related("citations")


class Assessment(Dated, Positioned):
    """One party's dated claim on one commitment."""

    key = models.SlugField(_("key"), max_length=160, db_index=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="assessments")
    by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="claims", verbose_name=_("who says so"))
    status = models.CharField(_("claim"), max_length=12, choices=Claim)
    basis = models.CharField(_("basis"), max_length=8, choices=ClaimBasis)
    office = models.CharField(_("office"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence, blank=True)
    about = models.JSONField(_("of whom"), default=list, db_default=EMPTY_LIST, blank=True)
    figures = models.JSONField(_("figures"), default=list, db_default=EMPTY_LIST, blank=True)
    due = models.JSONField(_("by when"), null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["latest", "recorded"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="assessment_version_is_its_own"),
            interval_is_ordered("assessment"),
            is_one_of("assessment", "status", Claim.values),
            is_one_of("assessment", "basis", ClaimBasis.values),
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.by_id} {self.status}"


class StatementQuerySet(models.QuerySet["Statement"]):
    """Statements, by reader."""

    def standing(self) -> "StatementQuerySet":
        """Not taken back."""
        return self.filter(withdrawn=False)


class Statement(Dated, Positioned):
    """One utterance: who spoke, where and how, and the keys of the claims and relations that hang from it.

    The row says what stands now; what it said before is kept by the rectifications, as with a commitment.
    """

    key = models.SlugField(_("key"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=300)
    form = models.CharField(_("form"), max_length=8, choices=StatementForm)
    document = DocumentField(_("what was said, and by whom"))
    withdrawn = models.BooleanField(_("taken back"), default=False, db_default=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["latest", "recorded"]
        constraints = [
            interval_is_ordered("statement"),
            is_one_of("statement", "form", StatementForm.values),
        ]

    def __str__(self) -> str:
        return f"{self.date}: {self.title}"
