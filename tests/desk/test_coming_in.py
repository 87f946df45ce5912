"""Coming in: password, second factor, lock-out, and how long a session lasts."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.desk.conftest import LogIn, account
from tracker.actions import issue_token, network_of, recognise_token, revoke_token, write_audit_entry
from tracker.domain.vocabulary import AuditAction
from tracker.models import AuditEntry

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/?next=/admin/"
PASSWORD = "correct horse battery"  # noqa: S105


@pytest.fixture
def reviewer() -> User:
    user = account("reviewer")
    user.set_password(PASSWORD)
    user.save()
    return user


def enter(client: Client, user: User, password: str = PASSWORD) -> object:
    """Type name and password."""
    return client.post(LOGIN, {"username": user.username, "password": password})


def code(device: TOTPDevice) -> str:
    """What the phone shows now."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = timezone.now().timestamp()
    return f"{totp.token():06d}"


def audited() -> list[str]:
    """What the audit trail has, oldest first."""
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_first_log_in_leads_to_setting_up_the_second_factor(client: Client, reviewer: User) -> None:
    answer = client.post(LOGIN, {"username": reviewer.username, "password": PASSWORD}, follow=True)

    text = answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/admin/second-factor/?next=%2Fadmin%2F"
    assert "<svg" in text
    assert re.search(r'<code class="desk-secret">[A-Z2-7]{32}', text)


def test_code_of_the_moment_sets_the_factor_up_and_opens_the_desk(client: Client, reviewer: User) -> None:
    enter(client, reviewer)
    client.get("/admin/second-factor/")
    device = TOTPDevice.objects.get(user=reviewer)

    answer = client.post("/admin/second-factor/", {"token": code(device), "next": "/admin/tracker/event/add/"})

    device.refresh_from_db()
    assert (answer.headers["Location"], device.confirmed) == ("/admin/tracker/event/add/", True)
    assert client.get("/admin/tracker/event/add/").status_code == 200
    assert audited() == [AuditAction.LOGGED_IN, AuditAction.FACTOR_ADDED, AuditAction.FACTOR_PASSED]


def test_wrong_code_opens_nothing_and_is_kept_in_the_audit_trail(client: Client, reviewer: User) -> None:
    enter(client, reviewer)
    client.get("/admin/second-factor/")

    answer = client.post("/admin/second-factor/", {"token": "000000"})

    assert "not the code of this moment" in answer.content.decode()
    assert client.get("/admin/tracker/event/add/").status_code == 302
    assert audited()[-1] == AuditAction.FACTOR_FAILED


def test_secret_is_shown_to_nobody_once_it_is_confirmed(client: Client, reviewer: User) -> None:
    device = TOTPDevice.objects.create(user=reviewer, name="phone", confirmed=True)
    enter(client, reviewer)

    page = client.get("/admin/second-factor/").content.decode()

    assert "<svg" not in page.split("<main")[1].split("</main")[0]
    assert device.key not in page


def test_code_is_good_once(client: Client, reviewer: User) -> None:
    device = TOTPDevice.objects.create(user=reviewer, name="phone", confirmed=True)
    enter(client, reviewer)
    shown = code(device)
    client.post("/admin/second-factor/", {"token": shown})
    again = Client()
    enter(again, reviewer)

    answer = again.post("/admin/second-factor/", {"token": shown})

    assert "not the code of this moment" in answer.content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_second_factor_leads_nowhere_but_here(client: Client, reviewer: User, target: str) -> None:
    device = TOTPDevice.objects.create(user=reviewer, name="phone", confirmed=True)
    enter(client, reviewer)

    answer = client.post("/admin/second-factor/", {"token": code(device), "next": target})

    assert answer.headers["Location"] == "/admin/"


@pytest.mark.parametrize("token", ["", "12345", "abcdef", "1" * 5000, "١٢٣٤٥٦", "12 34 5x", "\x00"])
def test_code_that_is_none_is_refused(client: Client, reviewer: User, token: str) -> None:
    enter(client, reviewer)

    assert client.post("/admin/second-factor/", {"token": token}).status_code == 200


def test_visitor_without_a_role_is_not_asked_for_a_second_factor(client: Client) -> None:
    visitor = account("visitor")
    visitor.set_password(PASSWORD)
    visitor.save()

    answer = client.post(LOGIN, {"username": visitor.username, "password": PASSWORD})

    assert answer.headers["Location"] == "/admin/"


def test_six_wrong_passwords_lock_out_for_a_quarter_of_an_hour(client: Client, reviewer: User) -> None:
    for _ in range(6):
        enter(client, reviewer, "wrong")

    locked = client.post(LOGIN, {"username": reviewer.username, "password": PASSWORD})
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        later = client.post(LOGIN, {"username": reviewer.username, "password": PASSWORD})

    assert (locked.status_code, later.status_code) == (429, 302)
    assert "Too many wrong passwords" in locked.content.decode()
    assert AuditAction.LOCKED_OUT in audited()


def test_lock_out_of_one_name_leaves_the_others_alone(client: Client, reviewer: User) -> None:
    for _ in range(7):
        client.post(LOGIN, {"username": "somebody", "password": "wrong"})

    answer = client.post(LOGIN, {"username": reviewer.username, "password": PASSWORD})

    assert answer.status_code == 302


def test_name_that_no_account_has_is_not_kept(client: Client) -> None:
    client.post(LOGIN, {"username": "my secret password", "password": "x"})

    assert AuditEntry.objects.get().subject == "no such account"


def test_session_ends_after_two_idle_hours_and_after_twelve_in_any_case(log_in: LogIn) -> None:
    idle, busy = log_in("reviewer"), log_in("reviewer")
    start = timezone.now()
    idle.get("/admin/"), busy.get("/admin/")

    for hour in range(1, 12):
        with time_machine.travel(start + timedelta(hours=hour)):
            assert busy.get("/admin/").status_code == 200
    with time_machine.travel(start + timedelta(hours=3)):
        after_idling = idle.get("/admin/")
    with time_machine.travel(start + timedelta(hours=12, minutes=1)):
        after_half_a_day = busy.get("/admin/")

    assert (after_idling.status_code, after_half_a_day.status_code) == (302, 302)


def test_audit_trail_refuses_every_change_in_the_database() -> None:
    entry = write_audit_entry(AuditAction.EXPORTED, by=None)

    with pytest.raises(IntegrityError, match="never edited or deleted"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(subject="nothing")
    with pytest.raises(IntegrityError, match="never edited or deleted"), transaction.atomic():
        entry.delete()


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::7", "2001:db8:1::/48"), ("", ""), ("unix:", "")],
)
def test_audit_trail_keeps_the_network_and_not_the_address(address: str, network: str) -> None:
    assert network_of(address) == network


def test_audit_trail_keeps_that_a_token_was_made_used_and_revoked(reviewer: User) -> None:
    token, text = issue_token(owner=reviewer, name="a program")
    recognise_token(text)
    recognise_token(text)
    revoke_token(token.pk)

    assert audited() == [AuditAction.TOKEN_CHANGED, AuditAction.TOKEN_USED, AuditAction.TOKEN_CHANGED]
    assert not AuditEntry.objects.filter(subject__contains=text).exists()
