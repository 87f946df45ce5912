"""Both clocks on the pages: the days to jump to, the band, and what this site said before a correction."""

import pytest
import time_machine
from django.test import Client
from lxml import html

from tests.facts import rectify_event, retract_assessment, retract_event
from tests.pages.page_reading import read_page
from tracker.domain.facts import EventFact
from tracker.models import Assessment, Event, Rectification
from tracker.models.facts_of_rows import event_fact
from tracker.readmodel.record import current_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

KEY = "se2022-hu-consent"


def fact(key: str) -> EventFact:
    """The event as it stands."""
    return event_fact(Event.objects.with_parts().standing().get(key=key))


def lead(client: Client, address: str, **parameters: str) -> str:
    """The sentence at the top of the page."""
    page = read_page(client.get(address, parameters).content)
    return " ".join(" ".join(one.itertext()) for one in page.all("div") if one.get("class") == "lead")


def test_date_control_on_that_day_leads_to_the_changes_before_and_after(client: Client) -> None:
    page = read_page(client.get("/accessions/SWE/?as_of=2023-10-30").content)
    links = {one.get("href") for one in page.all("a")}

    assert {"?as_of=2023-10-29", "?as_of=2023-11-06"} <= links


@pytest.mark.parametrize(
    ("day", "steps"),
    [
        ("2023-10-30", {"?as_of=2023-10-29", "?as_of=2023-10-31"}),
        ("1949-01-01", {"?as_of=1949-01-02"}),
    ],
)
def test_date_control_steps_a_day_back_and_a_day_on_within_what_the_record_is_about(
    client: Client, day: str, steps: set[str]
) -> None:
    page = read_page(client.get("/accessions/SWE/", {"as_of": day}).content)

    assert {one.get("href") for one in page.all("a") if "step" in (one.get("class") or "").split()} == steps


@pytest.mark.parametrize("day", ["2027-03-01", "2099-12-31"])
def test_day_that_has_begun_nowhere_on_earth_is_refused(client: Client, day: str) -> None:
    with time_machine.travel("2026-11-29T11:00:00Z"):
        answers = [client.get(f"{prefix}accessions/SWE/", {"as_of": day}) for prefix in ("/", "/api/v1/")]

    assert [answer.status_code for answer in answers] == [400, 400]
    assert all(b"begun" in answer.content for answer in answers)


def test_day_that_has_begun_only_at_the_far_edge_is_answered(client: Client) -> None:
    with time_machine.travel("2026-11-29T10:00:00Z", tick=False):
        assert client.get("/accessions/SWE/", {"as_of": "2026-11-30"}).status_code == 200
    with time_machine.travel("2026-11-29T09:59:59Z", tick=False):
        assert client.get("/accessions/SWE/", {"as_of": "2026-11-30"}).status_code == 400


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2022-06-30", "no accession protocol has been signed yet"),
        ("2022-09-27", "28 of 30 allies have approved"),
        ("2024-01-23", "30 of 31 allies have approved Sweden’s accession; Hungary has not yet done so, 567 days"),
        ("2024-02-26", "All 31 allies have approved Sweden’s accession"),
        ("2024-03-08", "Sweden has been a member of NATO since 7 March 2024."),
    ],
)
def test_accession_on_each_day_tells_the_answer_of_that_day(client: Client, day: str, told: str) -> None:
    assert told in lead(client, "/accessions/SWE/", as_of=day)


def test_map_of_a_day_before_its_newest_border_says_that_its_borders_are_of_today(client: Client) -> None:
    told = "The map has the borders of today"

    assert told in read_page(client.get("/accessions/ESP/?as_of=1982-03-15").content).words
    assert told in read_page(client.get("/?as_of=1982-03-15").content).words
    assert told not in read_page(client.get("/accessions/SWE/?as_of=2023-10-30").content).words


def test_accession_before_a_protocol_shows_the_members_that_would_have_to_ratify_one(client: Client) -> None:
    then = read_page(client.get("/accessions/UKR/?as_of=2023-10-30").content).words

    assert "Türkiye: member" in then
    assert "Allies that have approved" not in then


def test_accessions_are_told_from_the_furthest_to_those_who_have_not_applied(client: Client) -> None:
    page = read_page(client.get("/accessions/?as_of=2023-10-30").content)

    headings = [one.get("id") for one in page.all("h2")]

    assert headings[:4] == ["signed", "applicant", "aspirant", "member"]


def test_page_of_another_day_says_so_and_a_page_of_today_does_not(client: Client) -> None:
    then, now = (client.get(f"/accessions/SWE/{query}").content for query in ("?as_of=2023-10-30", ""))

    assert b"time-band" in then
    assert b"time-band" not in now


def test_links_on_a_page_of_another_day_stay_at_that_day(client: Client) -> None:
    links = read_page(client.get("/?as_of=2023-10-30").content).links
    accessions = {link for link in links if link.startswith("/accessions/S")}

    assert accessions
    assert all(link.endswith("?as_of=2023-10-30") for link in accessions)


def test_pages_after_a_correction_tell_both_what_was_said_and_what_is_said(client: Client) -> None:
    edition = current_edition()

    retract_event(KEY, reason="The vote was put off.", by=None)

    told = lead(client, "/accessions/SWE/", as_of="2024-02-28")
    assert "For Hungary the record does not say." in told
    assert "All 31 allies" in lead(client, "/accessions/SWE/", as_of="2024-02-28", known_at=str(edition))


def test_corrections_when_listed_lead_to_what_this_site_said_then(client: Client) -> None:
    edition = current_edition()
    retract_event(KEY, reason="The vote was put off.", by=None)

    page = read_page(client.get("/rectifications/").content)

    assert "The vote was put off." in page.words
    assert f"/events/{KEY}/?known_at={edition}" in page.links
    assert f"/accessions/SWE/?known_at={edition}" in page.links
    assert all(client.get(link).status_code == 200 for link in first_and_last_of_each_kind(page.links))


def first_and_last_of_each_kind(links: set[str]) -> set[str]:
    """Of the links to each kind of page the one to the oldest edition and the one to the newest."""
    told = sorted((link for link in links if "known_at=" in link), key=lambda link: int(link.rsplit("=", 1)[1]))
    by_kind = {link.split("/")[1]: [one for one in told if one.split("/")[1] == link.split("/")[1]] for link in told}
    return {one for of_kind in by_kind.values() for one in (of_kind[0], of_kind[-1])}


def test_corrections_of_a_claim_lead_to_the_commitment_as_this_site_told_it_then(client: Client) -> None:
    claim = Assessment.objects.select_related("commitment").order_by("pk").first()
    assert claim is not None
    edition = current_edition()

    retract_assessment(claim.key, reason="It was said of another text.", by=None)

    page = read_page(client.get("/rectifications/").content)
    assert f"/commitments/{claim.commitment.key}/?known_at={edition}" in page.links


def never_corrected() -> str:
    """The key of an event of which there is one version."""
    corrected = Rectification.objects.values("key")
    return Event.objects.standing().exclude(key__in=corrected).order_by("key")[0].key


def test_event_that_was_taken_back_says_so_now_and_not_then(client: Client) -> None:
    edition, key = current_edition(), never_corrected()
    retract_event(key, reason="The vote was put off.", by=None)

    now = read_page(client.get(f"/events/{key}/").content).words
    then = read_page(client.get(f"/events/{key}/?known_at={edition}").content).words

    assert f"taken back by rectification {Rectification.objects.count()}" in now
    assert "taken back" not in then
    assert "Never corrected." in then


def test_event_that_was_replaced_shows_the_new_version_and_its_history(client: Client) -> None:
    key = never_corrected()
    rectify_event(key, fact(key).model_copy(update={"title": "Consent, told better"}), reason="A slip.", by=None)

    page = read_page(client.get(f"/events/{key}/").content)

    assert "Consent, told better" in page.words
    assert f"Rectification {Rectification.objects.count()}" in page.words
    assert "version 2" in page.words


def test_correction_tells_what_differs_in_words(client: Client) -> None:
    key = next(one.key for one in map(event_fact, Event.objects.with_parts().standing()) if len(one.sources) > 1)
    whole = fact(key)
    changed = whole.model_copy(update={"sources": whole.sources[1:]})
    rectify_event(key, changed, reason="One source said nothing of it.", by=None)

    newest = html.fromstring(client.get("/rectifications/").content).cssselect("main section")[0]
    told = newest.text_content()

    assert whole.sources[0].title in told
    assert changed.sources[0].title not in told
    assert "{" not in told
    assert "None" not in told


def test_event_before_it_was_recorded_is_not_on_record(client: Client) -> None:
    response = client.get(f"/events/{KEY}/?known_at=10")

    assert response.status_code == 404


def test_log_at_an_edition_ends_there(client: Client) -> None:
    words = read_page(client.get("/changes/?known_at=200").content).words

    assert "Entry 200" in words
    assert "Entry 201" not in words
