"""Mail by a service instead of a mail server, and what the service tells of it (django-anymail)."""

import base64
import json
from typing import Any

import pytest
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.core import mail
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.test import RequestFactory

from tests.channels.conftest import Subscribing
from tests.facts import begin, consent, record_event
from tests.project.test_settings import show
from tracker.channels.returned import service
from tracker.channels.sent.delivery import Deliverer
from tracker.domain.subscribing import Channel
from tracker.models import Delivery, Subscription


@pytest.fixture
def sent(subscribe: Subscribing, deliverer: Deliverer, settings: Any) -> dict[str, Any]:
    """A mail to a subscriber, as a service was given it."""
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    settings.ANYMAIL = {"WEBHOOK_SECRET": "somebody:something"}
    begin()
    subscribe(Channel.MAIL, "reader@example.org", query={"ally": "HUN"})
    record_event(consent(), by=None)
    deliverer.run()
    [message] = mail.outbox
    given: dict[str, Any] = vars(message)["anymail_test_params"]
    return given


def tell(sent: dict[str, Any], secret: str = "somebody:something", **told: Any) -> HttpResponse:  # noqa: S107
    """What the site answers to Postmark, which tells this of the mail."""
    assert service.take_event is not None
    report = {"MessageID": "1", "Email": "reader@example.org", "Metadata": sent["metadata"], **told}
    proof = base64.b64encode(secret.encode()).decode()
    request = RequestFactory().post(
        "/anymail/postmark/tracking/",
        json.dumps(report),
        content_type="application/json",
        headers={"authorization": f"Basic {proof}"},
    )
    answer: HttpResponse = PostmarkTrackingWebhookView.as_view()(request)
    return answer


def bounce(description: str) -> dict[str, str]:
    """A mail that came back, with what the reader's server said."""
    return {"RecordType": "Bounce", "Type": "HardBounce", "BouncedAt": "2031-03-04T09:00:00Z", "Details": description}


@pytest.mark.django_db
def test_a_service_is_given_the_mail_with_what_names_the_subscription_and_no_more(sent: dict[str, Any]) -> None:
    assert set(sent["metadata"]) == {"subscription", "name"}
    assert sent["metadata"]["subscription"] == Subscription.objects.get().key
    assert sent["extra_headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.django_db
def test_nobody_at_the_address_ends_it_at_once(sent: dict[str, Any]) -> None:
    assert tell(sent, **bounce("smtp;550 5.1.1 no such user")).status_code == 200

    assert Subscription.objects.get().state == "disabled"
    assert Delivery.objects.filter(arrived=False).get().detail == "came back: 5.1.1"


@pytest.mark.django_db
def test_a_full_mailbox_is_noted_once_however_often_it_is_told(sent: dict[str, Any]) -> None:
    for _time in range(3):
        tell(sent, **bounce("smtp;552 5.2.2 mailbox full"))

    assert Subscription.objects.get().state == "active"
    assert Delivery.objects.filter(arrived=False).count() == 1


@pytest.mark.django_db
def test_a_complaint_forgets_the_address(sent: dict[str, Any]) -> None:
    tell(sent, RecordType="SpamComplaint", Type="SpamComplaint", BouncedAt="2031-03-04T09:00:00Z")

    assert not Subscription.objects.exists()


@pytest.mark.django_db
def test_who_does_not_know_the_secret_changes_nothing(sent: dict[str, Any]) -> None:
    with pytest.raises(SuspiciousOperation):
        tell(sent, "somebody:else", **bounce("smtp;550 5.1.1"))

    assert Subscription.objects.get().state == "active"


@pytest.mark.slow
def test_the_service_is_named_by_one_variable_and_its_settings_by_another() -> None:
    given = {"SECRET_KEY": "k", "MAIL_SERVICE": "postmark", "MAIL_SERVICE_SETTINGS": "POSTMARK_SERVER_TOKEN=a-b"}
    wanted = "settings.EMAIL_BACKEND, settings.ANYMAIL['POSTMARK_SERVER_TOKEN'], 'anymail' in settings.INSTALLED_APPS"

    assert show(wanted, **given) == "anymail.backends.postmark.EmailBackend a-b True"
    assert show("'anymail' in settings.INSTALLED_APPS", SECRET_KEY="k") == "False"  # noqa: S106
