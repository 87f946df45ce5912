"""Writing through the API: tokens, validation, refusals, and requests that come twice."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.api.conftest import Reader
from tracker.actions import issue_token, revoke_token
from tracker.domain.exceptions import TrackerError
from tracker.models import Change, IdempotentResponse, Report, Token
from tracker.models.tokens import READ_REPORTS, WRITE_REPORTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

SOURCE = {
    "url": "https://www.tbmm.gov.tr/",
    "title": "Minutes",
    "publisher": "Grand National Assembly of Türkiye",
    "class": "parliament",
    "published": "2024-01-23",
}
EVENT = {
    "key": "se2022-tr-statement-minutes",
    "accession": "SWE",
    "actor": "TUR",
    "kind": "statement",
    "date": "2024-01-23",
    "title": "Minutes of the debate printed",
    "sources": [SOURCE],
    "confidence": "high",
}


@pytest.fixture
def owner() -> User:
    """Somebody who has a token."""
    return User.objects.create_user("contributor")


@pytest.fixture
def bearer(owner: User) -> str:
    """The header of a token that may do everything."""
    return f"Bearer {issue_token(owner=owner, name='tests')[1]}"


def send(reader: Reader, body: object, bearer: str = "", **headers: str) -> Any:
    """The answer to a report."""
    told = {"Authorization": bearer} if bearer else {}
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return reader.post("/api/v1/reports/", text, "application/json", headers={**told, **headers})


def test_token_is_kept_only_as_a_digest(owner: User) -> None:
    token, text = issue_token(owner=owner, name="tests")

    kept = json.dumps([str(value) for value in Token.objects.filter(pk=token.pk).values_list()[0]])
    assert text.startswith(token.prefix)
    assert text.rpartition("_")[2] not in kept


def test_token_with_a_scope_that_there_is_not_is_refused(owner: User) -> None:
    with pytest.raises(TrackerError, match="There is no scope"):
        issue_token(owner=owner, name="tests", scopes=["everything"])


def test_report_waits_for_a_person_and_changes_nothing_public(reader: Reader, bearer: str, owner: User) -> None:
    before = Change.objects.count()

    answer = send(reader, {"event": EVENT, "message": "Seen today."}, bearer)

    report = Report.objects.get(pk=answer.json()["data"]["id"])
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/v1/reports/{report.pk}/"
    assert (report.channel, report.state, report.filed_by) == ("api", "filed", owner)
    assert Change.objects.count() == before


def test_report_sent_again_is_the_report_that_is_there(reader: Reader, bearer: str) -> None:
    first, again = (send(reader, {"event": EVENT}, bearer) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["data"]["id"] == again.json()["data"]["id"]


def test_request_repeated_with_its_key_gives_the_same_report(reader: Reader, bearer: str) -> None:
    answers = [send(reader, {"event": EVENT}, bearer, **{"Idempotency-Key": "one"}) for _ in range(3)]

    assert [one.status_code for one in answers] == [201, 200, 200]
    assert len({one.json()["data"]["id"] for one in answers}) == 1


def test_key_with_another_request_is_refused(reader: Reader, bearer: str) -> None:
    send(reader, {"event": EVENT}, bearer, **{"Idempotency-Key": "one"})

    answer = send(reader, {"event": {**EVENT, "title": "Other"}}, bearer, **{"Idempotency-Key": "one"})

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("#key-used-otherwise")


def test_key_is_forgotten_after_a_day(reader: Reader, bearer: str) -> None:
    send(reader, {"event": EVENT}, bearer, **{"Idempotency-Key": "one"})
    IdempotentResponse.objects.update(kept_at=timezone.now() - timedelta(hours=25))

    answer = send(reader, {"event": {**EVENT, "title": "Other"}}, bearer, **{"Idempotency-Key": "one"})

    assert answer.status_code == 201


def test_without_a_token_it_says_how_to_get_one(reader: Reader) -> None:
    answer = send(reader, {"event": EVENT})

    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "Authorization: Bearer" in answer.json()["detail"]


@pytest.mark.parametrize("how", ["wrong", "expired", "revoked", "inactive", "not ascii"])
def test_token_that_is_not_in_force_is_refused(reader: Reader, owner: User, how: str) -> None:
    token, text = issue_token(owner=owner, name="tests")
    match how:
        case "wrong":
            text = f"{text[:-1]}{'a' if text[-1] != 'a' else 'b'}"
        case "expired":
            Token.objects.update(created_at=timezone.now() - timedelta(days=2), expires_at=timezone.now())
        case "revoked":
            revoke_token(token.pk)
        case "inactive":
            User.objects.update(is_active=False)
        case "not ascii":
            text = "a10_é"

    answer = send(reader, {"event": EVENT}, f"Bearer {text}")

    assert answer.status_code == 401
    assert not Report.objects.exists()


@pytest.mark.parametrize(("scope", "method"), [(READ_REPORTS, "post"), (WRITE_REPORTS, "get")])
def test_token_does_no_more_than_its_scope(reader: Reader, owner: User, scope: str, method: str) -> None:
    text = issue_token(owner=owner, name="tests", scopes=[scope])[1]

    answer = getattr(reader, method)("/api/v1/reports/", headers={"Authorization": f"Bearer {text}"})

    assert answer.status_code == 403
    assert "scope reports:" in answer.json()["detail"]


def test_last_use_of_a_token_is_noted(reader: Reader, bearer: str) -> None:
    reader.get("/api/v1/reports/", headers={"Authorization": bearer})

    assert Token.objects.get().last_used_at is not None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"date": "2023-02-30"}, "event.date"),
        ({"kind": "ratification"}, "event.kind"),
        ({"actor": "turkey"}, "event.actor"),
        ({"key": "Not A Key"}, "event.key"),
        ({"votes": {"yes": -1}}, "event.votes.yes"),
        ({"votes": {"yes": 10**30}}, "event.votes.yes"),
        ({"title": ""}, "event.title"),
        ({"unknown": 1}, "event.unknown"),
        ({"sources": [{**SOURCE, "url": "javascript:alert(1)"}]}, "event.sources.0.url"),
        ({"title": "\ud800"}, "event.title"),
    ],
)
def test_report_that_is_no_event_is_refused_by_field(
    reader: Reader, bearer: str, changed: dict[str, Any], field: str
) -> None:
    answer = send(reader, {"event": {**EVENT, **changed}}, bearer)

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        (b'{"event": "\xff"}', 400),
        (json.dumps({"event": EVENT}).encode("utf-16"), 400),
        ('{"event": NaN}', 400),
        ('{"event": {"votes": {"yes": -Infinity}}}', 400),
        ("[" * 100_000, 413),
        (b"x" * 10_000_000, 413),
        ("[" * 60_000, 400),
        ("[]", 422),
        ("null", 422),
        (json.dumps({"event": {**EVENT, "title": "\0"}}), 422),
        (json.dumps({"event": {**EVENT, "detail": "x" * 70_000}}), 413),
    ],
    ids=[
        "cut off",
        "no UTF-8",
        "UTF-16",
        "no number",
        "endless",
        "too large",
        "far too large",
        "too deep",
        "a list",
        "nothing",
        "null character",
        "too long",
    ],
)
def test_body_that_cannot_be_read_is_refused(reader: Reader, bearer: str, body: str | bytes, status: int) -> None:
    answer = send(reader, body, bearer)

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert status == 413 or answer.json()["errors"][0]["field"] == "body"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"votes": {"yes": "5"}}, "event.votes.yes"),
        ({"votes": {"yes": True}}, "event.votes.yes"),
        ({"votes": {"yes": 1.5}}, "event.votes.yes"),
        ({"votes": {"yes": -1}}, "event.votes.yes"),
        ({"votes": {"yes": 10**30}}, "event.votes.yes"),
        ({"date": 2024}, "event.date"),
        ({"date": "2023-02-30"}, "event.date"),
        ({"date": "99999-01-01"}, "event.date"),
        ({"actor": "tur"}, "event.actor"),
        ({"title": "\ud800"}, "event.title"),
        ({"title": "two\nlines"}, "event.title"),
        ({"sources": [{**SOURCE, "url": "javascript:alert(1)"}]}, "event.sources.0.url"),
        ({"verdict": "guilty"}, "event.verdict"),
    ],
)
def test_field_that_means_nothing_is_named(reader: Reader, bearer: str, changed: dict[str, Any], field: str) -> None:
    answer = send(reader, {"event": {**EVENT, **changed}}, bearer)

    assert (answer.status_code, [one["field"] for one in answer.json()["errors"]]) == (422, [field])


def test_what_is_said_twice_is_refused_and_not_guessed_at(reader: Reader, bearer: str) -> None:
    twice = json.dumps({"event": EVENT})[:-2] + ', "actor": "HUN"}}'

    answer = send(reader, twice, bearer)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "actor")


@pytest.mark.parametrize("name", ["as_of", "known_at", "fields", "nonsense"])
def test_report_takes_no_parameters(reader: Reader, bearer: str, name: str) -> None:
    body = json.dumps({"event": EVENT})

    answer = reader.post(f"/api/v1/reports/?{name}=1", body, "application/json", headers={"Authorization": bearer})

    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (400, name)


def test_form_in_which_reports_are_not_read_is_refused(reader: Reader, bearer: str) -> None:
    answer = reader.post("/api/v1/reports/", {"event": "x"}, headers={"Authorization": bearer})

    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"sources": []}, "sources"),
        ({"actor": "XXX"}, "actor"),
        ({"with": ["HUN", "XXX"]}, "with"),
        ({"accession": "XXX"}, "accession"),
        ({"kind": "consent", "actor": "FIN", "date": "2022-06-01"}, "date"),
        ({"votes": {"yes": 287}}, "votes"),
        ({"kind": "chamber_vote", "votes": {"yes": 700}, "office": "Grand National Assembly"}, "votes"),
        ({"kind": "consent", "actor": "AUT"}, "actor"),
    ],
)
def test_report_that_the_record_could_not_take_is_refused(
    reader: Reader, bearer: str, changed: dict[str, Any], field: str
) -> None:
    answer = send(reader, {"event": {**EVENT, **changed}}, bearer)

    assert answer.status_code == 409, answer.content
    assert answer.json()["errors"][0]["field"] == f"event.{field}"
    assert not Report.objects.exists()


def test_correction_that_says_what_the_record_says_is_refused(reader: Reader, bearer: str) -> None:
    stamp = (
        "version",
        "recorded",
        "recorded_at",
        "state",
        "earliest",
        "latest",
        "precision",
        "rectifications",
        "plan",
        "firmness",
    )
    event = {name: value for name, value in reader.data("events/se2022-tr-consent/").items() if name not in stamp}

    same = send(reader, {"event": event}, bearer)
    other = send(reader, {"event": {**event, "title": "Other"}}, bearer)

    assert (same.status_code, other.status_code) == (409, 201), other.content


def test_reports_are_read_back_by_their_owner_only(reader: Reader, bearer: str) -> None:
    number = send(reader, {"event": EVENT}, bearer).json()["data"]["id"]
    stranger = f"Bearer {issue_token(owner=User.objects.create_user('stranger'), name='x')[1]}"

    own = reader.get(f"/api/v1/reports/{number}/", headers={"Authorization": bearer})
    foreign = reader.get(f"/api/v1/reports/{number}/", headers={"Authorization": stranger})
    listed = reader.get("/api/v1/reports/", headers={"Authorization": stranger})

    assert own.json()["data"]["event"]["key"] == EVENT["key"]
    assert own.headers["Cache-Control"] == "private, no-store"
    assert foreign.status_code == 404
    assert listed.json()["data"] == []


def test_answer_tells_what_is_doubtful_as_the_desk_does(reader: Reader, bearer: str) -> None:
    tie: dict[str, Any] = {
        **EVENT,
        "key": "se-tr-tie",
        "kind": "chamber_vote",
        "office": "Grand National Assembly of Türkiye",
    }
    tie |= {"date": "2024-01-23", "votes": {"yes": 90, "no": 90}}

    doubtful, plain = (send(reader, {"event": one}, bearer).json()["data"] for one in (tie, EVENT))

    assert "The vote is a tie, 90 to 90." in doubtful["doubts"]
    assert plain["doubts"] == []
