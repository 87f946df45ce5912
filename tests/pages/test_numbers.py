"""Every number that a page shows is the one that the API answers, on the same day."""

import re
from typing import Any

import pytest
from django.test import Client
from lxml import html

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

# One day between two edits, the others before a commit.
DAYS = [
    pytest.param(day, marks=() if day == "2023-10-30" else pytest.mark.slow)
    for day in (
        *("1952-02-18", "1982-05-30", "1998-05-01", "2004-03-29", "2008-10-01", "2019-02-10"),
        *("2023-10-30", "2026-11-01"),
    )
]


def page_of(client: Client, address: str, day: str) -> html.HtmlElement:
    """The page as of the day."""
    answer = client.get(address, {"as_of": day})
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def data_of(client: Client, path: str, day: str) -> Any:
    """What the API answers as of the day."""
    limit = {} if path == "compare/" else {"limit": "200"}
    return client.get(f"/api/v1/{path}", {"as_of": day, **limit}).json()["data"]


def text_of(element: html.HtmlElement) -> str:
    """The words of the element."""
    return " ".join(element.text_content().split())


def bounds(least: float | None, most: float | None) -> str:
    """Two ends as a page writes them."""
    if least is None:
        return "" if most is None else f"at most {number(most)}"
    if most is None:
        return f"{number(least)} or more"
    return number(least) if least == most else f"{number(least)} to {number(most)}"


def number(value: float) -> str:
    """The number as a page writes it."""
    return f"{value:,g}".replace("-", "\N{MINUS SIGN}")


def cells_of(page: html.HtmlElement, label: str) -> dict[str, str]:
    """What a column of a table says, by the address that its row leads to."""
    rows = [row for row in page.cssselect("tbody tr") if row.cssselect(f'td[data-label="{label}"]')]
    return {
        re.split(r"[?#]", row.cssselect("th a")[0].get("href") or "")[0]: text_of(
            row.cssselect(f'td[data-label="{label}"]')[0]
        )
        for row in rows
    }


@pytest.mark.parametrize("day", DAYS)
def test_counts_of_every_accession(client: Client, day: str) -> None:
    for row in data_of(client, "accessions/", day):
        shown = [text_of(one) for one in page_of(client, f"/accessions/{row['code']}/", day).cssselect("dl.facts dd")]

        counts = [
            f"{count['reached']} of {row['required']}" + (f" {count['unknown']} unknown" if count["unknown"] else "")
            for count in row["counts"].values()
        ]
        assert shown == (counts if row["required"] else []), row["code"]


@pytest.mark.parametrize("day", DAYS)
def test_days_and_medians_of_every_round(client: Client, day: str) -> None:
    compared = page_of(client, "/compare/", day)
    medians, forces = cells_of(compared, "Median days to approval"), cells_of(compared, "Days to force")

    for row in data_of(client, "compare/", day):
        address, median, force = f"/accessions/{row['accession']}/", row["median"], row["days_to_in_force"]
        known = f"({median['known']} of {median['required']} known)"
        days = cells_of(page_of(client, address, day), "Days since signature")
        expected = {
            f"{address}{taken['ally']}/": bounds(taken["at_least"], taken["at_most"])
            if taken["state"] != "not_reached"
            else ""
            for taken in row["days"]
        }

        assert medians[address] == f"{bounds(median['at_least'], median['at_most'])} {known}".strip()
        assert forces[address] == (bounds(force["at_least"], force["at_most"]) if force else "–")
        assert days == expected, address


@pytest.mark.parametrize("day", DAYS)
def test_places_of_every_round_among_the_others(client: Client, day: str) -> None:
    rows = data_of(client, "compare/", day)
    compared = page_of(client, "/compare/", day)
    places = cells_of(compared, "Place")

    assert places == {
        f"/accessions/{row['accession']}/": f"{bounds(row['place']['best'], row['place']['worst'])} of {len(rows)}"
        for row in rows
    }
    told = [text_of(one) for one in compared.cssselect("p.place")]
    front = next((row["place"] for row in rows if told and f"day {row['place']['day']} " in told[0]), None)
    assert bool(told) is (len(rows) > 1)
    if front:
        count = bounds(front["others_complete_at_least"], front["others_complete_at_most"])
        assert told[0].endswith(
            f"of {front['others']} other accessions, every ally had approved by that day in {count}."
        )


@pytest.mark.parametrize("day", DAYS)
def test_ranks_of_an_ally_in_every_round(client: Client, day: str) -> None:
    rounds = data_of(client, "compare/", day)

    for ally in ("USA", "TUR", "ISL", "HUN", "POL"):
        ranks = cells_of(page_of(client, f"/states/{ally}/", day), "Rank")
        expected = {
            f"/accessions/{row['accession']}/{ally}/": f"{bounds(taken['rank']['best'], taken['rank']['worst'])} of "
            f"{row['required']}"
            if taken["state"] != "not_reached"
            else "not known"
            for row in rounds
            for taken in row["days"]
            if taken["ally"] == ally
        }
        assert ranks == expected


@pytest.mark.parametrize("day", DAYS)
def test_members_and_lists_are_as_many(client: Client, day: str) -> None:
    members = [row for row in data_of(client, "states/", day) if row["member"]]
    listed = page_of(client, "/states/", day)

    assert f"{len(members)} states are members" in text_of(page_of(client, "/", day).cssselect("div.lead")[0])
    assert sum("not a member" not in cell for cell in cells_of(listed, "Member since").values()) == len(members)
    assert len(cells_of(page_of(client, "/accessions/", day), "Approved")) == len(data_of(client, "accessions/", day))
