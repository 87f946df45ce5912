"""What the API answers: the contract of every resource, and the story of October 2023."""

import csv
import io
import json

import pytest
from pydantic import BaseModel

from api.shapes import Envelope
from tests.api.conftest import Counting, Reader
from tests.api.resources import DETAILS, EVERYTHING, INCLUDES, LISTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.mark.parametrize(("path", "shape"), [*LISTS.items(), *INCLUDES.items()])
def test_list_has_the_shape_that_is_promised(reader: Reader, path: str, shape: type[BaseModel]) -> None:
    answer = reader.fetch(path)

    assert answer.status_code == 200
    Envelope[list[shape]].model_validate(answer.json())  # type: ignore[valid-type]


@pytest.mark.parametrize(("path", "shape"), DETAILS.items())
def test_document_has_the_shape_that_is_promised(reader: Reader, path: str, shape: type[BaseModel]) -> None:
    answer = reader.fetch(path)

    assert answer.status_code == 200
    Envelope[shape].model_validate(answer.json())  # type: ignore[valid-type]


@pytest.mark.parametrize("path", EVERYTHING)
def test_answer_takes_few_queries_with_nothing_in_memory(reader: Reader, path: str, counting: Counting) -> None:
    with counting() as queries:
        reader.fetch(path)

    assert len(queries) <= 10


@pytest.mark.parametrize("path", LISTS)
def test_list_takes_as_many_queries_for_many_rows_as_for_one(reader: Reader, path: str, counting: Counting) -> None:
    separator = "&" if "?" in path else "?"
    with counting() as for_one:
        reader.fetch(path if path == "compare/" else f"{path}{separator}limit=1")
    reader.fetch("status/")
    with counting() as for_many:
        reader.fetch(path if path == "compare/" else f"{path}{separator}limit=200")

    assert len(for_many) <= len(for_one)


def test_sweden_on_30_october_2023_waits_for_hungary_and_turkiye(reader: Reader) -> None:
    data = reader.data("accessions/SWE/?as_of=2023-10-30")

    assert (data["status"], data["required"], data["pending"]) == ("signed", 31, ["HUN", "TUR"])
    assert data["counts"]["approved"] == {"reached": 29, "unknown": 0, "not_reached": 2}
    assert data["answer"].startswith("29 of 31 allies have approved Sweden’s accession; Hungary and Türkiye")
    assert data["days_since_signature"] == 482


def test_turkiye_on_30_october_2023_has_submitted_and_its_committee_is_next(reader: Reader) -> None:
    [row] = reader.data("ratifications/?accession=SWE&ally=TUR&pending=true&as_of=2023-10-30")

    assert (row["stage"], row["stages"]["submitted"]["date"]) == ("submitted", "2023-10-23")
    assert row["next"] == [{"kind": "committee_vote", "office": "Committee on Foreign Affairs"}]


def test_deposits_that_are_only_inferred_say_so(reader: Reader) -> None:
    rows = reader.data("ratifications/?accession=SWE&as_of=2024-03-07&limit=200")

    inferred = [row["stages"]["deposited"] for row in rows if row["stages"]["deposited"]["inferred"]]
    assert inferred
    assert {one["basis"] for one in inferred} == {"in_force"}
    assert all(one["precision"] == "interval" for one in inferred)


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("1950-01-01", 12),
        ("1953-01-01", 14),
        ("1956-01-01", 15),
        ("2021-01-01", 30),
        ("2023-04-04", 31),
        ("2024-03-07", 32),
    ],
)
def test_states_on_a_day_are_the_members_of_that_day(reader: Reader, day: str, members: int) -> None:
    assert len(reader.data(f"states/?member=true&as_of={day}&limit=200")) == members


def test_name_of_a_state_is_that_of_the_day(reader: Reader) -> None:
    earlier = reader.data("states/TUR/?as_of=2020-01-01&fields=name")
    later = reader.data("states/TUR/?as_of=2023-01-01&fields=name")

    assert (earlier, later) == ({"name": "Turkey"}, {"name": "Türkiye"})


def test_state_is_found_by_any_of_its_names(reader: Reader) -> None:
    found = {text: reader.data(f"states/?q={text}&fields=code") for text in ("Turkey", "türkiye", "Turquie")}

    assert list(found.values()) == [[{"code": "TUR"}]] * 3


@pytest.mark.parametrize(
    ("typed", "code"), [("UK", "GBR"), ("Turkiye", "TUR"), ("tr", "TUR"), ("The Netherlands", "NLD")]
)
def test_filter_by_a_state_takes_its_names(reader: Reader, typed: str, code: str) -> None:
    rows = reader.data(f"ratifications/?accession=sweden&ally={typed}")

    assert [(row["accession"], row["ally"]) for row in rows] == [("SWE", code)]


@pytest.mark.parametrize("typed", ["UK", "Great Britain", "U.K."])
def test_state_of_an_exact_name_is_found_alone(reader: Reader, typed: str) -> None:
    assert [row["code"] for row in reader.data(f"states/?q={typed}")] == ["GBR"]


def test_event_is_found_by_its_title_and_by_its_detail(reader: Reader) -> None:
    rows = reader.walk("events/?limit=200")
    found = {text: reader.walk(f"events/?limit=200&q={text}") for text in ("PROTOCOL", "grand national", "no such act")}

    for text, told in found.items():
        wanted = [row for row in rows if text.casefold() in f"{row['title']}\n{row['detail'] or ''}".casefold()]
        assert told == wanted


@pytest.mark.parametrize(("typed", "written"), [("erdogan", "Erdoğan"), ("ORBAN", "Orbán"), ("Turkiye", "Türkiye")])
def test_event_is_found_by_a_word_without_its_marks(reader: Reader, typed: str, written: str) -> None:
    rows = reader.data(f"events/?limit=200&q={typed}&fields=title,detail")

    assert rows
    assert rows == reader.data(f"events/?limit=200&q={written}&fields=title,detail")


def test_events_after_the_day_asked_about_are_left_out(reader: Reader) -> None:
    rows = reader.walk("events/?accession=SWE&as_of=2023-10-30&limit=200")

    assert rows
    assert max(row["earliest"] for row in rows) <= "2023-10-30"


def test_known_at_shows_what_the_log_had_told_by_then(reader: Reader) -> None:
    events = reader.data("events/?accession=SWE&fields=key,recorded,version&limit=200")
    never_put_right = next(one for one in events if one["version"] == 1)
    path, position = f"events/{never_put_right['key']}/", never_put_right["recorded"]

    before = reader.fetch(f"{path}?known_at={position - 1}")
    after = reader.fetch(f"{path}?known_at={position}")

    assert (before.status_code, after.status_code) == (404, 200)


def test_two_letters_or_lower_case_lead_to_the_canonical_address(reader: Reader) -> None:
    answer = reader.fetch("accessions/se/ratifications/tr/?as_of=2023-10-30")

    assert answer.status_code == 301
    assert answer.headers["Location"] == "/api/v1/accessions/SWE/ratifications/TUR/?as_of=2023-10-30"


@pytest.mark.parametrize("path", LISTS)
def test_csv_has_the_rows_of_the_list(reader: Reader, path: str) -> None:
    answer = reader.fetch(path, accept="text/csv")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows) == len(reader.walk(path))


@pytest.mark.parametrize("path", LISTS)
def test_csv_has_the_same_columns_whatever_the_rows(reader: Reader, path: str) -> None:
    separator = "&" if "?" in path else "?"
    editions = (0, 1500, 2549) if path != "accessions/SWE/ratifications/" else (1500, 2549)
    texts = [reader.fetch(f"{path}{separator}format=csv&known_at={edition}").content for edition in editions]

    [columns] = {text.split(b"\r\n")[0] for text in texts}
    assert columns
    assert len(columns.split(b",")) == len(set(columns.split(b",")))


def test_csv_of_chosen_fields_has_their_columns_also_without_rows(reader: Reader) -> None:
    text = reader.fetch("events/?format=csv&known_at=0&fields=key,votes,sources").content

    assert text == b"key,votes.yes,votes.no,votes.abstain,votes.absent,sources\r\n"


def test_csv_loses_nothing_of_an_entry_of_the_log(reader: Reader) -> None:
    answer = reader.fetch("changes/?type=event.recorded&limit=5&format=csv")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    told = reader.data("changes/?type=event.recorded&limit=5")
    assert [json.loads(row["payload"]) for row in rows] == [entry["payload"] for entry in told]


@pytest.mark.parametrize("limit", [1, 7, 200])
def test_walk_gives_every_row_once_whatever_the_size_of_the_step(reader: Reader, limit: int) -> None:
    rows = reader.walk(f"ratifications/?accession=SWE&limit={limit}&fields=key")

    assert len(rows) == len({row["key"] for row in rows}) == 31


def test_fields_gives_only_what_is_asked_for(reader: Reader) -> None:
    assert reader.data("accessions/?applicant=SWE,FIN&fields=code,status&as_of=2023-10-30") == [
        {"code": "FIN", "status": "member"},
        {"code": "SWE", "status": "signed"},
    ]


def test_part_that_comes_along_comes_whatever_the_fields(reader: Reader) -> None:
    [row] = reader.data("accessions/?applicant=SWE&fields=code&include=commitments")

    assert list(row) == ["code", "commitments"]


def test_part_that_was_not_asked_for_is_no_field(reader: Reader) -> None:
    answer = reader.fetch("accessions/?fields=code,events")

    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"parameter": "fields", "detail": "fields: “events” comes along with include=events only."}
    ]


@pytest.mark.parametrize(
    ("code", "status"), [("SWE", 200), ("UKR", 200), ("se", 301), ("AUT", 404), ("NOPE", 404), ("QQ", 404)]
)
def test_ratifications_of_nothing_on_record_are_not_an_empty_list(reader: Reader, code: str, status: int) -> None:
    answer = reader.fetch(f"accessions/{code}/ratifications/?limit=3")

    assert answer.status_code == status
    if status == 301:
        assert answer.headers["Location"] == "/api/v1/accessions/SWE/ratifications/?limit=3"


def test_answer_links_to_its_page(reader: Reader) -> None:
    answer = reader.fetch("accessions/SWE/?as_of=2023-10-30")

    assert answer.json()["links"]["alternate"] == "/accessions/SWE/?as_of=2023-10-30"
    assert answer.headers["Link"] == '</accessions/SWE/?as_of=2023-10-30>; rel="alternate"'


@pytest.mark.parametrize(
    "query",
    [
        "kind=consent&accession=SWE",
        "only=stages&ally=HUN",
        "q=madrid+memorandum",
        "state=FIN&kind=deposited",
        "stage=approved",
    ],
)
def test_the_log_is_filtered_as_the_feeds_are(reader: Reader, query: str) -> None:
    feed = reader.get(f"/feed.json?{query}").json()
    newest = [item["_article10"]["position"] for item in feed["items"]]

    positions = [row["position"] for row in reader.walk(f"changes/?{query}&minor=false")]

    assert positions == sorted(positions)
    assert positions[-len(newest) :] == newest[::-1]


def test_event_says_what_its_sources_amount_to(reader: Reader) -> None:
    data = reader.data("events/se2022-tr-consent/")

    houses = {source["publisher"] for source in data["sources"]}
    assert data["firmness"]["publishers"] == len(houses) == 4
    assert data["firmness"]["nearest"] in {source["class"] for source in data["sources"]}
    assert data["firmness"]["first_published"] == min(filter(None, (one["published"] for one in data["sources"])))


def test_event_counts_no_source_that_came_after_the_day(reader: Reader) -> None:
    data = reader.data("events/?as_of=2022-07-06&state=reached&limit=200")

    assert data
    for event in data:
        first = event["firmness"]["first_published"]
        assert event["firmness"]["publishers"] <= len(event["sources"])
        assert first is None or first in {source["published"] for source in event["sources"]}


def test_accession_under_way_says_up_to_when_the_record_knows(reader: Reader) -> None:
    told = {as_of: reader.data(f"accessions/SWE/?as_of={as_of}") for as_of in ("2023-10-30", "2024-03-08")}

    assert [one["complete_up_to"] for one in told.values()] == [None, None]
    ahead = [one for one in reader.data("accessions/") if one["complete_up_to"]]
    assert {one["code"] for one in ahead} >= {"UKR"}
    assert all(one["status"] not in {"member", "withdrawn"} for one in ahead)


def test_the_entrance_says_up_to_when_the_whole_record_knows(reader: Reader) -> None:
    newest = reader.data("status/")["complete_up_to"]

    assert newest
    assert reader.data("")["complete_up_to"] == newest
    assert reader.data("?as_of=2023-10-30")["complete_up_to"] is None
    days = [one["latest"] for one in reader.data("events/?since=2026-01-01&limit=200") if not one["planned"]]
    assert max(days) == newest
