"""HTTP done right: validators, methods, forms, limits, compression, and every error as a problem."""

import base64
import gzip
import re
from datetime import timedelta
from typing import Any, get_args

import brotli
import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from api.framework.renderers import FORMATS
from api.framework.throttling import AddressThrottle
from api.parameters import TimelessParameters
from tests.api.conftest import Counting, Reader
from tests.api.resources import EVERYTHING, LISTS, with_parameter
from tracker.readmodel.record import current_edition, mark_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.mark.parametrize("path", EVERYTHING)
def test_answer_that_is_known_already_is_not_sent_again(reader: Reader, path: str, counting: Counting) -> None:
    first = reader.fetch(path)
    with counting() as queries:
        again = reader.fetch(path, if_none_match=first.headers["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Cache-Control" in again.headers
    # The status is asked anew each time: jobs and checks move without an edition.
    assert len(queries) <= (8 if path == "status/" else 2)


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        ('"other", W/{tag}', 304),
        ("*", 304),
        (" * ", 304),
        ('"other"', 200),
        ('"other{bare}', 200),
        ("{bare}", 200),
        ("", 200),
        (",,", 200),
    ],
)
def test_tag_is_compared_as_a_whole(reader: Reader, header: str, status: int) -> None:
    tag = reader.fetch("states/?limit=1").headers["ETag"]

    answer = reader.fetch("states/?limit=1", if_none_match=header.format(tag=tag, bare=tag[1:]))

    assert answer.status_code == status


@pytest.mark.parametrize("path", ["states/ZZZ/", "states/?x=1", "nothing/"])
def test_what_is_no_answer_is_never_one_that_is_known_already(reader: Reader, path: str) -> None:
    long_ago = {"if_none_match": "*", "if_modified_since": "Thu, 01 Jan 2099 00:00:00 GMT"}

    assert [reader.fetch(path, **{name: value}).status_code for name, value in long_ago.items()] == [
        reader.fetch(path).status_code
    ] * 2


def test_date_tells_what_is_known_already_unless_a_tag_does(reader: Reader) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        first = reader.fetch("states/?as_of=2023-10-30")
        told = first.headers["Last-Modified"]

        again = reader.fetch("states/?as_of=2023-10-30", if_modified_since=told)
        before = reader.fetch("states/?as_of=2023-10-30", if_modified_since="Sat, 01 Jan 2000 00:00:00 GMT")
        other = reader.fetch("states/?as_of=2023-10-30", if_modified_since=told, if_none_match='"other"')

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert (before.status_code, other.status_code) == (200, 200)


@pytest.mark.parametrize(
    "value", ["nonsense", "0", "9999999999", "2023-10-30", "Fri, 30 Feb 2024 00:00:00 GMT", "\u0661"]
)
def test_date_that_is_none_is_passed_over(reader: Reader, value: str) -> None:
    assert reader.fetch("states/?as_of=2023-10-30", if_modified_since=value).status_code == 200


def test_no_date_is_told_while_a_further_edition_may_bear_the_same(reader: Reader) -> None:
    recorded = mark_of(current_edition()).recorded_at
    assert recorded is not None

    with time_machine.travel(recorded + timedelta(seconds=1)):
        answer = reader.fetch("states/?as_of=2023-10-30")

    assert "ETag" in answer.headers
    assert "Last-Modified" not in answer.headers


def test_write_without_its_slash_is_sent_on_as_a_write(reader: Reader) -> None:
    answer = reader.post("/api/v1/reports", "{}", "application/json")

    assert (answer.status_code, answer.headers["Location"]) == (308, "/api/v1/reports/")
    assert reader.fetch("states").status_code == 301


@pytest.mark.parametrize("path", EVERYTHING)
def test_same_edition_and_day_give_the_same_bytes(reader: Reader, path: str) -> None:
    assert reader.fetch(path).content == reader.fetch(path).content


@pytest.mark.parametrize("path", EVERYTHING)
def test_head_has_the_headers_of_get_and_no_body(reader: Reader, path: str) -> None:
    whole = reader.fetch(path)
    head = reader.head(f"/api/v1/{path}")

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(whole.content))


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_refused_with_those_that_are_taken(reader: Reader, path: str, method: str) -> None:
    answer = getattr(reader, method)(f"/api/v1/{path}")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", EVERYTHING)
def test_options_are_the_methods(reader: Reader, path: str) -> None:
    answer = reader.options(f"/api/v1/{path}")

    assert (answer.status_code, answer.content, answer.headers["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")


def test_pinned_answer_may_be_kept_and_todays_not_for_long(reader: Reader) -> None:
    pinned = reader.fetch("accessions/?as_of=2023-10-30&known_at=2000")
    current = reader.fetch("accessions/")

    assert pinned.headers["Cache-Control"] == "public, max-age=604800"
    assert current.headers["Cache-Control"] == "public, max-age=30, stale-while-revalidate=300"


PINNED = [
    "accessions/SWE/?as_of=2023-10-30&known_at=2500",
    "snapshot/?known_at=2000",
    "changes/?after=100&known_at=2000",
    "changes/55/?known_at=2000",
    "rectifications/?known_at=2000",
]
OF_TODAY = [
    "accessions/SWE/?as_of=&known_at=2500",
    "accessions/SWE/?known_at=2500",
    "accessions/SWE/?as_of=2023-10-30",
    "accessions/SWE/?as_of=2023-10-30&known_at=",
    "events/?cursor=",
    "events/?cursor=&limit=1",
    "changes/?after=100",
    "snapshot/",
    "snapshot/?known_at=",
    "states/",
]


def lifetime(answer: Any) -> int:
    """For how many seconds a cache may keep the answer without asking again."""
    found = re.search(r"max-age=(\d+)", answer.headers["Cache-Control"])
    return int(found[1]) if found else 0


@pytest.mark.parametrize("path", [*PINNED, *OF_TODAY, *EVERYTHING])
def test_answer_is_kept_for_long_only_if_it_is_the_same_on_another_day(reader: Reader, path: str) -> None:
    now = timezone.now()
    with time_machine.travel(now):
        first = reader.fetch(path)
    with time_machine.travel(now + timedelta(days=6)):
        later = reader.fetch(path)

    assert lifetime(first) == lifetime(later)
    assert lifetime(first) <= 30 or first.content == later.content


@pytest.mark.parametrize("path", PINNED)
def test_what_never_changes_is_kept_for_a_week(reader: Reader, path: str) -> None:
    assert lifetime(reader.fetch(path)) == 604_800


def test_walk_that_has_begun_is_kept_for_a_week(reader: Reader) -> None:
    following = reader.fetch("events/?limit=1").json()["links"]["next"]

    assert lifetime(reader.fetch(following)) == 604_800


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("states/SWE/", {"if_none_match": "*"}, 304),
        ("states/swe/", {}, 301),
        ("states", {}, 301),
    ],
)
def test_answer_without_a_body_is_of_no_type(reader: Reader, path: str, headers: dict[str, str], status: int) -> None:
    answer = reader.fetch(path, **headers)

    assert (answer.status_code, answer.content, "Content-Type" in answer.headers) == (status, b"", False)


def test_preflight_and_options_are_of_no_type(reader: Reader) -> None:
    preflight = reader.options("/api/v1/states/", headers={"Origin": "x", "Access-Control-Request-Method": "GET"})

    assert "Content-Type" not in preflight.headers
    assert "Content-Type" not in reader.options("/api/v1/states/").headers


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("if_match", "{tag}", 200),
        ("if_match", '"other"', 412),
        ("if_unmodified_since", "Sat, 01 Jan 2000 00:00:00 GMT", 412),
    ],
)
def test_condition_that_does_not_hold_is_a_problem(reader: Reader, name: str, value: str, status: int) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        tag = reader.fetch("states/SWE/").headers["ETag"]
        answer = reader.fetch("states/SWE/", **{name: value.format(tag=tag)})

    kind = "application/json" if status == 200 else "application/problem+json"
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, kind)


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("states/?code=SWE&code=FIN&fields=code", ["FIN", "SWE"]),
        ("states/?code=SWE,FIN&code=TUR&fields=code", ["FIN", "SWE", "TUR"]),
        ("states/?code=se&fields=code", ["SWE"]),
        ("states/?code=SE,fi,TUR&fields=code", ["FIN", "SWE", "TUR"]),
    ],
)
def test_several_values_and_short_codes_are_understood(reader: Reader, path: str, codes: list[str]) -> None:
    assert [row["code"] for row in reader.data(path)] == codes


def test_log_as_a_table_is_whole(reader: Reader) -> None:
    rows = reader.fetch("changes/?format=csv").content.decode().count("\r\n")

    assert rows == current_edition() + 1
    assert reader.fetch("changes/?format=csv&limit=5").content.decode().count("\r\n") == 6


def test_large_answer_is_compressed_as_the_client_likes(reader: Reader) -> None:
    plain = reader.fetch("states/").content

    by_brotli = reader.fetch("states/", accept_encoding="gzip, br")
    by_gzip = reader.fetch("states/", accept_encoding="gzip;q=1, br;q=0")

    assert by_brotli.headers["Content-Encoding"] == "br"
    assert brotli.decompress(by_brotli.content) == plain
    assert by_gzip.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(by_gzip.content) == plain
    assert by_brotli.headers["ETag"] != by_gzip.headers["ETag"]


def test_other_sites_may_read_and_not_write(reader: Reader) -> None:
    answer = reader.fetch("states/", origin="https://elsewhere.example")
    asked_before = reader.options(
        "/api/v1/reports/", headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    )

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert asked_before.status_code == 204
    assert asked_before.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_no_answer_depends_on_language_or_cookie(reader: Reader) -> None:
    answer = reader.fetch("accessions/SWE/?as_of=2023-10-30", accept_language="fr")

    assert answer.headers["Vary"] == "Accept, Accept-Encoding"
    assert "have approved" in answer.json()["data"]["answer"]
    assert not answer.cookies


@pytest.mark.parametrize("path", LISTS)
def test_form_that_there_is_not_is_refused(reader: Reader, path: str) -> None:
    answer = reader.fetch(path, accept="application/xml")

    assert (answer.status_code, answer.headers["Content-Type"]) == (406, "application/problem+json")


def test_address_beyond_all_measure_is_refused_unread(reader: Reader) -> None:
    answer = reader.fetch("events/?q=" + "x" * 9000)

    assert (answer.status_code, answer.headers["Content-Type"]) == (414, "application/problem+json")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("HEAD", "check/", 414),
        ("POST", "check/", 405),
        ("PUT", "check/", 405),
        ("TRACE", "check/", 405),
        ("POST", "reports/", 414),
        ("DELETE", "changes/", 405),
        ("TRACE", "nowhere/", 414),
    ],
)
def test_method_that_an_address_does_not_take_is_refused_as_that_however_long(
    client: Client, method: str, path: str, status: int
) -> None:
    answer = client.generic(method, f"/api/v1/{path}?q=" + "x" * 9000)

    assert answer.status_code == status


def test_too_many_requests_are_told_when_to_come_back(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(AddressThrottle.THROTTLE_RATES, "address", "2/minute")

    answers = [reader.fetch(f"states/?limit={number}") for number in (1, 2, 3)]

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert [one.headers["RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
    assert answers[2].headers["Retry-After"] == answers[2].headers["RateLimit-Reset"]
    assert answers[2].json()["type"].endswith("#too-many-requests")


@pytest.mark.parametrize("path", ["/api/v2/", "/api/v1/nothing/", "/api/v1/accessions/QQQ/", "/api/v1/events/no/"])
def test_address_with_nothing_under_it_is_a_problem(reader: Reader, path: str) -> None:
    answer = reader.fetch(path)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404


@pytest.mark.urls("tests.api.faulty")
def test_fault_is_logged_in_full_and_told_in_general(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    answer = reader.fetch("faulty/")

    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert "division" not in answer.content.decode()
    assert "ZeroDivisionError" in caplog.text


NOT_A_DAY = [
    "2023-02-30",
    "0000-00-00",
    "99999-01-01",
    "2023",
    "2023-13-01",
    "x",
    "%00",
    "%FF",
    "-1",
    "9" * 3900,
    "\u0661\u0662\u0663\u0664-01-01",
]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("value", NOT_A_DAY)
def test_day_that_is_none_is_refused_by_name(reader: Reader, path: str, value: str) -> None:
    answer = reader.fetch(with_parameter(path, f"as_of={value}"))

    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json()["errors"]] == ["as_of"]


BAD = [
    ("known_at", "99999999999"),
    ("known_at", "-1"),
    ("known_at", "1e3"),
    ("known_at", "2023-02-30T00:00:00Z"),
    ("known_at", "%00"),
    ("limit", "0"),
    ("limit", "-7"),
    ("limit", "1001"),
    ("limit", "9" * 40),
    ("limit", "1.5"),
    ("limit", "%FF"),
    ("format", "xml"),
    ("format", "%00"),
    ("fields", "nothing"),
    ("fields", "%FF"),
    ("fields", "," * 50),
    ("frobnicate", "1"),
    ("%00", "1"),
    ("include[]", "x"),
]


@pytest.mark.parametrize("path", [path for path in LISTS if path != "compare/"])
@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_parameter_is_refused_by_name(reader: Reader, path: str, name: str, value: str) -> None:
    answer = reader.fetch(with_parameter(path, f"{name}={value}"))

    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json()["errors"]] == [name.replace("%00", "\0")]


@pytest.mark.parametrize(
    ("path", "culprit"),
    [
        ("ratifications/?ally=QQQ", "ally"),
        ("ratifications/?ally=TUR,' OR 1=1", "ally"),
        ("ratifications/?stage=ratified", "stage"),
        ("ratifications/?pending=maybe", "pending"),
        ("accessions/?include=ratifications.events.sources", "include"),
        ("accessions/?status=", None),
        ("events/?since=2023-02-30", "since"),
        ("events/?q=" + "x" * 3900, "q"),
        ("events/?kind=consent,nonsense", "kind"),
        ("changes/?after=-1", "after"),
        ("changes/?after=999999", "after"),
        ("changes/?after=101&known_at=100", "after"),
        ("changes/?after=100&known_at=100", None),
        ("changes/?after=" + "9" * 30, "after"),
        ("accessions/?cursor=%00", "cursor"),
        ("accessions/?cursor=W10", "cursor"),
        ("accessions/?cursor=" + "W" * 3900, "cursor"),
        ("accessions/?as_of=2023-10-30&as_of=2023-10-31", "as_of"),
        ("snapshot/?as_of=2023-10-30", "as_of"),
    ],
)
def test_bad_value_is_refused_by_name(reader: Reader, path: str, culprit: str | None) -> None:
    answer = reader.fetch(path)

    named = [one["parameter"] for one in answer.json().get("errors", [])]
    assert (answer.status_code, named) == ((400, [culprit]) if culprit else (200, []))


def test_cursor_of_another_list_is_refused(reader: Reader) -> None:
    following = reader.fetch("ratifications/?accession=SWE&limit=1").json()["links"]["next"]

    answer = reader.fetch(following.replace("accession=SWE", "accession=FIN"))

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "cursor"


TAMPERED = [
    '[999999999999999999999999,"2023-10-30","x","SWE/ALB"]',
    '[-5,"2023-10-30","x","SWE/ALB"]',
    '[5,"nonsense","x","SWE/ALB"]',
    '[5,"2023-02-30","x","SWE/ALB"]',
    '[true,"2023-10-30","x","SWE/ALB"]',
    '[5,"2023-10-30","x"]',
    '{"0":5}',
    "[" * 2000,
    "NaN",
]


@pytest.mark.parametrize("text", TAMPERED, ids=range(len(TAMPERED)))
def test_cursor_that_was_tampered_with_is_itself_the_culprit(reader: Reader, text: str) -> None:
    cursor = base64.urlsafe_b64encode(text.encode()).decode()

    answer = reader.fetch(f"ratifications/?cursor={cursor}")

    assert answer.status_code == 400
    assert [one["parameter"] for one in answer.json()["errors"]] == ["cursor"]


def test_cursor_with_another_day_is_refused(reader: Reader) -> None:
    following = reader.fetch("ratifications/?as_of=2023-10-30&limit=1").json()["links"]["next"]

    answer = reader.fetch(following.replace("2023-10-30", "2023-10-31"))

    assert answer.json()["errors"][0]["parameter"] == "as_of"


def test_format_is_any_form_of_lists_and_no_other() -> None:
    annotation = TimelessParameters.model_fields["format"].annotation

    assert set(get_args(get_args(annotation)[0])) == set(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_of_a_list_says_of_which_edition_and_day_it_is(reader: Reader, form: str) -> None:
    mark = mark_of(current_edition())
    path = f"states/?format={form}&as_of=2023-10-30&known_at={mark.name}"

    made = reader.fetch(path, origin="https://example.org")
    remembered = reader.fetch(path)

    for answer in (made, remembered):
        assert answer.headers["Article10-Edition"] == mark.name
        assert answer.headers["Article10-As-Of"] == "2023-10-30"
        assert "max-age=604800" in answer.headers["Cache-Control"]
    assert "Article10-Edition" in made.headers["Access-Control-Expose-Headers"]
