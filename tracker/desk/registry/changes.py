"""The public log, the rectifications in it, the jobs, and the audit trail: all written by the program alone."""

from django.contrib import admin

from tracker.desk.registry.base import ReadOnlyAdmin
from tracker.models import AuditEntry, Change, JobRun, Rectification


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin[Change]):
    """Every entry of the log."""

    list_display = ["position", "recorded_at", "type", "accession", "ally", "event", "late", "notify", "origin", "by"]
    list_select_related = ["by"]
    list_filter = ["type", "origin", "notify", "late"]
    search_fields = ["event", "commitment", "note", "=accession", "=ally"]
    date_hierarchy = "recorded_at"


@admin.register(Rectification)
class RectificationAdmin(ReadOnlyAdmin[Rectification]):
    """Every mistake that was put right."""

    list_display = ["number", "key", "subject", "stood_from", "stood_until", "reason", "reported_by", "by"]
    list_display_links = ["number", "key"]
    list_select_related = ["by"]
    list_filter = ["subject", "origin"]
    search_fields = ["key", "reason", "reported_by"]
    date_hierarchy = "stood_until"


@admin.register(JobRun)
class JobRunAdmin(ReadOnlyAdmin[JobRun]):
    """Every run of a job of the last days."""

    list_display = ["name", "started_at", "finished_at", "seconds", "done", "error"]
    list_filter = ["name"]
    search_fields = ["name", "error"]


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin[AuditEntry]):
    """Who did what. Looked at by those who may, altered by nobody."""

    public = False
    list_display = ["at", "by", "action", "subject", "network"]
    list_select_related = ["by"]
    list_filter = ["action"]
    search_fields = ["subject", "by__username"]
    date_hierarchy = "at"
