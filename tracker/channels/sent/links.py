"""The addresses by which a subscriber manages a subscription: signed, so that no token has to be kept."""

from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from tracker.models import Subscription

_SIGNER: Final = Signer(salt="tracker.channels.subscription")


def token_of(subscription: Subscription) -> str:
    """What proves that somebody was given the address of this subscription."""
    return _SIGNER.signature(subscription.key)


def find(key: str, token: str) -> Subscription | None:
    """The subscription, for who proves to have been given its address."""
    try:
        _SIGNER.unsign(f"{key}:{token}")
    except BadSignature:
        return None
    return Subscription.objects.filter(key=key).first()


def manage_link(subscription: Subscription) -> str:
    """Where it is confirmed, looked at and changed: a page with buttons, since looking at an address does nothing."""
    return f"{settings.BASE_URL}{manage_path(subscription)}"


def manage_path(subscription: Subscription) -> str:
    """The same on this site."""
    return _path("subscription", subscription)


def stop_link(subscription: Subscription) -> str:
    """Where it is ended by one POST."""
    return f"{settings.BASE_URL}{_path('subscription-stop', subscription)}"


def _path(view: str, subscription: Subscription) -> str:
    return reverse(view, args=[subscription.key, token_of(subscription)])
