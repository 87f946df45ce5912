"""The words of subscriptions: on which channel somebody is told, how often, in which form, and where it stands."""

from datetime import timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """The way by which messages go out by themselves; feeds and calendars are fetched, and need no subscription."""

    MAIL = "mail", _("Mail")
    WEBHOOK = "webhook", _("Webhook")
    PUSH = "push", _("Message in the browser")
    ACCOUNT = "account", _("Posts of an account of this site")


class Shape(TextChoices):
    """What the receiver of a webhook understands."""

    STANDARD = "standard", _("Standard Webhooks: signed JSON for a program")
    SLACK = "slack", "Slack"
    DISCORD = "discord", "Discord"
    TEAMS = "teams", "Microsoft Teams"
    MATTERMOST = "mattermost", "Mattermost"
    MATRIX = "matrix", "Matrix"
    TELEGRAM = "telegram", "Telegram"
    NTFY = "ntfy", "ntfy"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"


# What only an operator can set up: it posts in the name of the site.
ACCOUNTS: Final = (Shape.MASTODON, Shape.BLUESKY)


class Extent(TextChoices):
    """How much a message to a program carries."""

    THIN = "thin", _("Thin: what changed and where to fetch it")
    FULL = "full", _("Full: with the whole entry of the log")


class Rhythm(TextChoices):
    """How often mail is sent."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week, on Monday")


class SubscriptionState(TextChoices):
    """Where a subscription stands. Nothing is sent but in `active`, and the question whether it is wanted."""

    PENDING = "pending", _("Not confirmed yet")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused by its owner")
    DISABLED = "disabled", _("Disabled: messages do not arrive")


# After the first failure, the second, and so on; the last one is repeated.
RETRIES: Final = tuple(
    timedelta(seconds=seconds) for seconds in (5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
# For how long a receiver may fail before it is left alone.
PATIENCE: Final = timedelta(days=3)
# For how long the secret before the newest still signs.
ROTATION: Final = timedelta(days=7)
# An unconfirmed subscription is forgotten after this, with its address.
UNCONFIRMED_FOR: Final = timedelta(days=7)
# One that is disabled is forgotten so long after it began to fail.
DISABLED_FOR: Final = timedelta(days=90)
# Deliveries are shown to the owner for this long.
DELIVERIES_FOR: Final = timedelta(days=30)
