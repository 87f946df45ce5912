"""What an operator sees of the channels."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from tests.channels.conftest import Subscribing, Time
from tests.facts import begin, consent, record_event
from tracker.channels.lag import lags
from tracker.channels.sent.fan_out import fan_out
from tracker.domain.subscribing import Channel
from tracker.models import Subscription

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record() -> None:
    """Four allies and Sweden's protocol."""
    begin()


def test_who_waits_is_counted_from_when_it_could_be_told(subscribe: Subscribing, time: Time) -> None:
    subscribe(Channel.WEBHOOK, "https://example.org/")
    subscribe(Channel.MAIL, "reader@example.org", query={"accession": "FIN"})
    record_event(consent())
    fan_out(time())
    began = time()
    time.passes(minutes=16)

    by_channel = {one.channel: one for one in lags(time())}

    webhook, mail = by_channel[Channel.WEBHOOK], by_channel[Channel.MAIL]
    assert (webhook.active, webhook.waiting, webhook.waiting_since) == (1, 1, began)
    assert (mail.active, mail.waiting, mail.waiting_since) == (1, 0, None)
    assert (webhook.is_late(time()), webhook.is_late(began + timedelta(minutes=15))) == (True, False)


def test_a_receiver_that_fails_is_no_fault_of_ours(subscribe: Subscribing, time: Time) -> None:
    subscribe(Channel.WEBHOOK, "https://example.org/")
    record_event(consent())
    fan_out(time())
    Subscription.objects.update(failing_since=time())
    time.passes(hours=2)

    [webhook] = [one for one in lags(time()) if one.channel is Channel.WEBHOOK]

    assert (webhook.failing, webhook.is_late(time())) == (1, False)


def test_an_operator_pauses_and_opens_a_channel(time: Time) -> None:
    call_command("switch_channel", "mail", "pause", verbosity=0)
    paused = {one.channel: one.is_paused for one in lags(time())}
    call_command("switch_channel", "mail", "open", verbosity=0)

    assert paused[Channel.MAIL]
    assert not any(one.is_paused for one in lags(time()))


def test_status_and_metrics_show_the_channels_and_no_address(client: Client, subscribe: Subscribing) -> None:
    subscribe(Channel.MAIL, "reader@example.org")

    status, metrics = (client.get(path).content.decode() for path in ("/status/", "/metrics/"))

    assert 'article10_subscribers_active{channel="mail"} 1' in metrics
    assert 'article10_channel_amber{channel="mail"} 0' in metrics
    assert "reader@example.org" not in status + metrics
