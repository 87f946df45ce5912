"""Jobs: when each last ran, how long it took, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """The heartbeat of one job, written by `tracker.operations.heartbeat` at the beginning and the end of a run."""

    name = models.CharField(_("name"), max_length=60, primary_key=True)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    succeeded_at = models.DateTimeField(_("last success"), null=True)
    seconds = models.FloatField(_("seconds taken"), null=True)
    done = models.PositiveIntegerField(_("things done"), default=0)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="job_ends_after_it_began",
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=models.F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
