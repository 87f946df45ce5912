"""Tokens and accounts: one's own only, ended with the role, and never without a trace."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.desk.conftest import LogIn, account
from tracker.actions import issue_token, recognise_token
from tracker.domain.vocabulary import AuditAction
from tracker.models import AuditEntry, Token

pytestmark = pytest.mark.django_db
TOKENS = "/admin/tokens/"
LOGIN = "/admin/login/"


def made(client: Client, **fields: Any) -> str:
    """The text of a token that the page has made."""
    return str(client.post(TOKENS, {"name": "A program", **fields}).context["text"])


def test_token_is_made_shown_once_and_opens_the_api(log_in: LogIn) -> None:
    contributor = log_in("contributor")

    text = made(contributor)

    assert recognise_token(text) == Token.objects.get(owner__username="a-contributor")
    assert text not in contributor.get(TOKENS).content.decode()
    answer = Client().get("/api/v1/reports/", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 200


def test_token_that_only_reads_says_so(log_in: LogIn) -> None:
    made(log_in("contributor"), reads_only="on")

    assert Token.objects.get().scopes == ["reports:read"]


@pytest.mark.parametrize("role", ["visitor", "operator"])
def test_who_files_no_reports_has_no_tokens(log_in: LogIn, role: str) -> None:
    assert log_in(role).post(TOKENS, {"name": "A program"}).status_code == 403
    assert not Token.objects.exists()


def test_token_without_the_second_factor_is_not_made(log_in: LogIn) -> None:
    answer = log_in("contributor", verified=False).post(TOKENS, {"name": "A program"})

    assert answer.status_code == 302
    assert not Token.objects.exists()


def test_token_of_another_is_neither_seen_nor_ended(log_in: LogIn) -> None:
    other, _ = issue_token(owner=account("reviewer"), name="Not yours")
    contributor = log_in("contributor")

    assert "Not yours" not in contributor.get(TOKENS).content.decode()
    assert contributor.post(f"/admin/tokens/{other.pk}/end/").status_code == 404
    other.refresh_from_db()
    assert other.revoked_at is None


def test_token_that_is_ended_opens_nothing(log_in: LogIn) -> None:
    contributor = log_in("contributor")
    text = made(contributor)

    contributor.post(f"/admin/tokens/{Token.objects.get().pk}/end/")

    assert recognise_token(text) is None
    assert contributor.get(f"/admin/tokens/{Token.objects.get().pk}/end/").status_code == 405


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 81])
def test_token_without_a_fitting_name_is_refused(log_in: LogIn, name: str) -> None:
    page: Any = log_in("contributor").post(TOKENS, {"name": name})

    assert page.context["form"].errors
    assert not Token.objects.exists()


def change(client: Client, person: User, **fields: Any) -> Any:
    """Change the account as its page does."""
    plain = {"username": person.username, "is_active": "on", "is_staff": "on", "first_name": "", "last_name": ""}
    return client.post(
        reverse("admin:auth_user_change", args=[person.pk]), plain | {"email": "", "groups": []} | fields
    )


def test_token_ends_with_the_role_that_it_stood_for(log_in: LogIn) -> None:
    person = account("contributor")
    _, text = issue_token(owner=person, name="A program")

    change(log_in("operator"), person)

    assert recognise_token(text) is None
    assert AuditEntry.objects.filter(action=AuditAction.TOKEN_CHANGED, subject__endswith="revoked").exists()


def test_change_of_an_account_is_kept_in_the_audit_trail(log_in: LogIn) -> None:
    person = account("contributor")
    role = str(account("reviewer").groups.get().pk)

    change(log_in("operator"), person, groups=[role])

    asked = AuditEntry.objects.get(action=AuditAction.ACCOUNT_ASKED)
    entry = AuditEntry.objects.get(action=AuditAction.ACCOUNT_CHANGED)
    assert (entry.subject, entry.by and entry.by.username) == ("a-contributor", "a-operator")
    assert (asked.detail["what"], entry.detail["roles"]) == ("Other roles: reviewer", [])


def test_who_tries_name_after_name_does_not_close_the_log_in_to_the_network(client: Client) -> None:
    reviewer = account("reviewer")
    reviewer.set_password("correct horse")
    reviewer.save()
    for number in range(60):
        client.post(LOGIN, {"username": f"name-{number}", "password": "guess"}, REMOTE_ADDR="203.0.113.9")
    right = {"username": reviewer.username, "password": "correct horse"}

    answer = Client().post(LOGIN, right, REMOTE_ADDR="203.0.113.200")

    assert answer.status_code == 302


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(client: Client, settings: Settings) -> None:
    settings.PROXY_HOPS = 1
    forged = "192.0.2.1, 203.0.113.9"

    client.post(LOGIN, {"username": "x", "password": "y"}, REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forged})

    assert AuditEntry.objects.get().network == "203.0.113.0/24"


def test_without_a_proxy_nobody_can_choose_the_address(client: Client) -> None:
    client.post(
        LOGIN, {"username": "x", "password": "y"}, REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "203.0.113.9"}
    )

    assert AuditEntry.objects.get().network == "10.0.0.0/24"
