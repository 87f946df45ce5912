"""Procedures: an ally's own way to consent to an accession protocol."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.domain.vocabulary import Confidence, StepKind
from tracker.models.fields import EMPTY_LIST, Positioned, is_one_of
from tracker.models.parties import Party


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    """Procedures, by reader."""

    def with_parts(self) -> "ProcedureQuerySet":
        """With all that `tracker.models.facts_of_rows.procedure_fact` reads."""
        return self.prefetch_related("chambers", "steps")


class Procedure(Positioned):
    """How an accession protocol becomes binding in one ally. The key is the ally's code."""

    ally = models.OneToOneField(
        Party, primary_key=True, on_delete=models.PROTECT, related_name="procedure", db_column="ally"
    )
    # The days on which this procedure is in use, both included; those before it stand in `earlier`, oldest first.
    valid_from = models.CharField(_("in use from"), max_length=10, blank=True, default="", db_default="")
    valid_until = models.CharField(_("in use until"), max_length=10, blank=True, default="", db_default="")
    boundary = models.TextField(_("what began or ended it"), blank=True, default="", db_default="")
    legal_basis = models.JSONField(_("legal basis"), default=list, db_default=EMPTY_LIST, blank=True)
    earlier = models.JSONField(_("earlier procedures"), default=list, db_default=EMPTY_LIST, blank=True)
    paths_taken = models.JSONField(_("paths taken"), default=list, db_default=EMPTY_LIST, blank=True)
    parliament = models.CharField(_("parliament"), max_length=120)
    parliament_native = models.CharField(_("its own name"), max_length=120, blank=True)
    website = models.CharField(_("website"), max_length=300, blank=True)
    parliament_votes = models.BooleanField(_("parliament has to vote"))
    majority = models.TextField(_("majority"), blank=True)
    referendum = models.TextField(_("referendum"), blank=True)
    advance_consent_possible = models.BooleanField(_("consent possible before signature"))
    tacit_approval_possible = models.BooleanField(
        _("approval without a vote possible"), default=False, db_default=False
    )
    territorial_scope = models.TextField(_("territorial scope"), blank=True)
    gazette = models.TextField(_("gazette"), blank=True)
    open_data = models.TextField(_("open data"), blank=True)
    notes = models.TextField(_("notes"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    conflicts = models.JSONField(_("conflicting values"), default=list, blank=True)
    # General knowledge for which no source was found, by name of field; shown as such.
    unsourced_fields = models.JSONField(_("unsourced"), default=list, blank=True)

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        ordering = ["ally"]
        constraints = [is_one_of("procedure", "confidence", Confidence.values)]

    def __str__(self) -> str:
        return str(self.pk)


class Chamber(models.Model):
    """One chamber of an ally's parliament, and the part it takes."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="chambers")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=120)
    native = models.CharField(_("its own name"), max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    # [{"until": "2022-10-12", "seats": 630}]: how many it had before, oldest first.
    seats_earlier = models.JSONField(_("earlier sizes"), default=list, blank=True)
    role = models.CharField(_("role"), max_length=160)
    # {"share": "two_thirds", "of": "present", "at_least": null, "note": null}; null where the usual one is enough.
    majority = models.JSONField(_("majority"), null=True, blank=True)
    quorum = models.CharField(_("quorum"), max_length=60, blank=True, default="", db_default="")
    votes = models.BooleanField(_("has to vote"), default=False)

    class Meta:
        verbose_name = _("chamber")
        verbose_name_plural = _("chambers")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "name"], name="chamber_once_per_procedure"),
        ]

    def __str__(self) -> str:
        return self.name


class ProcedureStep(models.Model):
    """One step of a procedure."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField(_("order"))
    kind = models.CharField(_("kind"), max_length=24, choices=StepKind)
    body = models.CharField(_("who acts"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    alternative = models.BooleanField(_("instead of the step before"), default=False)
    optional = models.BooleanField(_("optional"), default=False)
    # Of the paths of one group exactly one is taken in a round.
    group = models.CharField(_("group of alternatives"), max_length=60, blank=True, default="", db_default="")
    path = models.CharField(_("which of them"), max_length=60, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "order"], name="procedure_step_order_is_its_own"),
            is_one_of("procedure_step", "kind", StepKind.values),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.kind}: {self.body}"
