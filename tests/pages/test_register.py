"""The register as the pages, the log and the API tell it: the seed's story, sentence by sentence, on five days."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from tests.pages.test_story import read
from tracker.domain.vocabulary import Claim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

MATRIX = "/accessions/SWE/commitments/"
DAYS = ("2022-06-28", "2023-07-10", "2023-10-30", "2024-01-26", "2026-11-29")


def one(client: Client, key: str, day: str) -> dict[str, Any]:
    """A commitment as the API tells it on a day."""
    found: dict[str, Any] = client.get(f"/api/v1/commitments/{key}/", {"as_of": day}).json()["data"]
    return found


def last(client: Client, key: str, day: str) -> dict[str, tuple[str, str]]:
    """The last word under each code on a day, and since when."""
    claims = sorted(one(client, key, day)["claims"], key=lambda claim: claim["since"])
    return {claim["by"]: (claim["status"], claim["since"]) for claim in claims}


def table(client: Client, day: str, **more: str) -> list[dict[str, str]]:
    """The matrix as a table."""
    answer = client.get(MATRIX, {"as_of": day, "table": "csv", **more})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(answer.content.decode())))


# Each sentence of the seed on a commitment, and how each party stood to it on each of the days.
STORY = {
    # No support to the YPG/PYD and to the organisation described as FETÖ.
    "mou-04a-no-support-ypg-pyd": {
        "2022-06-28": {"SWE": "pledged", "FIN": "pledged"},
        "2023-07-10": {"SWE": "pledged", "FIN": "pledged", "PRESS": "in_progress"},
        "2023-10-30": {"SWE": "pledged", "FIN": "pledged", "PRESS": "pledged"},
    },
    # The PKK: to prevent, and to continue; never “no support”.
    "mou-05b-prevent-pkk-activities": {
        "2022-06-28": {"SWE": "pledged", "FIN": "pledged"},
        "2023-07-10": {"SWE": "in_progress", "FIN": "pledged", "TUR": "in_progress"},
        "2023-10-30": {"SWE": "in_progress", "FIN": "pledged", "TUR": "in_progress", "PRESS": "pledged"},
        "2024-01-26": {"TUR": "in_progress", "PARTY": "disputed"},
    },
    # A bilateral security mechanism.
    "vil-03a-security-compact": {
        "2023-07-10": {"SWE": "pledged", "TUR": "pledged"},
        "2023-10-30": {"SWE": "pledged", "TUR": "pledged", "PRESS": "pledged"},
        "2026-11-29": {"SWE": "fulfilled", "TUR": "pledged", "UNNAMED": "in_progress"},
    },
    # A Special Coordinator of NATO: no word of Türkiye's on the post, and none is made.
    "vil-04-special-coordinator": {
        "2023-07-10": {"NATO": "pledged"},
        "2023-10-30": {"NATO": "fulfilled", "PRESS": "pledged"},
        "2026-11-29": {"NATO": "fulfilled", "PRESS": "pledged"},
    },
    # Also in the aftermath of membership.
    "vil-04b-ct-beyond-accession": {
        "2023-07-10": {"SWE": "pledged", "TUR": "pledged"},
        "2023-10-30": {"SWE": "pledged", "TUR": "pledged", "PRESS": "pledged"},
    },
    # The protocol, signed and referred.
    "vil-07-tr-forward-protocol": {
        "2023-07-10": {"TUR": "pledged"},
        "2023-10-30": {"TUR": "in_progress", "SWE": "in_progress", "NATO": "in_progress"},
        "2024-01-26": {"TUR": "fulfilled"},
    },
    "se-tr-memorandum-overall": {
        "2022-06-28": {"SWE": "pledged"},
        "2023-07-10": {"SWE": "fulfilled", "TUR": "disputed", "NATO": "fulfilled", "MEMBERS": "disputed"},
        "2023-10-30": {"SWE": "fulfilled", "TUR": "disputed", "NATO": "fulfilled", "USA": "fulfilled"},
        "2024-01-26": {"SWE": "fulfilled", "TUR": "in_progress"},
    },
}


@pytest.mark.parametrize(("key", "day"), [(key, day) for key, days in STORY.items() for day in days])
def test_story_is_told_as_each_party_had_told_it_by_the_day(client: Client, key: str, day: str) -> None:
    found = {by: status for by, (status, _) in last(client, key, day).items()}

    assert STORY[key][day].items() <= found.items()


def test_special_coordinator_has_no_word_of_turkiye_on_any_day(client: Client) -> None:
    assert all("TUR" not in last(client, "vil-04-special-coordinator", day) for day in DAYS if day > "2023-07-01")


def test_newspaper_of_the_day_stands_beside_the_texts_it_merges(client: Client) -> None:
    statement = client.get("/api/v1/statements/daily-sabah-2023-10-30/", {"as_of": "2023-10-30"}).json()["data"]
    page = read(client, "/commitments/mou-04a-no-support-ypg-pyd/", as_of="2023-10-30")

    assert [(speaker["kind"], speaker["office"]) for speaker in statement["speakers"]] == [("media", "Daily Sabah")]
    assert len(statement["claims"]) == 6
    assert "The texts promise no support only to the YPG/PYD" in page


@pytest.mark.parametrize("day", DAYS)
def test_claim_is_told_alike_on_page_matrix_and_api(client: Client, day: str) -> None:
    matrix = [(row["commitment"], row["by"], row["claim"], row["date"]) for row in table(client, day) if row["by"]]
    query = {"accession": "SWE", "as_of": day, "limit": "200"}
    told = [
        (commitment["key"], claim["by"], claim["status"], claim["since"])
        for commitment in client.get("/api/v1/commitments/", query).json()["data"]
        for claim in commitment["claims"]
    ]

    assert sorted(matrix) == sorted(told)
    assert told


@pytest.mark.parametrize(
    ("key", "day", "count"),
    [
        ("se-tr-f16", "2023-09-15", 3),
        ("se-tr-130-persons", "2023-01-10", 7),
        ("mou-06d-se-constitution", "2022-04-10", 1),
    ],
)
def test_claim_older_than_the_text_is_told_everywhere(client: Client, key: str, day: str, count: int) -> None:
    row = one(client, key, day)

    page = read(client, f"/commitments/{key}/", as_of=day)
    assert len(row["assessments"]) >= count
    assert "No claim on record by that day." not in page
    assert f"/commitments/{key}/" in read(client, "/commitments/", as_of=day)


def test_claim_older_than_the_text_is_marked_and_the_text_is_not_told(client: Client) -> None:
    row = one(client, "mou-06d-se-constitution", "2022-04-10")
    page = read(client, "/commitments/mou-06d-se-constitution/", as_of="2022-04-10")

    assert row["assessments"][0]["before_text"] is True
    assert row["stems_from"]["date"] == "2022-04-06"
    assert (row["asked_by"], row["owed_by"]) == ([], ["SWE"])
    assert "Trilateral Memorandum" not in page
    assert "older than the text" in page


def test_matrix_says_whose_word_when_how_long_ago_and_where(client: Client) -> None:
    page = read(client, MATRIX, as_of="2023-10-30")

    assert "Secretary General, Jens Stoltenberg (organisation, NATO)" in page
    assert "12 October 2023" in page
    assert "18 days before" in page
    assert "Daily Sabah (media, Türkiye)" in page
    assert "2024" not in page.split("<main")[1].split("</table>")[0].replace('value="2024', "")


def test_matrix_says_what_changed_since_a_day(client: Client) -> None:
    page = read(client, MATRIX, as_of="2023-10-30", since="2023-10-20")
    rows = table(client, "2023-10-30", since="2023-10-20")

    assert "Said since" in page
    assert {row["commitment"] for row in rows if row["new"] == "true"} >= {"vil-07-tr-forward-protocol"}
    assert not any(row["new"] == "true" and row["date"] < "2023-10-20" for row in rows)


def test_since_that_is_no_day_is_refused_with_what_would_be_right(client: Client) -> None:
    assert client.get(MATRIX, {"since": "yesterday"}).status_code == 400
    assert client.get(MATRIX, {"table": "xls"}).status_code == 400


def test_commitment_is_told_across_texts_with_what_it_depends_on(client: Client) -> None:
    page = read(client, "/commitments/vil-07-tr-forward-protocol/")

    assert "depends on" in page
    assert "as told by Jens Stoltenberg, Secretary General of NATO" in page
    assert "“not before October, because of the recess; then as soon as possible”" in page
    assert "Minister of Foreign Affairs, Hakan Fidan" in page


def test_relation_is_not_told_before_somebody_has_said_it(client: Client) -> None:
    assert "Tied to other commitments" not in read(
        client, "/commitments/vil-07-tr-forward-protocol/", as_of="2023-09-01"
    )


def test_extraditions_are_decisions_with_figures_of_each_side(client: Client) -> None:
    page = read(client, "/commitments/extraditions/")
    earlier = read(client, "/commitments/extraditions/", as_of="2022-08-01")

    assert "Supreme Court (court, Sweden)" in page
    assert "about 130" in page
    assert "President, Recep Tayyip Erdoğan (head of state, Türkiye)" in page
    assert "No decision on record by that day." in earlier
    assert "130" not in earlier.split("<main")[1].split("<footer")[0].split('id="cite"')[0]


def test_condition_in_no_accession_opens_none(client: Client) -> None:
    row = one(client, "ie-partition-1949", "1949-03-01")

    assert row["accession"] == "NATO"
    assert client.get("/accessions/IRL/").status_code == 404
    assert read(client, "/commitments/ie-partition-1949/")


def test_status_line_is_a_sentence_with_both_sides(client: Client) -> None:
    page = read(client, "/commitments/vil-04-special-coordinator/", as_of="2023-10-30")
    row = one(client, "vil-04-special-coordinator", "2023-10-30")

    assert row["answer"] == (
        "Asked by Türkiye; owed by NATO. Last words on record: NATO: “fulfilled” (12 October 2023)."
    )
    assert row["answer"] in page


def test_methodology_defines_each_word_and_who_may_say_it(client: Client) -> None:
    page = read(client, "/methodology/")

    assert all(f'id="word-{claim.value}"' in page for claim in Claim)
    assert "Who asked goes on without it." in page


VERDICTS = ("verdict", "rating", "score", "compliance", "is_true", "truth", "met", "kept", "assessment_of_ours")


def fields(value: Any) -> set[str]:
    """The names of all fields of a document."""
    match value:
        case dict():
            return set(value) | {name for part in value.values() for name in fields(part)}
        case list():
            return {name for part in value for name in fields(part)}
    return set()


@pytest.mark.parametrize("address", ["/api/v1/commitments/", "/api/v1/statements/"])
def test_no_field_of_the_contract_means_a_verdict(client: Client, address: str) -> None:
    rows = client.get(address, {"limit": "200"}).json()["data"]

    names = fields(rows)
    assert rows
    assert names.isdisjoint(VERDICTS)
    # The one word on how a commitment stands is always somebody's: it stands beside who said it.
    for claim in (claim for row in rows for claim in row.get("assessments", ())):
        assert claim["by"]
        assert claim["roles"]
    assert all("status" not in row for row in rows)
