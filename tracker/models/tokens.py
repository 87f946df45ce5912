"""Personal tokens for writing through the API, and the answers that are given again to a repeated request."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

READ_REPORTS: Final = "reports:read"
WRITE_REPORTS: Final = "reports:write"
SCOPES: Final = (READ_REPORTS, WRITE_REPORTS)


class Token(models.Model):
    """One token of one person. What opens the door is shown once and not kept: here is only what tells it apart.

    Written by `tracker.actions.tokens` and by nothing else.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens", verbose_name=_("owner")
    )
    name = models.CharField(_("what it is for"), max_length=80)
    # The visible beginning, by which a person finds it in a list and a request finds its row.
    prefix = models.CharField(_("begins with"), max_length=12, unique=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    scopes = models.JSONField(_("may"), default=list)
    created_at = models.DateTimeField(_("created"), editable=False)
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="token_expires_after_it_was_made",
                condition=Q(expires_at__gt=F("created_at")),
                violation_error_message=_("A token expires after it was made."),
            ),
            models.CheckConstraint(name="token_keeps_a_digest", condition=Q(digest__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.name})"


class IdempotentResponse(models.Model):
    """What a request with an idempotency key was answered, for a day, so that it can be sent again without harm."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=200)
    # Of the request: the same key with another request is a mistake of the client.
    digest = models.CharField(max_length=64)
    report = models.ForeignKey("tracker.Report", on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("idempotent response")
        verbose_name_plural = _("idempotent responses")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="kept_answer_once_per_key")]

    def __str__(self) -> str:
        return self.key
