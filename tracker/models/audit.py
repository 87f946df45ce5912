"""The audit trail: who did what, kept for the operator. Not part of the public record, and nobody can alter it."""

from django.conf import settings
from django.db import models

from tracker.domain.vocabulary import AuditAction
from tracker.models.fields import is_one_of


class AuditEntry(models.Model):
    """One thing that somebody did, or tried. Written by `tracker.actions.audit` and never changed."""

    at = models.DateTimeField("at", db_index=True)
    # Nobody, where a log-in failed under a name that no account has: what was typed may be a password.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField("action", max_length=20, choices=AuditAction)
    subject = models.CharField("subject", max_length=200, blank=True)
    detail = models.JSONField("detail", default=dict)
    # The network and not the address: enough to see that a log-in came from elsewhere.
    network = models.CharField("network", max_length=50, blank=True)

    class Meta:
        verbose_name = "entry of the audit trail"
        verbose_name_plural = "audit trail"
        ordering = ["-pk"]
        constraints = [is_one_of("audit_entry", "action", AuditAction.values)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject}"
