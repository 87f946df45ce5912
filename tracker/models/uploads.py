"""Files that were uploaded to be compared with the record, and what was put on record from one."""

from django.conf import settings
from django.db import models
from django.db.models import Q


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
