"""A joint statement in a real browser: four speakers and six commitments, from the empty form to the record."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_desk import Hand
from tests.desk.conftest import account, verify
from tests.desk.test_statements import CLAIMS
from tracker.models import Statement
from tracker.models.facts_of_rows import statement_fact

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

# What a practised hand needs for a key, and for a move to the mouse and a click there, in seconds.
KEY, CLICK = 0.28, 1.5


@pytest.fixture
def reviewer(shipped: None, transactional_db: None) -> User:
    return account("reviewer")


def bring_in(page: Page, site: str, user: User) -> None:
    """Give the browser the session of somebody who has logged in, with the second factor."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    verify(client, user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def fill(page: Page, hand: Hand, name: str, text: str) -> None:
    """Click into the field of that name and type."""
    page.locator(f"#id_{name}").click()
    hand.clicks += 1
    hand.type(text)


def choose(page: Page, hand: Hand, name: str, value: str) -> None:
    """Choose in the select of that name: one click to open it and one to choose."""
    page.locator(f"#id_{name}").select_option(value)
    hand.clicks += 2


def enter_statement(page: Page, hand: Hand) -> None:
    """What an editor does on the empty form."""
    fill(page, hand, "title", "Joint statement of the meeting")
    choose(page, hand, "form", "text")
    fill(page, hand, "date", "2024-01-10")
    speakers = (("TUR", "government"), ("FIN", "government"), ("SWE", "government"), ("NATO", "organisation"))
    for number, (party, kind) in enumerate(speakers):
        fill(page, hand, f"speakers-{number}-party", party)
        choose(page, hand, f"speakers-{number}-kind", kind)
        fill(
            page, hand, f"speakers-{number}-office", "Foreign minister" if kind == "government" else "Secretary General"
        )
    for number, claim in enumerate(CLAIMS):
        # Typed until the list of suggestions has only this one, and chosen there.
        page.locator(f"#id_claims-{number}-commitment").fill(claim["commitment"])
        hand.keys, hand.clicks = hand.keys + 8, hand.clicks + 1
        choose(page, hand, f"claims-{number}-status", claim["status"])
    hand.page.locator("#id_citations-0-url").fill("https://www.nato.int/joint-statement")
    hand.keys, hand.clicks = hand.keys + 2, hand.clicks + 1
    fill(page, hand, "citations-0-title", "Joint statement")
    hand.press("Enter")


def test_joint_statement_is_on_record_in_less_than_three_minutes(
    page: Page, live_server: LiveServer, reviewer: User, axe: Callable[[], list[str]], tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 1280, "height": 1000})
    bring_in(page, str(live_server.url), reviewer)
    page.goto(f"{live_server.url}/admin/tracker/statement/add/")
    page.screenshot(path=tmp_path / "empty.png", full_page=True)
    page.set_viewport_size({"width": 390, "height": 1000})
    page.screenshot(path=tmp_path / "empty-390.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 1000})
    hand = Hand(page)
    began = time.monotonic()

    enter_statement(page, hand)
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible()
    page.screenshot(path=tmp_path / "preview.png", full_page=True)
    assert axe() == []
    hand.click("Save")
    expect(page.get_by_text("Saved: ")).to_be_visible()

    told = statement_fact(Statement.objects.get(title="Joint statement of the meeting"))
    assert len(told.speakers) == 4
    assert len(told.claims) == 24
    waited = time.monotonic() - began
    assert waited + hand.keys * KEY + hand.clicks * CLICK < 180
