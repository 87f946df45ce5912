"""Subscribing in a real browser: a filter is chosen, mail asked for and confirmed, changed and ended."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Observed
from tests.channels.conftest import LOOPBACK
from tests.channels.receivers import Receiver, receiving
from tracker.models import Subscription

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver on loopback."""
    with receiving() as one:
        yield one


@pytest.fixture
def reaching(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages may send to loopback."""
    for place in ("views.asking", "views.subscription", "forms"):
        monkeypatch.setattr(f"tracker.pages.{place}.Sender", lambda: LOOPBACK)


def link_in_mail(site: str) -> str:
    """Where the last mail leads, on this site."""
    [*_earlier, last] = mail.outbox
    found = re.search(r"http\S+?(/(?:\w\w/)?subscribe/\w{24}/[\w-]+/)$", str(last.body), re.MULTILINE)
    assert found is not None
    return f"{site}{found.group(1)}"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_mail_is_chosen_confirmed_changed_and_ended(
    page: Page,
    axe: Callable[[], list[str]],
    observed: Observed,
    february: None,
    live_server: LiveServer,
    tmp_path: Path,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    cache.clear()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    complaints: list[str] = []

    def look(name: str) -> None:
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        complaints.extend(f"{name}: {one}" for one in axe())
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto(f"{live_server.url}/subscribe/")
    page.select_option("#filter-accession", "SWE")
    page.select_option("#filter-ally", "HUN")
    page.get_by_role("button", name="Show what that brings").click()
    promised = page.locator("ol.log li").count()
    look("1-chosen")
    page.fill("#mail-address", "reader@example.org")
    page.select_option("#mail-language", "en")
    page.get_by_role("button", name="Ask for mail").click()
    expect(page.get_by_role("status").first).to_contain_text("A mail was sent")
    look("2-asked")
    page.goto(link_in_mail(live_server.url))
    look("3-question")
    before = Subscription.objects.get().state
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("status")).to_contain_text("You will be told from the next entry")
    look("4-confirmed")
    after = Subscription.objects.get()
    page.select_option("#filter-ally", "TUR")
    page.select_option("#id_rhythm", "weekly")
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_role("status")).to_contain_text("Changed.")
    changed = Subscription.objects.get()
    look("5-changed")
    page.get_by_role("button", name="Stop it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stopped")
    look("6-stopped")

    assert promised > 0
    assert (before, after.state, after.query) == ("pending", "active", "accession=SWE&ally=HUN")
    assert (changed.query, changed.rhythm) == ("accession=SWE&ally=TUR", "weekly")
    assert not Subscription.objects.exists()
    assert (complaints, observed.complaints, observed.foreign("localhost")) == ([], [], [])


def test_a_webhook_is_registered_tested_and_its_log_is_seen(
    page: Page,
    axe: Callable[[], list[str]],
    february: None,
    live_server: LiveServer,
    receiver: Receiver,
    reaching: None,
    tmp_path: Path,
) -> None:
    cache.clear()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/subscribe/?accession=SWE,FIN")
    page.fill("#webhook-address", receiver.url)
    page.get_by_role("button", name="Register the address").click()
    page.screenshot(path=tmp_path / "1-code.png", full_page=True)
    page.fill("#code", receiver.documents[0]["data"]["challenge"])
    page.get_by_role("button", name="Confirm").click()
    shown = page.get_by_role("status").text_content() or ""
    page.screenshot(path=tmp_path / "2-secret.png", full_page=True)
    page.get_by_role("button", name="Send a test").click()
    expect(page.get_by_role("status")).to_contain_text("status 200")
    page.screenshot(path=tmp_path / "3-tested.png", full_page=True)

    assert Subscription.objects.get().secret in shown
    assert Subscription.objects.get().query == "accession=SWE,FIN"
    assert page.locator("#filter-accession").input_value() == "SWE,FIN"
    assert [document["type"] for document in receiver.documents] == ["subscription.verify", "subscription.test"]
    assert axe() == []
