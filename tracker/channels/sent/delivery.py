"""Telling subscribers: claimed one by one, each in order, at least once, and none held up by another.

The log is the queue. A message that was sent and not noted, because the worker was killed in between, is sent again
under the same name; a program drops a name that it has had, and a mail with the same Message-ID is the same mail.
"""

import logging
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone, translation

from tracker.channels.items import Item
from tracker.channels.sent import accounts, mail, push
from tracker.channels.sent.chat import post_of, text_of
from tracker.channels.sent.claims import Claims
from tracker.channels.sent.fan_out import fan_out, read_query
from tracker.channels.sent.hub import tell_hub
from tracker.channels.sent.outbound import Answer, Sender
from tracker.channels.sent.reading import Reading
from tracker.channels.sent.undelivered import came_back, is_nobody, status_in
from tracker.channels.sent.webhooks import encode, message_id, message_of, sign
from tracker.domain.subscribing import PATIENCE, RETRIES, Channel, Extent, Shape, SubscriptionState
from tracker.fetch.politeness import retry_moment
from tracker.models import Delivery, Subscription
from tracker.models.subscriptions import SubscriptionQuerySet

logger = logging.getLogger(__name__)

# Longer than a subscriber can wait for its thread, and then have its turn.
LEASE: Final = timedelta(minutes=5)
# Messages in one turn; whoever has more waits for the next, so that a long backlog holds up nobody.
_TURN: Final = 20
_MAIL_TURN: Final = 500
# Seconds after which a turn gives way to those of others, so that receivers that are slow do not take all threads.
_TURN_SECONDS: Final = 20
# So many receivers are waited for at once.
_THREADS: Final = 8
# The wait after a failure is drawn from around its length, so that receivers of one host do not come back together.
_JITTER: Final = 0.2


@dataclass(frozen=True)
class Deliverer:
    """Tells whoever is due. `now` and `sender` are given, so that a test decides what time it is and who answers."""

    sender: Sender = field(default_factory=Sender)
    now: Callable[[], datetime] = timezone.now
    threads: int = _THREADS
    lease: timedelta = LEASE
    reading: Reading = field(default_factory=Reading)

    def run(self) -> int:
        """Tell those who are due, for a minute or so; how many turns were taken.

        Safe to run late, twice or several at a time.
        """
        fan_out(self.now())
        tell_hub(self.sender, self.now())
        claims = Claims(self.now, self.lease)
        if self.threads == 1:
            self._tell_whom(claims)
            return claims.taken
        with ThreadPoolExecutor(self.threads) as pool:
            for thread in [pool.submit(self._tell_in_thread, claims) for _ in range(self.threads)]:
                thread.result()
        return claims.taken

    def _tell_in_thread(self, claims: Claims) -> None:
        try:
            self._tell_whom(claims)
        finally:
            connection.close()

    def _tell_whom(self, claims: Claims) -> None:
        """One turn after another, until nobody is due: a receiver that is slow holds up one thread and no more."""
        while subscription := claims.take():
            self._tell(subscription)

    def _tell(self, subscription: Subscription) -> None:
        """One turn of one subscriber. One that cannot be told holds up no other."""
        try:
            with translation.override(subscription.language):
                _TURNS[Channel(subscription.channel)](self, subscription)
        except Exception:
            logger.exception("Subscription %s could not be told", subscription)
            self._fail(subscription, "this site failed to write the message")

    def _mail(self, subscription: Subscription) -> None:
        items = self._items(subscription, _MAIL_TURN)
        if not items:
            self._nothing_left(subscription)
            return
        try:
            mail.send_news(subscription, items)
        except SMTPRecipientsRefused as refusal:
            self._refused(subscription, items[-1].position, refusal)
            return
        except OSError as error:
            # The mail server is away; what smtplib raises is an OSError as well.
            self._fail(subscription, f"mail: {type(error).__name__}")
            return
        self._arrived(subscription, items[-1].position, "sent", ends=True)

    def _refused(self, subscription: Subscription, position: int, refusal: SMTPRecipientsRefused) -> None:
        """The server took no mail for the address: nobody is there, or it is to be tried again later."""
        [(code, words), *_rest] = refusal.recipients.values()
        # Servers quote the address, which is kept in no second place.
        answer = f"{code} {words.decode(errors='replace')}".replace(subscription.address, "…")
        status = status_in(answer)
        if is_nobody(status):
            came_back(subscription.key, position, status, self.now())
        else:
            self._fail(subscription, f"mail: {answer}")

    def _post_all(self, subscription: Subscription) -> None:
        items = self._items(subscription, _TURN)
        if not items:
            self._nothing_left(subscription)
            return
        ends_by = time.monotonic() + _TURN_SECONDS
        for item in items:
            answer = self._post(subscription, item)
            if not answer.arrived:
                self._fail(subscription, answer.detail, item.position, answer)
                return
            ends = item is items[-1] or time.monotonic() > ends_by
            if not self._arrived(subscription, item.position, answer.detail, ends=ends) or ends:
                # The lease ran out and somebody else has taken over, or it is the turn of others.
                return

    def _post(self, subscription: Subscription, item: Item) -> Answer:
        if subscription.channel == Channel.PUSH:
            body = push.encrypt(push.message_of(item), subscription.push_keys)
            return self.sender.post(subscription.address, body, push.headers_for(subscription.address, self.now()))
        if subscription.channel == Channel.ACCOUNT:
            return accounts.post(subscription, item, self.sender, self.now())
        if subscription.shape != Shape.STANDARD:
            post = post_of(Shape(subscription.shape), subscription.address, text_of(item))
            return self.sender.post(post.url, post.body, {"content-type": "application/json"})
        body = encode(message_of(item, Extent(subscription.extent)))
        headers = sign(subscription, message_id(subscription, item.position), body, self.now())
        return self.sender.post(subscription.address, body, headers)

    def _items(self, subscription: Subscription, most: int) -> list[Item]:
        """What concerns the subscriber and has not arrived, oldest first."""
        until = subscription.again_to or subscription.told_to
        return self.reading.items(read_query(subscription.query), subscription.position, until, most)

    def _arrived(self, subscription: Subscription, position: int, detail: str, *, ends: bool) -> bool:
        """Note that it arrived, and whether the turn ends with it; whether it was still ours."""
        now = self.now()
        columns: dict[str, Any] = {"position": position, "attempts": 0, "failing_since": None, "last_error": ""}
        if ends:
            # Who has more waiting goes to the end of the queue.
            columns |= {"leased_until": None, "next_at": now}
        with transaction.atomic():
            Delivery.objects.create(
                subscription=subscription, position=position, attempted_at=now, arrived=True, detail=detail[:200]
            )
            return bool(_still_ours(subscription).update(**columns))

    def _nothing_left(self, subscription: Subscription) -> None:
        """A stretch that was sent again is at its end, or the filter has changed since: go on behind it."""
        position = subscription.told_to if subscription.go_on_from is None else subscription.go_on_from
        _still_ours(subscription).update(position=position, again_to=None, go_on_from=None, leased_until=None)

    def _fail(
        self, subscription: Subscription, detail: str, position: int | None = None, answer: Answer | None = None
    ) -> None:
        """Try again later, or give up on who has failed for days, or says to be gone."""
        now = self.now()
        if position is not None:
            # What a receiver says is shown to its owner, and is put into no mail.
            said = f"{detail}: {answer.words}" if answer and answer.words else detail
            Delivery.objects.create(
                subscription=subscription, position=position, attempted_at=now, arrived=False, detail=said[:200]
            )
        since = subscription.failing_since or now
        gone = answer is not None and (answer.is_gone or (subscription.channel == Channel.PUSH and answer.is_unknown))
        columns = {"failing_since": since, "last_error": detail[:200], "leased_until": None}
        if gone or now - since >= PATIENCE:
            given_up = _still_ours(subscription).update(state=SubscriptionState.DISABLED, **columns)
            if given_up:
                subscription.last_error = detail[:200]
                _tell_owner(subscription)
            return
        asked = retry_moment(answer.retry_after, now) if answer else None
        wait = max(_wait(subscription.attempts), (asked or now) - now)
        _still_ours(subscription).update(attempts=subscription.attempts + 1, next_at=now + wait, **columns)


def _tell_owner(subscription: Subscription) -> None:
    try:
        mail.send_disabled(subscription)
    except OSError as error:
        # The state on the page of the subscription says the same.
        logger.warning("The owner of %s could not be told: %s", subscription, type(error).__name__)


def _still_ours(subscription: Subscription) -> SubscriptionQuerySet:
    return Subscription.objects.filter(pk=subscription.pk, leased_until=subscription.leased_until)


def _wait(attempts: int) -> timedelta:
    length = RETRIES[min(attempts, len(RETRIES) - 1)]
    # Not security relevant: it only spreads the load.
    return length * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311


_TURNS: Final[dict[Channel, Callable[[Deliverer, Subscription], None]]] = {
    Channel.MAIL: lambda deliverer, subscription: deliverer._mail(subscription),
    Channel.WEBHOOK: lambda deliverer, subscription: deliverer._post_all(subscription),
    Channel.PUSH: lambda deliverer, subscription: deliverer._post_all(subscription),
    Channel.ACCOUNT: lambda deliverer, subscription: deliverer._post_all(subscription),
}
