"""The desk in a real browser: from log-in to Hungary's vote on the public page, and a wrong date put right."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import Observed
from tests.desk.conftest import account
from tracker.models import Change, Event, LogHead

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
PASSWORD = "correct horse battery"  # noqa: S105
DOCUMENT = Path(settings.BASE_DIR) / "docs" / "desk.md"


@dataclass
class Hand:
    """A hand at mouse and keyboard that counts what it does."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def click(self, name: str, role: str = "button") -> None:
        """Click on what goes by that name."""
        self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.clicks += 1

    def type(self, text: str) -> None:
        """Type into the field that has the focus."""
        self.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key."""
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys += times

    def paste(self, label: str, text: str) -> None:
        """Click into a field and paste: one click and two keys."""
        self.page.get_by_label(label, exact=True).first.click()
        self.page.keyboard.insert_text(text)
        self.clicks, self.keys = self.clicks + 1, self.keys + 2

    def fill(self, label: str, text: str) -> None:
        """Click into a field and type."""
        self.page.get_by_label(label, exact=True).first.click()
        self.clicks += 1
        self.type(text)

    def choose(self, label: str, option: str) -> None:
        """Choose from a select: one click to open it and one to choose."""
        self.page.get_by_label(label, exact=True).first.select_option(label=option)
        self.clicks += 2


@pytest.fixture
def reviewer(february: None, transactional_db: None) -> User:
    user = account("reviewer")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def site(live_server: LiveServer, page: Page, settings: object) -> str:
    page.set_viewport_size({"width": 1280, "height": 1000})
    return str(live_server.url)


def come_in(page: Page, site: str, user: User) -> None:
    """From the log-in over the second factor to the first page of the desk."""
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time()
    page.get_by_label("Six digits").fill(f"{totp.token():06d}")
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()


def enter_the_vote(page: Page, hand: Hand) -> None:
    """What an editor does from the first page to the saved vote."""
    hand.click("Enter an act", "link")
    hand.fill("Accession of", "Sweden")
    hand.press("Tab")
    hand.type("Hungary")
    hand.choose("What", "Vote in plenary")
    hand.fill("When", "2024-02-26")
    hand.press("Tab", 2)
    hand.type("188")
    hand.press("Tab")
    hand.type("6")
    page.get_by_label("This completes the parliamentary procedure").check()
    hand.clicks += 1
    hand.paste("Address", "https://www.parlament.hu/szavazas/20240226")
    hand.press("Tab")
    hand.type("Vote on T/681")
    hand.press("Enter")
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible()


def test_vote_of_hungary_from_log_in_to_public_page_and_a_wrong_date_put_right(
    page: Page, site: str, reviewer: User, observed: Observed, axe: Callable[[], list[str]], tmp_path: Path
) -> None:
    come_in(page, site, reviewer)
    assert axe() == []
    page.screenshot(path=tmp_path / "1-start.png", full_page=True)
    hand = Hand(page)
    began = time.monotonic()
    enter_the_vote(page, hand)
    for line in (
        "Hungary on Sweden: before parliament → approved (26 February 2024).",
        "Sweden: 30 → 31 of 31 approved.",
    ):
        expect(page.get_by_text(line)).to_be_visible()
    assert axe() == []
    page.screenshot(path=tmp_path / "2-preview.png", full_page=True)
    hand.click("Save")
    expect(page.get_by_text(re.compile("^On record: National Assembly"))).to_be_visible()
    took = time.monotonic() - began
    page.screenshot(path=tmp_path / "3-saved.png", full_page=True)

    assert took < 60
    assert f"{hand.clicks} clicks and {hand.keys} keys" in DOCUMENT.read_text()
    assert_public(page, site, tmp_path)
    before = put_the_signature_on_record_with_a_wrong_date(page, site)
    rectify_it(page, site, tmp_path)
    assert_both_clocks_tell_the_story(page, site, before)
    assert observed.complaints == []
    assert observed.foreign("localhost") == []


def assert_public(page: Page, site: str, pictures: Path) -> None:
    """Page, API and log show the vote."""
    page.goto(f"{site}/accessions/SWE/HUN/")
    expect(page.get_by_role("main")).to_contain_text("26 February 2024")
    page.screenshot(path=pictures / "4-public.png", full_page=True)
    data = page.request.get(f"{site}/api/v1/accessions/SWE/").json()["data"]
    assert (data["counts"]["approved"]["reached"], data["pending"]) == (31, [])
    changes = page.request.get(f"{site}/api/v1/changes/?limit=200&after={LogHead.objects.get().position - 5}").json()
    assert "se2024-hu-chamber-vote" in str(changes["data"])


def put_the_signature_on_record_with_a_wrong_date(page: Page, site: str) -> int:
    """The edition at which the wrong date stood."""
    page.goto(f"{site}/admin/tracker/event/add/?accession=SWE&actor=HUN&kind=assented")
    page.get_by_label("When").fill("2024-03-06")
    page.get_by_label("Address", exact=True).first.fill("https://www.parlament.hu/alairas")
    page.get_by_label("Title", exact=True).nth(1).fill("The signature")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(re.compile("^On record: Hungary: signature of the head of state"))).to_be_visible()
    return LogHead.objects.get().position


def rectify_it(page: Page, site: str, pictures: Path) -> None:
    """The right date, in the open."""
    page.get_by_role("link", name="Rectify", exact=True).click()
    page.get_by_label("Reason").fill("The gazette has the 5th.")
    page.get_by_label("When").fill("2024-03-05")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("date: 2024-03-06 → 2024-03-05")).to_be_visible()
    page.screenshot(path=pictures / "5-rectify.png", full_page=True)
    page.get_by_role("button", name="Rectify").click()
    expect(page.get_by_text("Saved: se2024-hu-assented")).to_be_visible()


def assert_both_clocks_tell_the_story(page: Page, site: str, before: int) -> None:
    """Now the 5th; asked from the edition before, the 6th; and the rectification is public."""
    address = f"{site}/api/v1/accessions/SWE/ratifications/HUN/"
    now, then = (page.request.get(address + query).json()["data"] for query in ("", f"?known_at={before}"))
    assert (now["stages"]["assented"]["date"], then["stages"]["assented"]["date"]) == ("2024-03-05", "2024-03-06")
    page.goto(f"{site}/rectifications/")
    expect(page.get_by_role("main")).to_contain_text("The gazette has the 5th.")
    assert Change.objects.filter(type="event.rectified").count() == 1


PAGES = (
    "",
    "tokens/",
    "tracker/event/add/",
    "tracker/event/import/",
    "tracker/event/?accession__applicant__exact=SWE",
    "tracker/report/?state__exact=filed",
    "tracker/party/TUR/rectify/",
    "tracker/procedure/ITA/rectify/",
)


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_desk_fits_its_width_and_is_accessible(
    page: Page, site: str, reviewer: User, axe: Callable[[], list[str]], width: int, scheme: Literal["light", "dark"]
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    come_in(page, site, reviewer)
    event = Event.objects.standing().filter(kind="chamber_vote").order_by("-pk")[0].pk

    for address in (*PAGES, f"tracker/event/{event}/change/", f"tracker/event/{event}/rectify/"):
        page.goto(f"{site}/admin/{address}")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

        assert (address, beyond, axe()) == (address, 0, [])


def test_mistakes_stand_at_the_top_and_lead_to_their_fields(page: Page, site: str, reviewer: User) -> None:
    come_in(page, site, reviewer)
    page.goto(f"{site}/admin/tracker/event/add/?accession=Sweden&actor=Atlantis&kind=chamber_vote")
    page.get_by_role("button", name="Preview").click()

    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Who acts").click()

    expect(page.get_by_label("Who acts")).to_be_focused()
