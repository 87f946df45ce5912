"""The public log: everything that becomes visible or different is one entry with a position. Every channel reads it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.domain import merkle
from tracker.domain.vocabulary import ChangeType, Origin
from tracker.models.fields import DocumentField, is_one_of


class LogHead(models.Model):
    """The one row that holds the last position given out, when, and the root that the log has there.

    Whoever wants the next one locks it.
    """

    position = models.BigIntegerField(default=0)
    recorded_at = models.DateTimeField(null=True)
    root = models.CharField(max_length=64, default=merkle.EMPTY)
    # What the next root is worked out from; of a log that was written before it had roots, it does not fit.
    frontier = models.JSONField(default=list)

    class Meta:
        constraints = [models.CheckConstraint(name="log_head_is_alone", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.position)


class ChangeQuerySet(models.QuerySet["Change"]):
    """Entries of the log, by reader."""

    def after(self, position: int) -> "ChangeQuerySet":
        """What a reader who has seen everything up to that position has not seen yet, oldest first."""
        return self.filter(position__gt=position).order_by("position")

    def edition_at(self, moment: datetime) -> int:
        """The position that the log had reached at that moment; 0 before the first entry."""
        last = self.filter(recorded_at__lte=moment).order_by("-position").values_list("position", flat=True).first()
        return last or 0


class Change(models.Model):
    """One entry, self-contained: a reader needs no other row to understand it.

    Positions are dense and increasing; the entry is written in the transaction that makes it true.
    """

    position = models.BigIntegerField(_("position"), primary_key=True)
    type = models.CharField(_("type"), max_length=24, choices=ChangeType)
    recorded_at = models.DateTimeField(_("recorded at"), db_index=True)
    earliest = models.DateField(_("earliest"), null=True)
    latest = models.DateField(_("latest"), null=True)
    # Recorded after the last day on which it can have happened.
    late = models.BooleanField(_("recorded late"), default=False)
    origin = models.CharField(_("origin"), max_length=8, choices=Origin)
    # Worth a message to subscribers; shipped data and small repairs are not.
    notify = models.BooleanField(_("told to subscribers"), default=False)
    note = models.TextField(_("change note"), blank=True)
    accession = models.CharField(_("accession"), max_length=8, blank=True, db_index=True)
    ally = models.CharField(_("ally"), max_length=8, blank=True, db_index=True)
    event = models.CharField(_("event"), max_length=120, blank=True, db_index=True)
    commitment = models.CharField(_("commitment"), max_length=120, blank=True, db_index=True)
    payload = DocumentField(_("what is now true"))
    # Of the tree of all entries up to this one; empty in a log that was written before it had roots.
    root = models.CharField(_("root"), max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-position"]
        constraints = [
            models.CheckConstraint(name="change_position_is_positive", condition=Q(position__gt=0)),
            models.CheckConstraint(
                name="change_shipped_data_tells_nobody", condition=~Q(origin=Origin.DATASET) | Q(notify=False)
            ),
            is_one_of("change", "type", ChangeType.values),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.type}"
