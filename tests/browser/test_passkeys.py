"""A passkey, from the page of one's account to the next log-in, with an authenticator that the browser plays."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django_otp_webauthn.models import WebAuthnCredential
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_desk import PASSWORD, come_in
from tests.desk.conftest import account
from tracker.domain.vocabulary import AuditAction
from tracker.models import AuditEntry

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PLAYED = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}


@pytest.fixture
def reviewer(february: None, transactional_db: None) -> User:
    user = account("reviewer")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_passkey_is_added_and_is_the_second_factor_of_the_next_log_in(
    page: Page, live_server: LiveServer, settings: Settings, reviewer: User
) -> None:
    site: Any = live_server.url
    settings.OTP_WEBAUTHN_ALLOWED_ORIGINS = [site]
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": {**PLAYED, "isUserVerified": True}})
    come_in(page, site, reviewer)

    page.goto(f"{site}/admin/me/")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("#passkey-register-status-message")).not_to_be_empty()
    page.wait_for_timeout(1000)
    assert WebAuthnCredential.objects.filter(user=reviewer, confirmed=True).count() == 1
    page.goto(f"{site}/admin/")
    page.get_by_role("button", name="Log out").click()
    page.goto(f"{site}/admin/login/")
    page.get_by_label("Username").fill(reviewer.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
    expect(page.get_by_role("button", name="Nothing new of").first).to_be_visible()
    told = list(AuditEntry.objects.filter(by=reviewer).values_list("action", flat=True))
    assert told.count(AuditAction.FACTOR_ADDED) == 2
    assert AuditAction.FACTOR_PASSED in told
