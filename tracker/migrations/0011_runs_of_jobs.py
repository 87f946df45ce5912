"""Keep a row for each run of a job, and which archived copies a report names; call what is kept of a request by its name."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.apps.registry import Apps


def hold_captures(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every report holds the copies that it names, as its evidence or beside a source."""
    known = set(apps.get_model("tracker", "Capture").objects.values_list("pk", flat=True))
    report = apps.get_model("tracker", "Report")
    link = report.captures.through
    rows = report.objects.values_list("pk", "evidence", "proposal").iterator()
    links = [link(report_id=pk, capture_id=sha) for pk, *names in rows for sha in named(*names) & known]
    link.objects.bulk_create(links, batch_size=500)


def named(evidence: Mapping[str, Any], proposal: Mapping[str, Any]) -> set[str]:
    sources = proposal.get("sources")
    found: Iterable[Any] = sources if isinstance(sources, list) else ()
    addresses = [str(source.get("archived_url", "")) for source in found if isinstance(source, dict)]
    return {str(evidence.get("capture", "")), *(url.rstrip("/").rpartition("/")[2] for url in addresses)}


def keep_last_runs(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was known of each job: its last success, and its last run where that was another."""
    run = apps.get_model("tracker", "JobRun")
    for job in apps.get_model("tracker", "Job").objects.order_by("pk"):
        if job.succeeded_at and (job.error or job.finished_at is None):
            run.objects.create(name=job.name, started_at=job.succeeded_at, finished_at=job.succeeded_at)
        run.objects.create(
            name=job.name, started_at=job.started_at, finished_at=job.finished_at, seconds=job.seconds, done=job.done,
            error=job.error,
        )


class Migration(migrations.Migration):
    dependencies = [("tracker", "0010_editions_have_roots")]

    operations = [
        migrations.CreateModel(
            name="JobRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("seconds", models.FloatField(null=True, verbose_name="seconds taken")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="things done")),
                ("error", models.TextField(blank=True, verbose_name="error")),
            ],
            options={
                "verbose_name": "run of a job",
                "verbose_name_plural": "runs of jobs",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["name", "-id"], name="job_run_by_job")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("finished_at__isnull", True))
                        | models.Q(("finished_at__gte", models.F("started_at"))),
                        name="job_run_ends_after_it_began",
                    )
                ],
            },
        ),
        migrations.RunPython(keep_last_runs, migrations.RunPython.noop),
        migrations.DeleteModel(name="Job"),
        migrations.AddField(
            model_name="report",
            name="captures",
            field=models.ManyToManyField(editable=False, related_name="reports", to="tracker.capture"),
        ),
        migrations.RunPython(hold_captures, migrations.RunPython.noop),
        migrations.RenameModel(old_name="KeptAnswer", new_name="IdempotentResponse"),
        migrations.AlterModelOptions(
            name="idempotentresponse",
            options={"verbose_name": "idempotent response", "verbose_name_plural": "idempotent responses"},
        ),
    ]
