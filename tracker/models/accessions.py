"""Accessions, and each ally's ratification of each accession protocol."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.domain.vocabulary import AccessionStatus, Stage
from tracker.models.fields import is_one_of
from tracker.models.parties import Party


class Accession(models.Model):
    """One applicant's way in. The key is the applicant's code.

    `status` is written by `tracker.actions.settling` and by nothing else: it repeats, for fast
    reading, what the events on record say as of the day in `settled_on`.
    """

    applicant = models.OneToOneField(
        Party, primary_key=True, on_delete=models.PROTECT, related_name="own_accession", db_column="code"
    )
    recorded = models.BigIntegerField(_("position"), editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=AccessionStatus, default=AccessionStatus.ASPIRANT, editable=False
    )
    standing = models.JSONField(default=dict, editable=False)
    settled_on = models.DateField(_("settled on"), null=True, editable=False)

    class Meta:
        verbose_name = _("accession")
        verbose_name_plural = _("accessions")
        ordering = ["applicant"]
        constraints = [is_one_of("accession", "status", AccessionStatus.values)]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("accession", args=[self.code])

    @property
    def code(self) -> str:
        """The applicant's code, without loading the applicant."""
        return str(self.pk)


class Ratification(models.Model):
    """One ally's progress with one accession protocol.

    `stage`, `standing` and `required` are written by `tracker.actions.settling` and by nothing else:
    they repeat, for fast reading, what the events on record say as of the day in `settled_on`.
    """

    accession = models.ForeignKey(Accession, on_delete=models.PROTECT, related_name="ratifications")
    ally = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="ratifications")
    required = models.BooleanField(_("required"), default=True, editable=False)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.SIGNED, editable=False)
    standing = models.JSONField(default=dict, editable=False)
    settled_on = models.DateField(_("settled on"), null=True, editable=False)
    last_checked_at = models.DateTimeField(_("last checked"), null=True, editable=False)

    class Meta:
        verbose_name = _("ratification")
        verbose_name_plural = _("ratifications")
        ordering = ["accession", "ally"]
        constraints = [
            models.UniqueConstraint(fields=["accession", "ally"], name="ratification_once_per_ally"),
            models.CheckConstraint(
                name="ratification_is_not_by_the_applicant",
                condition=~Q(accession=models.F("ally")),
                violation_error_message=_("An applicant does not ratify its own accession protocol."),
            ),
            is_one_of("ratification", "stage", Stage.values),
        ]

    def __str__(self) -> str:
        return f"{self.accession_id}/{self.ally_id}"

    def get_absolute_url(self) -> str:
        return reverse("ratification", args=[self.accession_id, self.ally_id])
