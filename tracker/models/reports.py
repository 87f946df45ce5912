"""Reports, and files that were uploaded: what a source is said to show, or a change, not yet on the record.

Nothing in one is public before a person accepts it.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.domain.vocabulary import Proposes, ReportChannel, ReportState
from tracker.models.events import Event
from tracker.models.fields import is_one_of
from tracker.models.watches import Capture


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, by reader."""

    def open(self) -> "ReportQuerySet":
        """Waiting for a reviewer."""
        return self.filter(state=ReportState.FILED)

    def versions_of(self, finds: Iterable[str]) -> "ReportQuerySet":
        """What has been reported under those names of finds, the oldest first."""
        return self.filter(find__in=list(finds)).exclude(find="").order_by("pk")


class Report(models.Model):
    """One proposed event, or one proposed change, with what it rests on, and what a reviewer made of it.

    The `proposal` of an event has the keys of an event's document; those that nobody could fill in yet are missing.
    That of a change is the document of a `tracker.actions.change_requests.ChangeRequest`.
    Written by `tracker.actions.reports` and by nothing else.
    """

    # Who files the same find again gets the report that is there.
    fingerprint = models.CharField(_("fingerprint"), max_length=200, unique=True, editable=False)
    # What a watch calls the find: the reports of one name are the versions of what a source says under it.
    find = models.CharField(
        "find", max_length=200, blank=True, db_default="", default="", editable=False, db_index=True
    )
    proposes = models.CharField("proposes", max_length=6, choices=Proposes, default=Proposes.EVENT, editable=False)
    channel = models.CharField(_("came by"), max_length=8, choices=ReportChannel, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=ReportState, default=ReportState.FILED, editable=False, db_index=True
    )
    proposal = models.JSONField(_("proposal"))
    evidence = models.JSONField(_("evidence"), default=dict, blank=True)
    message = models.TextField(_("message to the reviewer"), blank=True)
    filed_at = models.DateTimeField(_("filed"), editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="reports"
    )
    # Who completed or corrected what was filed; it then waits for somebody else.
    amended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Who is looking at it just now, so that two do not do one work; it binds nobody.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    taken_at = models.DateTimeField("taken in hand", null=True, editable=False)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    reason = models.TextField(_("reason"), blank=True, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, editable=False, related_name="reports")

    # The archived copies that it names, as evidence or beside a source: they are kept as long as it is not rejected.
    captures = models.ManyToManyField(Capture, editable=False, related_name="reports")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="report_accepted_has_its_event",
                condition=Q(state=ReportState.ACCEPTED, proposes=Proposes.EVENT, event__isnull=False)
                | (~Q(state=ReportState.ACCEPTED, proposes=Proposes.EVENT) & Q(event__isnull=True)),
            ),
            models.CheckConstraint(
                name="report_rejected_has_its_reason",
                condition=~Q(state=ReportState.REJECTED) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="report_reviewed_has_its_moment",
                condition=Q(state=ReportState.FILED, reviewed_at__isnull=True)
                | (~Q(state=ReportState.FILED) & Q(reviewed_at__isnull=False)),
            ),
            is_one_of("report", "proposes", Proposes.values),
            is_one_of("report", "channel", ReportChannel.values),
            is_one_of("report", "state", ReportState.values),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.proposal.get('title', '')}"


class Upload(models.Model):
    """One file, as text. Nothing of it is on the record before it is confirmed."""

    name = models.CharField("name of the file", max_length=200)
    text = models.TextField("content")
    uploaded_at = models.DateTimeField("uploaded", auto_now_add=True)
    # The file is of use to nobody else, and goes with the account.
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "upload"
        verbose_name_plural = "uploads"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """What one file put on record, so that it can be taken back as a whole."""

    name = models.CharField("name of the file", max_length=200)
    imported_at = models.DateTimeField("imported")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # By noun, the keys of what was recorded.
    recorded = models.JSONField("put on record", default=dict)
    taken_back_at = models.DateTimeField("taken back", null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "imports"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_taken_back_by_somebody",
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.imported_at:%Y-%m-%d %H:%M}"

    @property
    def count(self) -> int:
        """How much it put on record."""
        return sum(len(keys) for keys in self.recorded.values())
