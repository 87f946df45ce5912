"""Files that were uploaded to be compared with the record, kept until somebody confirms or forgets them."""

from django.conf import settings
from django.db import models


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
