"""Twenty questions of a wire editor, a desk officer, a student and a teacher, each answered within two clicks or one
search from the first page."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tracker.domain.dates import Precision
from tracker.language.words import say_date
from tracker.readmodel import open_newest

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.timeout(900)]

# Who asks; what is asked; the way, by links, a search, or a day; and all the words that the answer has. What the record
# says last, or of plans, is put in from it: the rest is past.
QUESTIONS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("editor", "Who has applied and is not in yet?", (), ("Ukraine has applied for membership (30 September 2022)",)),
    ("editor", "How many members has NATO?", (), ("32 states are members of NATO.",)),
    ("editor", "Since when has Sweden been a member?", (), ("Sweden 7 March 2024",)),
    (
        "editor",
        "Who was the last to approve Sweden?",
        ("search:Sweden", "Accession: Sweden"),
        ("last: Hungary, 26 February 2024",),
    ),
    ("editor", "What happened last?", (), ("{last}",)),
    (
        "editor",
        "Where can I copy a sentence with its source?",
        ("Ukraine", "Cite or embed this"),
        ("it has not been invited yet. Article 10, Ukraine: accession to NATO. Edition",),
    ),
    (
        "officer",
        "What comes next for Ukraine?",
        (),
        ("Next: an invitation by the North Atlantic Council, by consensus.",),
    ),
    (
        "officer",
        "Which steps has Georgia taken?",
        (),
        ("Start of the Intensified Dialogue", "Georgia 1992 September 2006"),
    ),
    ("officer", "Is anything planned?", (), ("Plans on record: {plans}",)),
    (
        "officer",
        "How does Türkiye ratify?",
        ("search:Turkey Sweden", "Sweden’s accession protocol: Türkiye", "fold:, with their acts"),
        (
            "Committee vote: Committee on Foreign Affairs",
            "Vote in plenary: Grand National Assembly",
            "Official Gazette",
        ),
    ),
    (
        "officer",
        "What has each state promised?",
        ("Commitments",),
        ("Safeguard Slovenia's position in the border dispute", "Slovenia: lapsed", "United States: pledged"),
    ),
    (
        "officer",
        "What was left to do in Hungary on 1 February 2024?",
        ("day:2024-02-01", "Hungary"),
        ("Vote in plenary: National Assembly still to come", "Signature of the head of state: Speaker still to come"),
    ),
    ("student", "What is Article 10?", (), ("invite another European state, by unanimous agreement",)),
    (
        "student",
        "What does “approved” mean?",
        ("Methodology",),
        ("Required allies whose parliamentary procedure, or the act that replaces it, was complete by the day shown.",),
    ),
    ("student", "Which accession took longest?", ("Compare",), ("611 days (Sweden)",)),
    ("student", "Where is all the data?", ("Data",), ("licensed under Creative Commons Attribution 4.0", "Snapshot")),
    (
        "student",
        "How are mistakes put right?",
        ("Corrections",),
        ("A correction says what was wrong, from when to when it stood, what replaces it, and why.", "Why: "),
    ),
    ("teacher", "Which states founded NATO?", ("States",), ("Belgium BEL Brussels 24 August 1949 founding member",)),
    ("teacher", "Who joined in 2004?", (), ("Latvia 29 March 2004", "Slovenia 29 March 2004")),
    (
        "teacher",
        "What is FYROM called today, and is it a member?",
        ("search:FYROM",),
        ("North Macedonia has been a member of NATO since 27 March 2020.",),
    ),
)


@pytest.fixture(scope="module")
def site(shipped: None) -> Iterator[str]:
    """The address of a site with the shipped data, for the whole module; no test in here writes."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


def go(page: Page, step: str) -> None:
    """One search in the header, one day in the header, or one click, on a fold or a link that has these words."""
    kind, _, words = step.partition(":")
    if kind == "search":
        page.locator("#find").fill(words)
        page.locator("#find").press("Enter")
        page.wait_for_url("**/search/**")
    elif kind == "day":
        page.locator("#as-of").fill(words)
        page.get_by_role("button", name="Show", exact=True).click()
        page.wait_for_url(f"**as_of={words}*")
    elif kind == "fold":
        page.locator("summary", has_text=words).first.click()
    else:
        page.get_by_role("link", name=step, exact=True).first.click()
        page.wait_for_load_state("load")


def from_the_record() -> dict[str, str]:
    """What another release may change of the answers: the last act of a known day, and what is planned."""
    record, today = open_newest(), timezone.localdate()
    done = [one for one in record.events if one.occurred.precision is Precision.DAY and one.has_happened_by(today)]
    last = max(done, key=lambda one: one.occurred.latest or date.min)
    ahead = [
        f"{say_date(one.occurred)}: {one.title}"
        for one in record.events_by_accession["UKR"]
        if one.is_planned and (one.occurred.latest or date.max) > today
    ]
    return {"last": f"{say_date(last.occurred)} {last.title}", "plans": min(ahead, default="none")}


def test_twenty_questions_are_answered_within_a_search_and_two_clicks_of_the_first_page(page: Page, site: str) -> None:
    unanswered, facts = [], from_the_record()
    for who, question, way, answers in QUESTIONS:
        page.goto(f"{site}/")
        for step in way:
            go(page, step)
        told = " ".join(page.locator("main").inner_text().split())
        missing = [words for words in answers if words.format(**facts) not in told]
        unanswered += [f"{who}: {question} {missing}"] if missing else []

    assert len(QUESTIONS) == 20
    for _, _, way, _ in QUESTIONS:
        searches = [step for step in way if step.startswith("search:")]
        assert len(searches) <= 1
        assert len(way) - len(searches) <= 2
    assert unanswered == []
