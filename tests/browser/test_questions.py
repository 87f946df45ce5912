"""Twenty questions of a wire editor, a desk officer, a student and a teacher, each answered within two clicks or one
search from the first page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.timeout(900)]

# Who asks; what is asked; the way, a click by the words of a link or a search; and words that are the answer.
QUESTIONS = (
    ("editor", "Who has applied and is not in yet?", (), "Ukraine has applied for membership"),
    ("editor", "How many members has NATO?", (), "32 states are members of NATO."),
    ("editor", "Since when has Sweden been a member?", (), "Sweden 7 March 2024"),
    ("editor", "Who was the last to approve Sweden?", ("search:Sweden", "Accession: Sweden"), "last: Hungary"),
    ("editor", "What happened last?", (), "What happened last"),
    ("editor", "Where can I copy a sentence with its source?", ("Ukraine",), "Cite or embed this"),
    ("officer", "What comes next for Ukraine?", (), "an invitation by the North Atlantic Council, by consensus"),
    ("officer", "Which steps has Georgia taken?", (), "Start of the Intensified Dialogue"),
    ("officer", "Is anything planned?", (), "Plans on record"),
    ("officer", "How does Türkiye ratify?", ("search:Turkey Sweden",), "Türkiye"),
    ("officer", "What has each state promised?", ("Commitments",), "What each party says"),
    ("officer", "What would follow if Hungary acted?", ("search:Hungary",), "Hungary"),
    ("student", "What is Article 10?", (), "invite another European state, by unanimous agreement"),
    ("student", "What does “approved” mean?", ("Methodology",), "parliamentary procedure"),
    ("student", "Which accession took longest?", ("Compare",), "Days to force"),
    ("student", "Where is all the data?", ("Data",), "Creative Commons Attribution"),
    ("student", "How are mistakes put right?", ("Corrections",), "Corrections"),
    ("teacher", "Which states founded NATO?", ("States",), "founding member"),
    ("teacher", "Who joined in 2004?", (), "29 March 2004"),
    ("teacher", "Why was North Macedonia called otherwise?", ("search:FYROM",), "North Macedonia"),
)


@pytest.fixture(scope="module")
def site(shipped: None) -> Iterator[str]:
    """The address of a site with the shipped data, for the whole module; no test in here writes."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


def go(page: Page, step: str) -> None:
    """One search in the header, or one click on a link that has these words."""
    kind, _, words = step.partition(":")
    if kind == "search":
        page.locator("#find").fill(words)
        page.locator("#find").press("Enter")
        page.wait_for_url("**/search/**")
    else:
        page.get_by_role("link", name=step, exact=True).first.click()
        page.wait_for_load_state("load")


def test_twenty_questions_are_answered_within_two_steps_of_the_first_page(page: Page, site: str) -> None:
    unanswered = []
    for who, question, way, words in QUESTIONS:
        page.goto(f"{site}/")
        for step in way:
            go(page, step)
        told = " ".join(page.locator("body").inner_text().split())
        unanswered += [] if words in told else [f"{who}: {question}"]

    assert len(QUESTIONS) == 20
    assert max(len(way) for _, _, way, _ in QUESTIONS) <= 2
    assert unanswered == []
