"""Events: dated acts and occurrences, as sources tell them. Never edited, never deleted."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.domain.vocabulary import Confidence, EventKind, Outcome
from tracker.models.accessions import Accession
from tracker.models.fields import EMPTY_LIST, Dated, Positioned, interval_is_ordered, is_one_of
from tracker.models.parties import Party


class EventQuerySet(models.QuerySet["Event"]):
    """Events, by what was known of them and by reader."""

    def known_at(self, edition: int) -> "EventQuerySet":
        """What this site held to be true at that edition of the log."""
        return self.filter(recorded__lte=edition).exclude(rectification__position__lte=edition)

    def serving(self, codes: Iterable[str]) -> "EventQuerySet":
        """The acts on these accessions, with those on several of which one may be among them."""
        return self.filter(Q(accession__in=list(codes)) | ~Q(also=[]))

    def standing(self) -> "EventQuerySet":
        """Not rectified: what this site holds to be true now."""
        return self.filter(rectification__isnull=True)

    def with_parts(self) -> "EventQuerySet":
        """With all that `tracker.models.facts_of_rows.event_fact` reads."""
        return self.prefetch_related("others", "citations", "conflicts")


class Event(Dated, Positioned):
    """One dated act or occurrence.

    The key names it in the world; a rectification that replaces it adds the next version of the same key.
    """

    key = models.SlugField(_("key"), max_length=120, db_index=True)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    kind = models.CharField(_("kind"), max_length=24, choices=EventKind)
    accession = models.ForeignKey(
        Accession, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("accession")
    )
    # Codes of the other accessions that one act served too: it is told once, and counted for each.
    also = models.JSONField(_("also for"), default=list, db_default=EMPTY_LIST, blank=True)
    treaty = models.CharField(_("treaty"), max_length=20, blank=True)
    planned = models.BooleanField(
        _("planned"), default=False, db_default=False, help_text=_("Announced for that day, and no act.")
    )
    announced = models.CharField(_("announced"), max_length=21, blank=True, default="", db_default="")
    follows = models.SlugField(_("follows"), max_length=120, blank=True, default="", db_default="")
    step = models.PositiveSmallIntegerField(_("step of the procedure"), null=True, blank=True)
    actor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="acts", verbose_name=_("actor"))
    others = models.ManyToManyField(Party, blank=True, related_name="+", verbose_name=_("with"))
    office = models.CharField(_("office"), max_length=200, blank=True)
    votes_yes = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_no = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    votes_absent = models.PositiveSmallIntegerField(_("absent"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True, default="", db_default="")
    referendum = models.JSONField(_("referendum"), null=True, blank=True)
    ordinal = models.JSONField(_("place in the count"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    detail = models.TextField(_("detail"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=6, choices=Confidence)
    tags = models.JSONField(_("tags"), default=list, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["latest", "recorded"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="event_version_is_its_own"),
            models.CheckConstraint(
                name="event_tally_has_votes_for",
                condition=Q(votes_yes__isnull=False)
                | Q(votes_no__isnull=True, votes_abstain__isnull=True, votes_absent__isnull=True),
                violation_error_message=_("A tally begins with the votes for."),
            ),
            models.CheckConstraint(name="event_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(name="event_has_a_key", condition=~Q(key="")),
            interval_is_ordered("event"),
            is_one_of("event", "kind", EventKind.values),
            is_one_of("event", "confidence", Confidence.values),
            is_one_of("event", "outcome", ["", *Outcome.values]),
        ]
        indexes = [models.Index(fields=["accession", "actor"], name="event_of_ratification")]

    def __str__(self) -> str:
        return f"{self.date}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.key])


class Conflict(models.Model):
    """What another source says differently. Kept, never averaged."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="conflicts")
    commitment = models.ForeignKey("tracker.Commitment", on_delete=models.PROTECT, null=True, related_name="conflicts")
    order = models.PositiveSmallIntegerField(default=0)
    field = models.CharField(_("field"), max_length=60)
    value = models.TextField(_("value"))
    url = models.URLField(_("address"), max_length=2000)

    class Meta:
        verbose_name = _("conflicting value")
        verbose_name_plural = _("conflicting values")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="conflict_concerns_one_fact",
                condition=Q(event__isnull=False, commitment__isnull=True)
                | Q(event__isnull=True, commitment__isnull=False),
            ),
            models.CheckConstraint(
                name="conflict_address_is_of_the_web",
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("The address of a source begins with https:// or http://."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"
