"""Citations: who says so, and where."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.domain.vocabulary import SourceClass
from tracker.models.commitments import Assessment, Commitment
from tracker.models.events import Event
from tracker.models.fields import is_one_of


class Citation(models.Model):
    """One source of one fact. Better sources are added to it, never swapped."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="citations")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, related_name="citations")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, null=True, related_name="citations")
    order = models.PositiveSmallIntegerField(default=0)
    recorded = models.BigIntegerField(_("position"), editable=False)
    url = models.URLField(_("address"), max_length=2000)
    title = models.CharField(_("title"), max_length=500)
    publisher = models.CharField(_("publisher"), max_length=200)
    source_class = models.CharField(_("class"), max_length=12, choices=SourceClass)
    published = models.CharField(_("published"), max_length=21, blank=True)
    quote = models.TextField(_("quote"), blank=True)
    quote_language = models.CharField(_("language of the quote"), max_length=8, blank=True)
    archived_url = models.URLField(_("archived copy"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="citation_supports_one_fact",
                condition=Q(event__isnull=False, commitment__isnull=True, assessment__isnull=True)
                | Q(event__isnull=True, commitment__isnull=False, assessment__isnull=True)
                | Q(event__isnull=True, commitment__isnull=True, assessment__isnull=False),
            ),
            models.CheckConstraint(
                name="citation_address_is_of_the_web",
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("The address of a source begins with https:// or http://."),
            ),
            models.CheckConstraint(
                name="citation_archived_copy_is_of_the_web",
                condition=Q(archived_url="")
                | Q(archived_url__startswith="https://")
                | Q(archived_url__startswith="http://"),
                violation_error_message=_("The address of a source begins with https:// or http://."),
            ),
            is_one_of("citation", "source_class", SourceClass.values),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"
