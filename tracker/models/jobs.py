"""Jobs: when each ran, how long it took, and what came of it."""

from typing import NamedTuple

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _


class LastRuns(NamedTuple):
    """The last run of a job; the last that has ended, and the last that ended well: by which began last."""

    begun: "JobRun"
    ended: "JobRun | None"
    succeeded: "JobRun | None"


class JobRunQuerySet(models.QuerySet["JobRun"]):
    """Runs, by reader."""

    def last_runs(self) -> dict[str, LastRuns]:
        """The last runs of each job that has ever run, by its name. Two queries.

        The last by number and not by clock: the clocks of two machines differ.
        """
        ended = Q(finished_at__isnull=False)
        numbers = self.values("name").annotate(
            begun=Max("pk"), ended=Max("pk", filter=ended), succeeded=Max("pk", filter=ended & Q(error=""))
        )
        found = {row["name"]: (row["begun"], row["ended"], row["succeeded"]) for row in numbers.order_by()}
        runs = self.in_bulk({number for row in found.values() for number in row if number})
        return {
            name: LastRuns(runs[begun], runs.get(ended or 0), runs.get(succeeded or 0))
            for name, (begun, ended, succeeded) in found.items()
        }


class JobRun(models.Model):
    """One run of one job, written by `tracker.operations.heartbeat` at its beginning and its end."""

    name = models.CharField(_("name"), max_length=60)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    seconds = models.FloatField(_("seconds taken"), null=True)
    done = models.PositiveIntegerField(_("things done"), default=0)
    error = models.TextField(_("error"), blank=True)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["name", "-id"], name="job_run_by_job")]
        constraints = [
            models.CheckConstraint(
                name="job_run_ends_after_it_began",
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=models.F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"
