"""Rectifications: how a mistake is put right, in the open, as a depositary does it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.domain.vocabulary import Origin, Subject
from tracker.models.commitments import Assessment
from tracker.models.events import Event
from tracker.models.fields import DocumentField, is_one_of


class RectificationQuerySet(models.QuerySet["Rectification"]):
    """Rectifications, by reader."""

    def taken_back(self, subject: Subject) -> "models.QuerySet[Rectification, str]":
        """The keys of what was taken back with nothing in its place."""
        return self.filter(subject=subject, now__isnull=True).values_list("key", flat=True)


class Rectification(models.Model):
    """What was wrong, from when to when it stood, what replaces it (nothing, for a retraction), and why.

    It ends the validity of what it corrects on our clock only: what happened in the world is not touched.
    """

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    position = models.BigIntegerField(_("position"), unique=True)
    subject = models.CharField(_("concerns"), max_length=12, choices=Subject)
    key = models.CharField(_("key"), max_length=160)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, null=True, related_name="rectification")
    replacement = models.OneToOneField(Event, on_delete=models.PROTECT, null=True, related_name="replaces")
    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, null=True, related_name="rectification")
    new_assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, null=True, related_name="replaces")
    was = DocumentField(_("what we said"))
    now = DocumentField(_("what replaces it"), null=True)
    stood_from = models.DateTimeField(_("stood from"))
    stood_until = models.DateTimeField(_("until"))
    reason = models.TextField(_("reason"))
    reported_by = models.CharField(_("reported by"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    origin = models.CharField(_("origin"), max_length=8, choices=Origin)

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("rectification")
        verbose_name_plural = _("rectifications")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="rectification_concerns_what_it_says",
                condition=Q(subject=Subject.EVENT, event__isnull=False, assessment__isnull=True)
                | Q(subject=Subject.ASSESSMENT, event__isnull=True, assessment__isnull=False)
                | (
                    ~Q(subject__in=[Subject.EVENT, Subject.ASSESSMENT]) & Q(event__isnull=True, assessment__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="rectification_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Say why: a rectification is public, and its reason is part of it."),
            ),
            models.CheckConstraint(
                name="rectification_ends_after_it_began", condition=Q(stood_until__gte=models.F("stood_from"))
            ),
            is_one_of("rectification", "subject", Subject.values),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.key}"

    def get_absolute_url(self) -> str:
        return f"{reverse('rectifications')}#{self.number}"

    @property
    def retracts(self) -> bool:
        """Whether nothing replaces what was wrong."""
        return self.now is None
