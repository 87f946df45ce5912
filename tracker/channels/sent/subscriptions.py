"""What a subscriber does: ask to be told, confirm, change, pause, have sent again, stop. One function each."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from tracker.channels.sent import mail
from tracker.channels.sent.chat import Text, post_of
from tracker.channels.sent.fan_out import next_digest
from tracker.channels.sent.links import manage_link
from tracker.channels.sent.outbound import Answer, Sender
from tracker.channels.sent.push import Browser
from tracker.channels.sent.webhooks import TEST_TYPE, VERIFY_TYPE, encode, new_secret, sign
from tracker.domain.exceptions import TrackerError
from tracker.domain.subscribing import (
    DELIVERIES_FOR,
    DISABLED_FOR,
    ROTATION,
    UNCONFIRMED_FOR,
    Channel,
    Extent,
    Rhythm,
    Shape,
    SubscriptionState,
)
from tracker.models import Delivery, LogHead, Subscription
from tracker.readmodel.fold import write_moment
from tracker.readmodel.log.filtering import LogFilter

_CODE_DIGITS: Final = 8


class NotConfirmed(TrackerError):
    """The receiver was not shown to belong to who asked."""

    field = "code"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for."""

    channel: Channel
    address: str
    wanted: LogFilter
    language: str = "en"
    rhythm: Rhythm = Rhythm.AT_ONCE
    time_zone: str = "UTC"
    shape: Shape = Shape.STANDARD
    extent: Extent = Extent.THIN
    contact: str = ""


def ask(wish: Wish, now: datetime) -> Subscription:
    """Begin a subscription: nothing is sent but the question whether it is wanted.

    Asking twice by mail for the same leads to the one that is there: its links are only ever mailed. A webhook's are
    shown to who asks, so each gets a subscription of its own.
    """
    subscription = _asked_before(wish) or Subscription(key=secrets.token_hex(12), created_at=now, next_at=now)
    if subscription.state == SubscriptionState.ACTIVE:
        # Whoever asks may be somebody else: what is confirmed is not changed by asking.
        return subscription
    for name in ("channel", "address", "language", "rhythm", "time_zone", "shape", "extent", "contact"):
        setattr(subscription, name, getattr(wish, name))
    subscription.query = wish.wanted.query
    if subscription.channel == Channel.WEBHOOK and not subscription.secret:
        subscription.secret = new_secret()
    subscription.save()
    return subscription


def _asked_before(wish: Wish) -> Subscription | None:
    if wish.channel is not Channel.MAIL:
        return None
    return Subscription.objects.filter(channel=wish.channel, address=wish.address, query=wish.wanted.query).first()


def send_code(subscription: Subscription, sender: Sender, now: datetime) -> Answer:
    """Send the receiver of a webhook the code by which its owner shows that the messages arrive there."""
    code = code_of(subscription)
    return _send(subscription, sender, VERIFY_TYPE, {"challenge": code}, f"Article 10: {code}", now)


def code_of(subscription: Subscription) -> str:
    """The code of this receiver; only who reads what arrives there can know it."""
    digest = salted_hmac("tracker.channels.code", subscription.key, algorithm="sha256").digest()
    number = int.from_bytes(digest, "big") % 10**_CODE_DIGITS
    return f"{number:0{_CODE_DIGITS}d}"


def confirm(subscription: Subscription, now: datetime, code: str = "") -> None:
    """Begin to tell, from the next entry of the log on. Raises `NotConfirmed` for a wrong code of a webhook."""
    if subscription.channel == Channel.WEBHOOK and not secrets.compare_digest(code, code_of(subscription)):
        raise NotConfirmed("This is not the code that was sent to the address.")
    with transaction.atomic():
        head = LogHead.objects.select_for_update().filter(pk=1).values_list("position", flat=True).first() or 0
        Subscription.objects.filter(pk=subscription.pk, state=SubscriptionState.PENDING).update(
            state=SubscriptionState.ACTIVE,
            confirmed_at=now,
            position=head,
            told_to=head,
            next_at=next_digest(Rhythm(subscription.rhythm), subscription.time_zone, now),
        )


def pause(subscription: Subscription) -> None:
    """Send nothing for the time being; what waits is sent later."""
    Subscription.objects.filter(pk=subscription.pk, state=SubscriptionState.ACTIVE).update(
        state=SubscriptionState.PAUSED
    )


def resume(subscription: Subscription, now: datetime) -> None:
    """Go on where it stopped, also after it was disabled: everything since then concerns it until it is looked at."""
    head = LogHead.objects.values_list("position", flat=True).first() or 0
    idle = Q(state=SubscriptionState.PAUSED) | Q(state=SubscriptionState.DISABLED)
    Subscription.objects.filter(idle, pk=subscription.pk).update(
        state=SubscriptionState.ACTIVE,
        told_to=head,
        next_at=now,
        attempts=0,
        failing_since=None,
        last_error="",
        leased_until=None,
    )


def send_again(subscription: Subscription, after: int, until: int | None, now: datetime) -> None:
    """Send what lies after that position once more, under the same names as before: all of it, or until another.

    What is new waits until the stretch is told, so that positions rise but for the one step back.
    """
    head = LogHead.objects.values_list("position", flat=True).first() or 0
    reached = subscription.position if subscription.go_on_from is None else subscription.go_on_from
    is_stretch = until is not None and after < until < reached
    Subscription.objects.filter(pk=subscription.pk).exclude(state=SubscriptionState.PENDING).update(
        position=max(0, min(after, head)),
        told_to=head,
        again_to=until if is_stretch else None,
        go_on_from=reached if is_stretch else None,
        next_at=now,
        leased_until=None,
    )


def change(subscription: Subscription, wanted: LogFilter, rhythm: Rhythm, language: str, time_zone: str) -> None:
    """Be told of something else, or at other times, from the next entry on."""
    Subscription.objects.filter(pk=subscription.pk).update(
        query=wanted.query, rhythm=rhythm, language=language, time_zone=time_zone
    )


def rotate(subscription: Subscription, now: datetime) -> str:
    """A new secret, shown this once; the one before signs as well for a week."""
    secret = new_secret()
    Subscription.objects.filter(pk=subscription.pk).update(secret=secret, secret_before=F("secret"), rotated_at=now)
    return secret


def send_test(subscription: Subscription, sender: Sender, now: datetime) -> Answer:
    """Send a message that tells of nothing, and say what came of it."""
    return _send(subscription, sender, TEST_TYPE, {}, "Article 10: test", now)


def _send(
    subscription: Subscription, sender: Sender, type_: str, data: dict[str, str], title: str, now: datetime
) -> Answer:
    """Send what tells of no entry: signed for a program, as a line for a chat, both with the way to manage."""
    manage = manage_link(subscription)
    if subscription.shape != Shape.STANDARD:
        post = post_of(Shape(subscription.shape), subscription.address, Text(title, "", manage))
        return sender.post(post.url, post.body, {"content-type": "application/json"})
    body = encode({"type": type_, "timestamp": write_moment(now), "data": {**data, "manage": manage}})
    name = f"msg_{subscription.key}_{type_.rpartition('.')[2]}_{secrets.token_hex(4)}"
    return sender.post(subscription.address, body, sign(subscription, name, body, now))


def stop(subscription: Subscription) -> None:
    """End it and forget the address, with everything that was kept of its messages."""
    Subscription.objects.filter(pk=subscription.pk).delete()


def leave_alone(subscription: Subscription) -> None:
    """Write no more mail, whatever is told on another channel."""
    if subscription.channel == Channel.MAIL:
        stop(subscription)
    else:
        Subscription.objects.filter(pk=subscription.pk).update(contact="")


def disable(subscription: Subscription, because: str, now: datetime) -> None:
    """Send nothing more, because it does not arrive; who has the link may open it again where it stopped."""
    Subscription.objects.filter(pk=subscription.pk).update(
        state=SubscriptionState.DISABLED, last_error=because[:200], failing_since=now, leased_until=None
    )


def begin_push(browser: Browser, wanted: LogFilter, language: str, now: datetime) -> Subscription:
    """Tell a browser, from the next entry on: that it asked is shown by the permission its reader gave it."""
    Subscription.objects.filter(channel=Channel.PUSH, address=browser.endpoint).delete()
    return _begin(Wish(Channel.PUSH, browser.endpoint, wanted, language), now, push_keys=browser.keys)


def begin_account(wish: Wish, proof: str, now: datetime) -> Subscription:
    """Post on an account of the site from the next entry on; an operator asks, who holds the proof that it is ours."""
    before = {"channel": wish.channel, "shape": wish.shape, "address": wish.address, "language": wish.language}
    Subscription.objects.filter(**before).delete()
    return _begin(wish, now, secret=proof)


def _begin(wish: Wish, now: datetime, **more: str) -> Subscription:
    """A subscription that nobody has to confirm."""
    head = LogHead.objects.values_list("position", flat=True).first() or 0
    return Subscription.objects.create(
        **more,
        key=secrets.token_hex(12),
        channel=wish.channel,
        shape=wish.shape,
        address=wish.address,
        query=wish.wanted.query,
        language=wish.language,
        state=SubscriptionState.ACTIVE,
        position=head,
        told_to=head,
        next_at=now,
        created_at=now,
        confirmed_at=now,
    )


def begin_mail(wish: Wish, now: datetime) -> None:
    """Ask by mail whether mail is wanted. Who is told already is sent the way to manage it, and nobody learns which."""
    mail.send_question(ask(wish, now))


def prune(now: datetime) -> int:
    """Forget who never confirmed or is out of reach, old attempts, and secrets that sign no more; how many rows."""
    unconfirmed = Q(state=SubscriptionState.PENDING, created_at__lt=now - UNCONFIRMED_FOR)
    out_of_reach = Q(state=SubscriptionState.DISABLED, failing_since__lt=now - DISABLED_FOR)
    forgotten, _by_model = Subscription.objects.filter(unconfirmed | out_of_reach).delete()
    forgotten += Delivery.objects.filter(attempted_at__lt=now - DELIVERIES_FOR).delete()[0]
    Subscription.objects.filter(rotated_at__lt=now - ROTATION).update(secret_before="", rotated_at=None)
    return forgotten
