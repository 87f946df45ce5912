"""Mail that comes back ends a subscription where nobody is there or somebody complains, and for nothing else."""

import io
import mailbox
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from tests.channels.conftest import Subscribing, Time
from tests.channels.returned import answer, complaint, undelivered
from tests.facts import begin, consent, event, record_event
from tracker.channels.returned.bounces import take_mail
from tracker.channels.sent import links, subscriptions
from tracker.channels.sent.delivery import Deliverer
from tracker.channels.sent.subscriptions import Wish
from tracker.domain.subscribing import DISABLED_FOR, Channel
from tracker.models import Delivery, Subscription
from tracker.operations.jobs import read_returned_mail
from tracker.readmodel.log.filtering import LogFilter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record(settings: Any) -> None:
    """Four allies, Sweden's protocol, and an address to which mail comes back."""
    settings.BOUNCE_ADDRESS = "bounces@article10.example"
    begin()


@pytest.fixture
def sent(subscribe: Subscribing, deliverer: Deliverer) -> tuple[EmailMessage, str]:
    """A mail that a subscriber was sent, and where it comes back to."""
    subscribe(Channel.MAIL, "reader@example.org", query={"ally": "HUN"})
    record_event(consent(), by=None)
    deliverer.run()
    [message] = mail.outbox
    return message.message(), message.from_email


def state() -> str:
    """Where the one subscription stands."""
    return Subscription.objects.get().state


def test_a_reader_sees_who_writes_and_the_servers_write_to_the_address_of_return(sent: tuple[Any, str]) -> None:
    message, path = sent

    assert message["From"] == "Article 10 <news@localhost>"
    assert path.startswith("bounces+")
    assert path.endswith("@article10.example")
    assert len(path.partition("@")[0]) <= 64


@pytest.mark.parametrize("status", ["5.1.1", "5.1.10", "5.2.1"])
def test_an_address_where_nobody_is_gets_no_more_mail(sent: tuple[Any, str], time: Time, status: str) -> None:
    message, path = sent

    assert take_mail(undelivered(message, path, status=status), time()) == 1

    subscription = Subscription.objects.get()
    assert (subscription.state, subscription.last_error) == ("disabled", f"came back: {status}")


def test_an_address_in_other_letters_is_the_same(sent: tuple[Any, str], time: Time) -> None:
    message, path = sent

    take_mail(undelivered(message, path.upper(), status="5.1.1"), time())

    assert state() == "disabled"


def test_what_may_pass_ends_it_at_the_third_mail_that_comes_back(
    sent: tuple[Any, str], deliverer: Deliverer, time: Time
) -> None:
    for number in range(2):
        record_event(event(f"statement-{number}", "statement", "HUN", "2023-01-01"), by=None)
        deliverer.run()
    states = []
    for message in mail.outbox:
        report = undelivered(message.message(), message.from_email, status="5.2.2")
        take_mail(report, time())
        take_mail(report, time())
        states.append(state())

    assert states == ["active", "active", "disabled"]
    assert Delivery.objects.filter(arrived=False, detail="came back: 5.2.2").count() == 3


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_mail_that_only_waits_ends_nothing(sent: tuple[Any, str], time: Time, action: str) -> None:
    message, path = sent

    assert take_mail(undelivered(message, path, status="4.4.1", action=action), time()) == 0
    assert (state(), Delivery.objects.filter(arrived=False).count()) == ("active", 0)


def test_who_complains_is_left_alone_and_forgotten(sent: tuple[Any, str], time: Time) -> None:
    message, path = sent

    assert take_mail(complaint(message, path), time()) == 1
    assert not Subscription.objects.exists()


def test_a_complaint_that_hides_the_address_is_understood_by_its_way_to_stop(sent: tuple[Any, str], time: Time) -> None:
    message, _path = sent

    assert take_mail(complaint(message, "redacted@example.org"), time()) == 1
    assert not Subscription.objects.exists()


def test_praise_and_the_answer_of_somebody_on_holiday_end_nothing(sent: tuple[Any, str], time: Time) -> None:
    message, path = sent

    assert take_mail(complaint(message, path, kind="not-spam"), time()) == 0
    assert take_mail(answer(path), time()) == 0
    assert state() == "active"


def test_whoever_invents_a_report_ends_nothing(sent: tuple[Any, str], time: Time) -> None:
    message, path = sent
    del message["List-Unsubscribe"]
    name, _at, host = path.partition("@")
    forged = f"{name[:-1]}{'0' if name[-1] != '0' else '1'}@{host}"

    for report in (undelivered(message, forged, status="5.1.1"), complaint(message, forged)):
        assert take_mail(report, time()) == 0
    assert state() == "active"


def test_a_question_that_comes_back_is_forgotten_with_its_address(time: Time) -> None:
    subscriptions.begin_mail(Wish(Channel.MAIL, "nobody@example.org", LogFilter()), time())
    [question] = mail.outbox

    take_mail(undelivered(question.message(), question.from_email, status="5.7.1"), time())

    assert not Subscription.objects.exists()


def test_a_complaint_of_the_owner_of_a_webhook_stops_the_mail_and_not_the_webhook(
    subscribe: Subscribing, time: Time
) -> None:
    hook = subscribe(Channel.WEBHOOK, "https://example.org/hook", contact="owner@example.org")
    message = EmailMessage()
    message["List-Unsubscribe"] = f"<{links.stop_link(hook)}>"

    take_mail(complaint(message, "news@localhost"), time())

    hook.refresh_from_db()
    assert (hook.contact, hook.state) == ("", "active")


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"Content-Type: multipart/report; boundary=x\n\n--x\n\xff"])
def test_what_is_no_mail_is_no_report(raw: bytes, time: Time) -> None:
    assert take_mail(raw, time()) == 0


def test_the_folder_is_read_and_left_empty(sent: tuple[Any, str], settings: Any, tmp_path: Path) -> None:
    message, path = sent
    folder = mailbox.Maildir(tmp_path / "returned")
    for raw in (undelivered(message, path, status="5.1.1"), answer(path)):
        folder.add(raw)
    settings.BOUNCE_MAILDIR = str(tmp_path / "returned")

    taken = [read_returned_mail(), read_returned_mail()]

    assert (taken, state(), len(folder)) == ([2, 0], "disabled", 0)


def test_without_a_folder_none_is_read() -> None:
    assert read_returned_mail() == 0


def test_a_mail_server_hands_over_a_mail(
    sent: tuple[Any, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    message, path = sent
    raw = io.TextIOWrapper(io.BytesIO(undelivered(message, path, status="5.1.1")))
    monkeypatch.setattr(sys, "stdin", raw)

    call_command("take_mail")

    assert (state(), capsys.readouterr().out.strip()) == ("disabled", "1")


def test_what_was_disabled_is_forgotten_after_three_months(sent: tuple[Any, str], time: Time) -> None:
    message, path = sent
    take_mail(undelivered(message, path, status="5.1.1"), time())
    time.now += DISABLED_FOR
    subscriptions.prune(time())
    kept = Subscription.objects.count()
    time.passes(seconds=1)

    subscriptions.prune(time())

    assert (kept, Subscription.objects.count()) == (1, 0)
