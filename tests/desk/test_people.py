"""People and locks: what an operator wants of an account waits, and everybody keeps their own way in."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.desk.conftest import Browser, account, verify
from tests.desk.test_coming_in import code
from tracker.desk.people.factors import make_codes
from tracker.desk.people.wishes import choose_password
from tracker.domain.vocabulary import AccountWish, AuditAction, WishState
from tracker.models import Account, AccountChange, AuditEntry

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"
PASSWORD = "correct horse battery"  # noqa: S105
NEW = "another long sentence"


def known(name: str, *roles: str, email: str = "") -> User:
    """Somebody with a password, and these roles."""
    user = User.objects.create_user(name, email=email, password=PASSWORD)
    user.groups.set(account(role).groups.get() for role in roles)
    return user


def come_in(user: User, password: str = PASSWORD) -> Client:
    """The browser of somebody who has logged in by hand, second factor and all."""
    client = Browser()
    client.post(LOGIN, {"username": user.username, "password": password})
    verify(client, user)
    return client


def operator(name: str) -> Client:
    return come_in(known(name, "operator"))


def change(client: Client, person: User, *roles: str) -> Any:
    """The roles of a person, as an operator types them."""
    groups = [str(account(role).groups.get().pk) for role in roles]
    fields = {"username": person.username, "is_active": "on", "groups": groups}
    return client.post(f"/admin/auth/user/{person.pk}/change/", fields)


def decide(client: Client, wish: AccountChange, **how: str) -> int:
    """What is answered to doing it, or refusing."""
    return client.post(f"/admin/accounts/{wish.pk}/decide/", how or {"do": ""}).status_code


def test_role_that_an_operator_gives_waits_for_a_second_operator() -> None:
    person, first, second = known("p", "contributor"), operator("one"), operator("two")

    change(first, person, "contributor", "reviewer")
    wish = AccountChange.objects.get()
    alone = decide(first, wish)
    together = decide(second, wish)

    assert (wish.wish, wish.detail) == (AccountWish.ROLES, {"roles": ["reviewer"]})
    assert (alone, together) == (403, 302)
    assert set(person.groups.values_list("name", flat=True)) == {"contributor", "reviewer"}
    assert AuditEntry.objects.filter(action=AuditAction.ACCOUNT_CHANGED, by__username="two").exists()


def test_operator_who_is_alone_waits_a_day() -> None:
    person, first = known("p", "contributor"), operator("one")
    change(first, person, "contributor", "reviewer")
    wish = AccountChange.objects.get()

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        late = decide(come_in(User.objects.get(username="one")), wish)

    assert late == 302
    assert person.groups.filter(name="reviewer").exists()


def test_role_is_taken_away_at_once() -> None:
    person = known("p", "contributor", "reviewer")

    change(operator("one"), person, "contributor")

    assert list(person.groups.values_list("name", flat=True)) == ["contributor"]
    assert not AccountChange.objects.exists()


def test_person_is_told_by_mail_and_at_the_desk_and_may_refuse() -> None:
    person = known("p", "contributor", email="p@example.org")
    change(operator("one"), person, "contributor", "reviewer")
    wish = AccountChange.objects.get()

    own = come_in(person)
    shown = own.get("/admin/me/").content.decode()
    agreed = decide(own, wish)
    decide(own, wish, refuse="")

    # The operator has emptied the field of the address: that is told where it went before, and so is the wish.
    assert [one.to for one in mail.outbox] == [["p@example.org"], ["p@example.org"]]
    assert "goes to another address" in mail.outbox[0].body
    assert "Other roles: reviewer" in mail.outbox[1].body
    assert "wants this done to your account" in shown
    assert agreed == 403
    assert AccountChange.objects.get().state == WishState.REFUSED
    assert not person.groups.filter(name="reviewer").exists()


def test_password_that_an_operator_sets_waits_and_has_to_be_changed() -> None:
    person, first, second = known("p", "contributor"), operator("one"), operator("two")
    before = come_in(person)

    first.post(f"/admin/accounts/{person.pk}/password/", {"password": NEW})
    wish = AccountChange.objects.get()
    unchanged = Client().login(username="p", password=PASSWORD)
    decide(second, wish)
    own = come_in(person, NEW)

    assert unchanged
    assert before.get("/admin/").status_code == 302
    assert own.get("/admin/tracker/event/").headers["Location"] == "/admin/password_change/"
    own.post("/admin/password_change/", {"old_password": NEW, "new_password1": PASSWORD, "new_password2": PASSWORD})
    verify(own, person)
    assert own.get("/admin/tracker/event/").status_code == 200
    assert AccountChange.objects.get().detail == {}
    assert AuditEntry.objects.filter(action=AuditAction.PASSWORD_CHANGED, by=person).exists()


def test_nobody_sets_a_password_on_the_page_of_the_account() -> None:
    person = known("p", "contributor")

    answer = operator("one").post(
        f"/admin/auth/user/{person.pk}/password/", {"password1": NEW, "password2": NEW, "usable_password": "true"}
    )

    person.refresh_from_db()
    assert answer.headers["Location"] == f"/admin/accounts/{person.pk}/password/"
    assert person.check_password(PASSWORD)


def test_first_password_of_an_account_has_to_be_changed() -> None:
    fields = {"username": "new", "password1": NEW, "password2": NEW, "usable_password": "true"}

    operator("one").post("/admin/auth/user/add/", fields)

    assert Account.objects.get(user__username="new").must_change_password


def test_first_password_that_nobody_changed_in_time_opens_nothing() -> None:
    person = known("p", "reviewer")
    choose_password(person)

    with time_machine.travel(timezone.now() + settings.FIRST_PASSWORD_LASTS - timedelta(minutes=1)):
        in_time = Browser().post(LOGIN, {"username": "p", "password": PASSWORD})
    with time_machine.travel(timezone.now() + settings.FIRST_PASSWORD_LASTS + timedelta(minutes=1)):
        late = Browser().post(LOGIN, {"username": "p", "password": PASSWORD})

    assert in_time.status_code == 302
    assert "has run out" in late.content.decode()


def test_password_that_the_person_has_chosen_does_not_run_out() -> None:
    person = known("p", "reviewer")
    choose_password(person)
    client = Browser()
    client.post(LOGIN, {"username": "p", "password": PASSWORD})
    told = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    client.post("/admin/password_change/", told)

    with time_machine.travel(timezone.now() + settings.FIRST_PASSWORD_LASTS + timedelta(days=1)):
        later = Browser().post(LOGIN, {"username": "p", "password": NEW})

    assert later.status_code == 302


def test_factor_is_taken_away_only_by_two() -> None:
    person, first, second = known("p", "reviewer"), operator("one"), operator("two")
    device = TOTPDevice.objects.create(user=person, name="phone", confirmed=True)

    first.post("/admin/otp_totp/totpdevice/", {"action": "take_away", "_selected_action": [device.pk]})
    waiting = TOTPDevice.objects.filter(user=person).exists()
    decide(second, AccountChange.objects.get())

    assert waiting
    assert not TOTPDevice.objects.filter(user=person).exists()


def test_recovery_code_is_good_once_in_place_of_the_digits() -> None:
    person = known("p", "reviewer")
    TOTPDevice.objects.create(user=person, name="phone", confirmed=True)
    codes = make_codes(person)
    given = []
    for _ in range(2):
        client = Browser()
        client.post(LOGIN, {"username": "p", "password": PASSWORD})
        given.append(client.post("/admin/second-factor/", {"token": codes[0]}).status_code)

    assert given == [302, 200]
    assert StaticToken.objects.count() == len(codes) - 1


def test_codes_are_shown_once_and_a_reload_makes_no_others() -> None:
    person = known("p", "reviewer")
    client = come_in(person)

    made: Any = client.get(client.post("/admin/me/codes/").headers["Location"])
    again = client.get("/admin/me/codes/made/")

    assert len(made.context["codes"]) == 10
    assert again.status_code == 302
    assert StaticToken.objects.count() == 10


def test_further_device_is_set_up_and_the_last_one_stays() -> None:
    person = known("p", "reviewer")
    client = come_in(person)
    client.get("/admin/me/apps/")
    new = TOTPDevice.objects.get(user=person, confirmed=False)

    client.post("/admin/me/apps/", {"name": "old phone", "token": code(new)})
    devices = TOTPDevice.objects.filter(user=person, confirmed=True)
    for device in list(devices.order_by("pk")):
        client.post("/admin/me/factors/end/", {"factor": device.persistent_id})

    assert [device.name for device in devices] == ["old phone"]
    assert client.get("/admin/me/").status_code == 200


def test_own_log_ins_are_listed_and_ended_one_and_all() -> None:
    person = known("p", "reviewer")
    here, there, elsewhere = come_in(person), come_in(person), come_in(person)
    page: Any = here.get("/admin/me/")
    number = next(one.number for one in page.context["log_ins"] if one.key == there.session.session_key)

    here.post("/admin/me/log-ins/end/", {"number": number})
    after_one = [client.get("/admin/").status_code for client in (here, there, elsewhere)]
    here.post("/admin/me/log-ins/end/", {})
    after_all = [client.get("/admin/").status_code for client in (here, there, elsewhere)]

    assert len(page.context["log_ins"]) == 3
    assert (after_one, after_all) == ([200, 302, 200], [200, 302, 302])


@pytest.mark.parametrize("address", ["/admin/me/codes/", "/admin/me/apps/", "/admin/accounts/"])
def test_password_is_asked_once_more_before_what_is_sensitive(address: str) -> None:
    client = operator("one")
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        asked = client.get(address)
        wrong = client.post("/admin/me/confirm/", {"password": "wrong", "next": address})
        right = client.post("/admin/me/confirm/", {"password": PASSWORD, "next": address})
        after = client.get(address)

    assert asked.headers["Location"].startswith("/admin/me/confirm/")
    assert (wrong.status_code, right.headers["Location"], after.status_code) == (200, address, 200)


def test_wait_rises_with_each_wrong_password_and_knocking_does_not_prolong_it() -> None:
    person = known("p", "reviewer")
    client = Client()
    for _ in range(6):
        client.post(LOGIN, {"username": "p", "password": "wrong"})
    right = {"username": "p", "password": PASSWORD}
    for _ in range(5):
        assert client.post(LOGIN, right).status_code == 429

    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        client.post(LOGIN, {"username": "p", "password": "wrong"})
        again = client.post(LOGIN, right)
    with time_machine.travel(timezone.now() + timedelta(seconds=95)):
        late = client.post(LOGIN, right)

    assert (again.status_code, late.status_code) == (429, 302)
    assert person.is_active


def test_guesses_from_elsewhere_do_not_shut_out_a_browser_that_is_known() -> None:
    person = known("p", "reviewer")
    phone = TOTPDevice.objects.create(user=person, name="phone", confirmed=True)
    own = Browser()
    own.post(LOGIN, {"username": "p", "password": PASSWORD})
    own.post("/admin/second-factor/", {"token": code(phone)})
    own.post("/admin/logout/")
    for _ in range(8):
        Client().post(LOGIN, {"username": "p", "password": "wrong"})

    right = {"username": "p", "password": PASSWORD}

    assert Client().post(LOGIN, right).status_code == 429
    assert own.post(LOGIN, right).status_code == 302


def test_role_is_enough_to_come_in_and_without_one_the_way_is_said() -> None:
    known("p", "contributor")
    known("q")

    with_role = Client().post(LOGIN, {"username": "p", "password": PASSWORD})
    without = Client().post(LOGIN, {"username": "q", "password": PASSWORD})

    assert with_role.status_code == 302
    assert "no role at the desk yet" in without.content.decode()
