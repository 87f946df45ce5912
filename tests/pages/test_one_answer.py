"""One answer: what the lead of a page says is what its description, its shared form, its citation and the API say."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.pages.page_reading import XHTML, Read, read_page
from tracker.readmodel import open_newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped"), pytest.mark.slow]

FIRST, LAST = date(1950, 1, 1), date(2026, 11, 1)
PAGES = 50


def meta(page: Read, name: str) -> str:
    """What the head of the page says under that name."""
    found = [one.get("content") for one in page.all("meta") if name in (one.get("name"), one.get("property"))]
    return str(found[0])


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def lead(page: Read) -> str:
    (found,) = [one for one in page.all("div") if one.get("class") == "lead"]
    return words(found)


def quote(page: Read) -> str:
    return next(one.text or "" for one in page.all("pre") if one.get("class") == "quote").splitlines()[0]


def some_days(seed: int) -> list[date]:
    """Days of the record, the same in every run."""
    dice = random.Random(seed)  # noqa: S311 - a sample, and no secret
    return [FIRST + timedelta(days=dice.randrange((LAST - FIRST).days)) for _ in range(PAGES)]


def test_lead_is_description_and_quote_and_answer_of_the_api_on_fifty_accessions_and_days(client: Client) -> None:
    codes = sorted(open_newest().accessions)
    for number, day in enumerate(some_days(1)):
        address, asked = f"/accessions/{codes[number % len(codes)]}/", {"as_of": day.isoformat()}
        page = read_page(client.get(address, asked).content)
        told = client.get(f"/api/v1{address}", asked).json()["data"]["answer"]

        assert {lead(page), meta(page, "description"), meta(page, "og:description"), quote(page)} == {told}
        assert meta(page, "og:image:alt") == told
        assert words(page.all("h1")[0]) == meta(page, "og:title") == meta(page, "citation_title")


def test_lead_is_description_and_quote_on_fifty_ratifications_and_days(client: Client) -> None:
    keys = sorted(open_newest().state.ratifications)
    for number, day in enumerate(some_days(2)):
        page = read_page(client.get(f"/accessions/{keys[number * 7 % len(keys)]}/", {"as_of": day.isoformat()}).content)
        if any(one.get("class") == "lead" for one in page.root.iter(f"{XHTML}div")) and page.all("pre"):
            assert len({lead(page), meta(page, "description"), meta(page, "og:description"), quote(page)}) == 1
            assert words(page.all("h1")[0]) == meta(page, "og:title")
