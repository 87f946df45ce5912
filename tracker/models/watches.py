"""What the watch keeps: sources that are polled, what came from them, how hosts want to be treated, cited addresses.

Written by `tracker.watch` and by nothing else. Nothing in here is public before a person accepts a report.
"""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.domain.vocabulary import LinkState, RobotsVerdict, SourceClass, WatchState
from tracker.models.fields import is_one_of
from tracker.models.parties import Party

# So many failures in a row are more than a passing trouble.
FAILURES_TO_SEE: Final = 3


class Capture(models.Model):
    """What a source has sent, kept once however often it comes."""

    sha256 = models.CharField(_("SHA-256"), primary_key=True, max_length=64)
    url = models.URLField(_("address"), max_length=2000)
    content = models.BinaryField(_("content, packed"))
    size = models.PositiveIntegerField(_("size in bytes"))
    content_type = models.CharField(_("content type"), max_length=200, blank=True)
    charset = models.CharField(_("charset"), max_length=80, blank=True)
    headers = models.JSONField(_("headers"), default=dict)
    captured_at = models.DateTimeField(_("first came"))
    last_seen_at = models.DateTimeField(_("last came"), db_index=True)

    class Meta:
        verbose_name = _("archived copy")
        verbose_name_plural = _("archived copies")
        ordering = ["-captured_at"]
        constraints = [
            models.CheckConstraint(name="capture_hash_is_whole", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.url}"


class WatchQuerySet(models.QuerySet["Watch"]):
    """Watches, by reader."""

    def due(self, now: datetime) -> "WatchQuerySet":
        """To be polled by that moment, and in nobody's hands; who waits longest comes first."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        waiting = self.filter(free, next_poll_at__lte=now).exclude(state=WatchState.PAUSED)
        return waiting.order_by("next_poll_at", "pk")

    def in_trouble(self) -> "WatchQuerySet":
        """Failing in a way that will not pass by itself, or for too long."""
        return self.filter(Q(failures__gte=FAILURES_TO_SEE) | Q(needs_person=True), state=WatchState.FAILING)


class Watch(models.Model):
    """A source that is polled: what it is, whom it concerns, and how it stands."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200)
    source_class = models.CharField(_("class"), max_length=12, choices=SourceClass)
    url = models.URLField(_("address"), max_length=2000)
    # Its key among the readers of `tracker.sources.readers`; which there are is no business of the database.
    reader = models.CharField(_("reader"), max_length=40)
    options = models.JSONField(_("options of the reader"), default=dict, blank=True)
    # The operator's keys are no part of the data: `{name}` stands for the key of that name in WATCH_KEYS.
    headers = models.JSONField(_("headers to send"), default=dict, blank=True)
    ally = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="watches", verbose_name=_("whose source")
    )
    accessions = models.JSONField(
        _("accessions it is about"), default=list, blank=True, help_text=_("Codes; none for all that are open.")
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    interval = models.PositiveIntegerField(_("minutes between polls"), default=360, validators=[MinValueValidator(1)])

    state = models.CharField(_("state"), max_length=9, choices=WatchState, default=WatchState.DUE, editable=False)
    next_poll_at = models.DateTimeField(_("next poll"), editable=False, db_index=True)
    # In somebody's hands until then; also what tells a late worker that its turn is over.
    leased_until = models.DateTimeField(null=True, editable=False)
    # Taken in hand so often without an end, good or bad: something about it ends the process.
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    needs_person = models.BooleanField(_("will not pass by itself"), default=False, editable=False)
    reason = models.CharField(_("why"), max_length=24, blank=True, editable=False)
    detail = models.TextField(_("in detail"), blank=True, editable=False)
    polled_at = models.DateTimeField(_("last polled"), null=True, editable=False)
    answered_at = models.DateTimeField(_("last answer"), null=True, editable=False)
    changed_at = models.DateTimeField(_("last change"), null=True, editable=False)
    # The address was asked and the reader understood what came.
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, null=True, editable=False, related_name="watches")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="watch_failing_has_its_failures",
                condition=Q(state=WatchState.FAILING, failures__gt=0, failing_since__isnull=False)
                | ~Q(state=WatchState.FAILING),
            ),
            models.CheckConstraint(
                name="watch_interval_is_a_time",
                condition=Q(interval__gte=1),
                violation_error_message=_("A source is asked once a minute at most."),
            ),
            models.CheckConstraint(
                name="watch_address_is_of_the_web",
                condition=Q(url__startswith="https://") | Q(url__startswith="http://"),
                violation_error_message=_("The address of a source begins with https:// or http://."),
            ),
            is_one_of("watch", "state", WatchState.values),
            is_one_of("watch", "source_class", SourceClass.values),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_trouble(self) -> bool:
        """Whether a person should look at it: the same rule as `WatchQuerySet.in_trouble`."""
        return self.state == WatchState.FAILING and (self.failures >= FAILURES_TO_SEE or self.needs_person)


class Host(models.Model):
    """One host that is asked: what its robots.txt allows, and when it may be asked again."""

    origin = models.CharField(_("origin"), primary_key=True, max_length=300)
    next_at = models.DateTimeField(_("to be asked again from"))
    # One question at a time, whoever asks.
    leased_until = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(_("last asked"), null=True)
    robots = models.CharField(_("robots.txt"), max_length=10, choices=RobotsVerdict, blank=True)
    robots_text = models.TextField(blank=True)
    robots_until = models.DateTimeField(_("robots.txt good until"), null=True)

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        ordering = ["origin"]

    def __str__(self) -> str:
        return self.origin


class LinkQuerySet(models.QuerySet["Link"]):
    """Cited addresses, by reader."""

    def due(self, now: datetime) -> "LinkQuerySet":
        """To be asked by that moment; who waits longest comes first."""
        return self.filter(next_check_at__lte=now).order_by("next_check_at", "pk")

    def broken(self) -> "LinkQuerySet":
        """Gone, whatever it answers, or silent for too long."""
        return self.filter(
            Q(state__in=[LinkState.DEAD, LinkState.FRONT]) | Q(state=LinkState.FAILING, failures__gte=FAILURES_TO_SEE)
        )


class Link(models.Model):
    """One cited address, and whether it still answers."""

    url = models.URLField(_("address"), max_length=2000, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=LinkState, default=LinkState.NEW)
    next_check_at = models.DateTimeField(_("next check"), db_index=True)
    checked_at = models.DateTimeField(_("last checked"), null=True)
    alive_at = models.DateTimeField(_("last answered"), null=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    detail = models.CharField(_("in detail"), max_length=300, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("cited address")
        verbose_name_plural = _("cited addresses")
        ordering = ["url"]
        constraints = [
            is_one_of("link", "state", LinkState.values),
            models.CheckConstraint(
                name="link_answered_when_it_was_checked",
                condition=Q(alive_at__isnull=True) | Q(alive_at__lte=F("checked_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.url
