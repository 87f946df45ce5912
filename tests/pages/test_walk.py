"""A walk over the pages of the shipped data: each one valid, whole and sourced, and no link leads nowhere.

Of what there is much of, every so-manyth is read; `ARTICLE10_WALK=all` reads every page, which takes its time.
"""

import os
from collections.abc import Iterator, Sequence

import pytest
from django.conf import settings
from django.test import Client

from tests.pages.page_reading import faults, path_of, read_page
from tracker.models import Accession, Commitment, Event, Ratification, State

WHOLE = os.environ.get("ARTICLE10_WALK") == "all"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("shipped"),
    pytest.mark.timeout(7200 if WHOLE else 900),
    pytest.mark.slow,
]

FIXED = (
    "/",
    "/accessions/",
    "/states/",
    "/commitments/",
    "/events/",
    "/events/?unsourced=true",
    "/changes/",
    "/rectifications/",
    "/compare/",
    "/data/",
    "/methodology/",
    "/status/",
    "/subscribe/",
    "/search/?q=turkiye",
    "/check/",
    "/check/?accession=SWE&ally=HUN&act=ratified&on=2024-02-26",
    "/accessions/SWE/embed/",
)
DAYS = ("", "?as_of=1949-01-01", "?as_of=1952-02-18", "?as_of=2003-06-01", "?as_of=2022-07-20", "?as_of=2023-10-30")


def some(found: Sequence[str], every: int) -> list[str]:
    """All of them on a whole walk, else the first and every so-manyth."""
    return list(found) if WHOLE else list(found[::every])


def addresses(kind: str) -> list[str]:
    """The pages of one kind."""
    return {
        "fixed": list(FIXED),
        "first": [f"/{day}" for day in DAYS],
        "accession": some([row.get_absolute_url() for row in Accession.objects.order_by("pk")], 4),
        "sweden": [f"/accessions/SWE/{day}" for day in DAYS],
        "state": some([row.get_absolute_url() for row in State.objects.order_by("pk")], 8),
        "commitment": some([row.get_absolute_url() for row in Commitment.objects.order_by("pk")], 6),
        "ratification": some([row.get_absolute_url() for row in Ratification.objects.order_by("pk")], 40),
        "event": some([row.get_absolute_url() for row in Event.objects.order_by("pk")], 50),
    }[kind]


def everything() -> set[str]:
    """The address of every fact on record."""
    models = (Accession, State, Commitment, Ratification, Event)
    return {row.get_absolute_url() for model in models for row in model.objects.all()}


def in_english(path: str) -> str:
    """The same page without the prefix of its language: what is there in one is there in all."""
    language, _, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if language in dict(settings.LANGUAGES) else path


def judged(client: Client, found: list[str], seen: set[str]) -> Iterator[str]:
    """What is wrong with these pages; their links are added to `seen`."""
    for address in found:
        response = client.get(address)
        if response.status_code != 200:
            yield f"{address}: {response.status_code}"
            continue
        page = read_page(response.content)
        seen |= {path_of(link) for link in page.links}
        yield from (f"{address}: {fault}" for fault in faults(page))


def status_of(client: Client, link: str) -> int:
    """How the link answers. A file of a data package, if one has been built, is let go of once it is read."""
    response = client.get(link)
    if response.streaming:
        response.getvalue()
    return response.status_code


@pytest.mark.parametrize(
    "kind", ["fixed", "first", "accession", "sweden", "state", "commitment", "ratification", "event"]
)
def test_pages_when_walked_are_valid_and_lead_nowhere_in_vain(client: Client, kind: str) -> None:
    seen: set[str] = set()

    wrong = list(judged(client, addresses(kind), seen))

    known = everything() | {path_of(one) for one in FIXED}
    unknown = {link for link in seen if in_english(link) not in known}
    # The API counts requests, so that a few of the pages' twins stand for all.
    twins = sorted(link for link in unknown if link.startswith("/api/"))
    asked = [*sorted(unknown.difference(twins)), *twins[::12]]
    dead = [link for link in asked if status_of(client, link) != 200]
    assert wrong == []
    assert dead == []


@pytest.mark.parametrize("kind", ["event", "commitment"])
def test_facts_when_shown_name_a_source_or_say_that_one_is_wanted(client: Client, kind: str) -> None:
    silent = []
    for address in addresses(kind):
        words = read_page(client.get(address).content)
        sourced = any("publisher" in (one.get("class") or "").split() for one in words.all("span"))
        if not sourced and "unsourced, source wanted" not in words.words:
            silent.append(address)

    assert silent == []


def test_unsourced_events_when_listed_are_all_that_lack_a_citation(client: Client) -> None:
    lacking = Event.objects.standing().filter(citations__isnull=True).count()

    page = read_page(client.get("/events/?unsourced=true").content)

    assert lacking == 30
    assert page.words.count("unsourced, source wanted") == lacking


def test_definitions_when_linked_from_a_count_exist(client: Client) -> None:
    known = set(read_page(client.get("/methodology/").content).ids)
    linked = {
        link.split("#")[1]
        for address in ("/", "/accessions/SWE/", "/accessions/SWE/TUR/", "/states/TUR/", "/compare/", "/changes/")
        for link in read_page(client.get(address).content).links
        if path_of(link) == "/methodology/" and "#" in link
    }

    assert len(linked) > 8
    assert linked - known == set()
