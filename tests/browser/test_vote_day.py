"""A vote day of eight allies by keyboard alone; and what may happen in the middle of it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect

from tests.browser.test_desk import PASSWORD, Hand, come_in
from tests.desk.conftest import account
from tests.facts import event
from tracker.actions import log_transaction, record_events
from tracker.models import Draft, Event

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

# Name, for and against.
ALLIES: Final = (
    ("Estonia", "80", "5"),
    ("Latvia", "90", "2"),
    ("Lithuania", "120", "3"),
    ("Luxembourg", "55", "1"),
    ("Portugal", "200", "10"),
    ("Denmark", "100", "9"),
    ("Norway", "140", "8"),
    ("Hungary", "150", "6"),
)


@pytest.fixture
def reviewer(february: None, transactional_db: None) -> User:
    user = account("reviewer")
    user.set_password(PASSWORD)
    user.save()
    facts = [
        event("ba-invited", "invitation", "NATO", "2023-07-11", accession="BIH"),
        event("ba-signed", "protocol_signed", "NATO", "2023-10-10", accession="BIH"),
    ]
    with log_transaction() as log:
        record_events(log, facts)
    return user


@pytest.fixture
def site(live_server: object, page: Page) -> str:
    page.set_viewport_size({"width": 1280, "height": 1000})
    return str(live_server.url)  # type: ignore[attr-defined]


def tab_to(page: Page, hand: Hand, name: str) -> None:
    """Press Tab until the field has the focus; it is never far."""
    for _ in range(15):
        hand.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"{name} is too far away")


def type_the_day(page: Page, hand: Hand) -> None:
    """The whole day, without the mouse: from any page of the desk to the preview."""
    hand.press("Alt+v")
    expect(page.get_by_label("Accession of")).to_be_focused()
    hand.type("Bosnia and Herzegovina")
    hand.press("Tab", 2)
    hand.type("2024-02-26")
    hand.press("Tab")
    page.keyboard.insert_text("https://www.reuters.com/eight-approve")
    hand.press("Tab")
    hand.type("Eight parliaments approve")
    for number, (name, yes, no) in enumerate(ALLIES):
        tab_to(page, hand, f"allies-{number}-actor")
        hand.type(name)
        hand.press("Tab", 2)
        hand.type(yes)
        hand.press("Tab")
        hand.type(no)
        hand.press("Tab", 3)
        hand.press("Space")
    hand.press("Tab")
    hand.press("Enter")
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible()


def test_eight_allies_by_keyboard_alone_are_public_at_once(
    page: Page, site: str, reviewer: User, axe: Callable[[], list[str]], tmp_path: Path
) -> None:
    come_in(page, site, reviewer)
    hand = Hand(page)
    type_the_day(page, hand)
    page.screenshot(path=tmp_path / "vote-day-preview.png", full_page=True)
    expect(page.get_by_text("Bosnia and Herzegovina: 0 → 8 of 31 approved.")).to_be_visible()
    assert axe() == []

    page.keyboard.press("Enter")
    expect(page.get_by_text("On record: 16 acts of 2024-02-26.")).to_be_visible()
    # At once: nothing is waited for between the answer to the person and what the public reads.
    answer = page.request.get(f"{site}/api/v1/accessions/BIH/").json()["data"]
    public = page.request.get(f"{site}/accessions/BIH/").text()

    assert answer["counts"]["approved"]["reached"] == 8
    assert all(name in public for name, _, _ in ALLIES)
    assert hand.clicks == 0


def test_keys_of_a_page_work_as_soon_as_it_is_seen_however_late_its_script_comes(
    page: Page, site: str, reviewer: User
) -> None:
    come_in(page, site, reviewer)

    def late(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    page.route("**/desk*.js", late)
    page.goto(f"{site}/admin/", wait_until="commit")
    expect(page.get_by_role("heading", name="The desk")).to_be_visible()
    page.keyboard.press("Alt+v")

    expect(page.get_by_label("Accession of")).to_be_focused()


def test_log_in_that_ends_in_the_middle_loses_nothing(page: Page, site: str, reviewer: User) -> None:
    come_in(page, site, reviewer)
    type_the_day(page, Hand(page))
    Session.objects.all().delete()

    page.keyboard.press("Enter")
    expect(page.get_by_text("Your log-in had ended.")).to_be_visible()
    page.get_by_label("Username").fill(reviewer.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    expect(page.get_by_label("Six digits, or a recovery code")).to_be_visible()
    assert Draft.objects.filter(owner=reviewer, data__contains="Lithuania").exists()
    assert not Event.objects.filter(accession="BIH", kind="consent").exists()


def test_typing_is_kept_when_the_tab_is_closed(page: Page, site: str, reviewer: User) -> None:
    come_in(page, site, reviewer)
    page.keyboard.press("Alt+e")
    page.get_by_label("Accession of").fill("Sweden")
    page.get_by_label("Who acts").fill("Hungary")
    expect(page.get_by_text("Draft kept.")).to_be_visible()

    page.goto(f"{site}/admin/tracker/event/add/")
    page.get_by_role("link", name="Enter an act: Hungary").or_(
        page.get_by_role("link", name="Enter an act (")
    ).first.click()

    expect(page.get_by_label("Who acts")).to_have_value("Hungary")


def test_double_click_on_save_makes_one_fact_and_back_leads_to_it(page: Page, site: str, reviewer: User) -> None:
    come_in(page, site, reviewer)
    type_the_day(page, Hand(page))

    page.get_by_role("button", name="Save", exact=True).first.dblclick()
    expect(page.get_by_text("On record: 16 acts of 2024-02-26.")).to_be_visible()
    page.go_back()

    assert Event.objects.filter(accession="BIH", kind="consent").count() == 8
    expect(page.get_by_role("heading", name="What will happen")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1280, 1366, 1440, 1600, 1920])
def test_nothing_new_is_in_sight_at_every_width(
    page: Page, site: str, reviewer: User, width: int, tmp_path: Path
) -> None:
    come_in(page, site, reviewer)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/admin/")
    page.screenshot(path=tmp_path / f"start-{width}.png")

    boxes = [one.bounding_box() for one in page.get_by_role("button", name="Nothing new of").all()]

    assert boxes
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
