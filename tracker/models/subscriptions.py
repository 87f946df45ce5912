"""Who is told of the log, on which channel, and how far: a cursor each, since the log itself is the queue."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.domain.subscribing import Channel, Extent, Rhythm, Shape, SubscriptionState
from tracker.models.fields import is_one_of


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Subscriptions, by reader."""

    def active(self) -> Self:
        """Those that messages go out to."""
        return self.filter(state=SubscriptionState.ACTIVE)

    def waiting(self) -> Self:
        """Those that something in the log concerns, and that have not been told of it."""
        return self.active().filter(told_to__gt=F("position"))

    def due(self, now: datetime) -> Self:
        """Those that may be told now, by whoever claims them; the longest waiting first."""
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
        paused = ChannelSwitch.objects.filter(is_paused=True).values("channel")
        return self.waiting().filter(free, next_at__lte=now).exclude(channel__in=paused).order_by("next_at", "pk")


class Subscription(models.Model):
    """Somebody who wants to be told. Written by `tracker.channels` and by nothing else.

    `position` is the last entry that arrived; `told_to` the last one that concerns it, so that whoever nothing
    concerns costs nothing. The address is kept here and nowhere else, and goes when the row goes.
    """

    key = models.CharField(_("key"), max_length=32, unique=True, editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    address = models.CharField(_("address"), max_length=2048)
    # Whom to write to when a webhook is disabled; for mail the address itself.
    contact = models.EmailField(_("contact"), blank=True)
    shape = models.CharField(_("form"), max_length=12, choices=Shape, default=Shape.STANDARD)
    extent = models.CharField(_("extent"), max_length=4, choices=Extent, default=Extent.THIN)
    query = models.TextField(_("filter"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm, default=Rhythm.AT_ONCE)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    state = models.CharField(_("state"), max_length=8, choices=SubscriptionState, default=SubscriptionState.PENDING)
    position = models.BigIntegerField(_("told up to"), default=0, editable=False)
    told_to = models.BigIntegerField(_("concerned up to"), default=0, editable=False)
    # While a stretch of the log is sent again: where it ends, and where to go on afterwards.
    again_to = models.BigIntegerField(null=True, editable=False)
    go_on_from = models.BigIntegerField(null=True, editable=False)
    next_at = models.DateTimeField(_("next message from"), editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    last_error = models.CharField(_("last fault"), max_length=200, blank=True, editable=False)
    # What signs a webhook; for an account, what proves to its server that it is ours.
    secret = models.CharField(max_length=200, blank=True, editable=False)
    # By which only one browser can read what is sent to it.
    push_keys = models.CharField(max_length=160, blank=True, editable=False)
    secret_before = models.CharField(max_length=80, blank=True, editable=False)
    rotated_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("created"), editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="subscription_waiting",
                condition=Q(state=SubscriptionState.ACTIVE, told_to__gt=F("position")),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="subscription_active_is_confirmed",
                condition=Q(state=SubscriptionState.PENDING) | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="subscription_webhook_has_a_secret", condition=~Q(channel=Channel.WEBHOOK) | ~Q(secret="")
            ),
            models.CheckConstraint(
                name="subscription_push_has_keys", condition=~Q(channel=Channel.PUSH) | ~Q(push_keys="")
            ),
            is_one_of("subscription", "channel", Channel.values),
            is_one_of("subscription", "state", SubscriptionState.values),
        ]

    def __str__(self) -> str:
        # Not the address: this text ends up in logs.
        return f"{self.channel} {self.key[:8]}"


class Delivery(models.Model):
    """One attempt to tell one subscriber of one entry, as its owner sees it. Kept for a month."""

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="deliveries"
    )  # an erased subscriber leaves nothing behind
    position = models.BigIntegerField(_("entry"))
    attempted_at = models.DateTimeField(_("attempted"), db_index=True)
    arrived = models.BooleanField(_("arrived"))
    detail = models.CharField(_("what came back"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-attempted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.position} {self.detail}"


class ChannelSwitch(models.Model):
    """Whether an operator has paused a channel; what waits goes out when it is opened again."""

    channel = models.CharField(_("channel"), max_length=8, choices=Channel, primary_key=True)
    is_paused = models.BooleanField(_("paused"), default=False)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")

    def __str__(self) -> str:
        return str(Channel(self.channel).label)


class FanOut(models.Model):
    """The one row that says up to which entry of the log it is known whom each concerns."""

    position = models.BigIntegerField(default=0)
    # Up to which entry the hub of the feeds was told, and when it may be asked again after it failed.
    hub_told_to = models.BigIntegerField(default=0)
    hub_next_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="fan_out_is_alone", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.position)
