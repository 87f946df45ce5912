"""What machines ask: alive, ready, measured; under any name and over any transport."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import DisallowedHost
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from pytest_django import Settings

from tests.facts import begin
from tracker.http import heads
from tracker.http.logs import OneLine
from tracker.http.requests import hand_on, request_id
from tracker.operations import probes

pytestmark = pytest.mark.django_db


@contextmanager
def database_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database that refuses every question, and is asked again at once when it is back."""

    def refuse(*args: object) -> None:
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse), monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "close", lambda self: None)
        yield
    heads.Breaker.until = 0.0


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics/"])
def test_machines_are_answered_under_any_name_and_without_tls(client: Client, settings: Settings, path: str) -> None:
    begin()
    settings.SECURE_SSL_REDIRECT = True

    answer = client.get(path, headers={"Host": "web:8000"})

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_its_database_the_process_lives_and_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database_away(monkeypatch):
        alive, ready = client.get("/healthz"), client.get("/readyz")

    assert alive.status_code == 200
    assert ready.status_code == 503
    assert ready.json()["checks"]["record"]["ok"] is False
    assert client.get("/readyz").json()["status"] == "ready"


def test_schema_older_than_the_code_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "_own_migrations", lambda: (("tracker", "9999_tomorrow"),))

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["schema"]["missing"] == ["tracker.9999_tomorrow"]


def test_while_the_database_is_away_what_is_at_hand_is_given_and_all_else_is_503(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin()
    before = client.get("/accessions/SWE/")

    with database_away(monkeypatch):
        at_hand = client.get("/accessions/SWE/")
        other = client.get("/states/")
        program = client.get("/api/v1/states/")

    assert at_hand.content == before.content
    assert (other.status_code, other.headers["Retry-After"]) == (503, "10")
    assert program.status_code == 503
    assert program.headers["Content-Type"] == "application/problem+json"
    assert client.get("/states/").status_code == 200


def test_metrics_tell_how_reads_were_answered_and_how_the_log_stands(client: Client) -> None:
    begin()
    for _ in range(2):
        client.get("/accessions/SWE/")

    text = client.get("/metrics/").text

    assert 'article10_answers_total{how="kept"}' in text
    assert 'article10_requests_total{kind="page",status="200"}' in text
    assert 'article10_request_seconds_bucket{kind="page",le="0.5"}' in text
    for name in ("edition", "log_head_ahead_seconds", "package_edition", "queue_messages", "database_up", "queue_up"):
        assert f"\narticle10_{name} " in text


def test_number_of_the_request_is_the_proxys_and_nobody_elses(client: Client, settings: Settings) -> None:
    given = {"X-Request-ID": "0123456789abcdef"}

    own = client.get("/robots.txt", headers=given).headers["X-Request-ID"]
    settings.PROXY_HOPS = 1
    of_the_proxy = client.get("/robots.txt", headers=given).headers["X-Request-ID"]
    forged = client.get("/robots.txt", headers={"X-Request-ID": "a\tb<script>"}).headers["X-Request-ID"]

    assert own != given["X-Request-ID"] == of_the_proxy
    assert len(forged) == 32


def test_message_of_a_job_bears_the_number_of_its_request_and_its_moment() -> None:
    headers: dict[str, object] = {}
    token = request_id.set("0123456789abcdef")

    hand_on(headers=headers)
    request_id.reset(token)

    assert headers["article10_request"] == "0123456789abcdef"
    assert isinstance(headers["sent_at"], float)


@pytest.mark.parametrize("error", [OperationalError("gone\nwith details"), DisallowedHost("evil.example")])
def test_what_is_no_fault_of_ours_takes_one_line_of_the_log(error: Exception) -> None:
    record = logging.LogRecord("django", logging.ERROR, "", 0, "At %s", ("/",), (type(error), error, None))

    OneLine().filter(record)

    assert record.exc_info is None
    assert record.getMessage().startswith("At /: ")
    assert "\n" not in record.getMessage()
