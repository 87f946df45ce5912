"""The status by program: the same lights as on the page, and nothing that only operators should read."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.facts import begin, check_ratification, event, record_event
from tracker.exchange.dataset import load_shipped
from tracker.models import JobRun
from tracker.operations.health import freshness
from tracker.readmodel.record import current_mark

pytestmark = pytest.mark.django_db


def status(client: Client) -> dict[str, Any]:
    answer = client.get("/api/v1/status/")
    assert answer.status_code == 200
    data: dict[str, Any] = answer.json()["data"]
    return data


def test_every_scheduled_job_and_every_open_ratification_is_told(client: Client) -> None:
    begin()
    check_ratification("SWE", "HUN", by=None)

    found = status(client)

    assert found["jobs"] == []
    assert found["jobs_not_run"] == [job.name for job in freshness(timezone.now()).jobs]
    checked = {one["ally"]: one["last_checked_at"] for one in found["ratifications"]}
    assert set(checked) == {"HUN", "NOR", "TUR", "USA"}
    assert [ally for ally, moment in checked.items() if moment] == ["HUN"]
    assert found["light"] == "amber"


def test_the_text_of_a_fault_is_not_public(client: Client) -> None:
    begin()
    JobRun.objects.create(
        name="prune",
        started_at=timezone.now(),
        finished_at=timezone.now(),
        error="OperationalError: password of the database",
    )

    answer = client.get("/api/v1/status/").content.decode()

    assert "password" not in answer
    assert [job["failed"] for job in status(client)["jobs"] if job["name"] == "prune"] == [True]


def test_a_site_says_since_when_its_record_is_another_than_the_published_one(client: Client) -> None:
    load_shipped()
    mark = current_mark()
    assert status(client)["published"] == {"edition": mark.edition, "root": mark.root, "differs_since": None}
    assert f"Up to edition {mark.name} the record is the published one" in client.get("/status/").content.decode()

    record_event(event("fi-said", "statement", "FIN", "2024-01-01"), by=None)

    assert status(client)["published"]["differs_since"] == mark.edition + 1
    page = client.get("/status/").content.decode()
    assert f"from position {mark.edition + 1} on, its record is another than the published one" in page
    assert mark.name in page
