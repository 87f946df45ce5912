"""What somebody has typed and not saved yet, and what an editor once said of a host."""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models

from tracker.domain.vocabulary import SourceClass
from tracker.models.fields import is_one_of

# Drafts that nobody has come back to are let go.
KEPT: Final = timedelta(days=60)


class Draft(models.Model):
    """A form of the desk as somebody left it: kept for that person until it is saved or thrown away."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    # The address of the form, without its query.
    page = models.CharField("page", max_length=200)
    title = models.CharField("what it is", max_length=200, blank=True)
    # What the browser sent, as it was sent; never the token of the session.
    data = models.TextField("content")
    # What the desk answered to it the last time: its preview, or why it was refused.
    answer: models.JSONField[Any, Any] = models.JSONField("answer", default=dict)
    # The page that shows what became of it, once it is saved; whoever sends it again is led there.
    led_to = models.CharField("led to", max_length=300, blank=True)
    typed_at = models.DateTimeField("typed", db_index=True)

    class Meta:
        verbose_name = "draft"
        verbose_name_plural = "drafts"
        ordering = ["-typed_at"]

    def __str__(self) -> str:
        return self.title or self.page


class KnownHost(models.Model):
    """Who publishes at a host that the shipped list does not know, as an editor has said."""

    host = models.CharField("host", max_length=253, primary_key=True)
    publisher = models.CharField("publisher", max_length=200)
    source_class = models.CharField("class", max_length=12, choices=SourceClass)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField("said")

    class Meta:
        verbose_name = "host that an editor named"
        verbose_name_plural = "hosts that editors named"
        ordering = ["host"]
        constraints = [is_one_of("known_host", "source_class", SourceClass.values)]

    def __str__(self) -> str:
        return f"{self.host}: {self.publisher}"
