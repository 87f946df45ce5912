"""Two reviewers at one report at the same moment, each in a connection of their own."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.db import connection

from tests.databases import dataset_until
from tests.desk.test_review import NEW, report
from tests.facts import accept_report
from tests.services.processes import PATIENCE
from tracker.domain.exceptions import TrackerError
from tracker.domain.facts import EventFact
from tracker.exchange.dataset import load_dataset
from tracker.models import Change, Event

pytestmark = [pytest.mark.services("postgresql"), pytest.mark.django_db(transaction=True)]


def accept_at_once(number: int, users: list[User]) -> list[str]:
    """What each of the reviewers is told; nothing, if the report became an event."""
    told: list[str] = []
    start = Barrier(len(users))

    def work(user: User) -> None:
        start.wait()
        try:
            accept_report(number, EventFact.model_validate(NEW), by=user)
        except TrackerError as refusal:
            told.append(str(refusal))
        else:
            told.append("")
        finally:
            connection.close()

    threads = [Thread(target=work, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return sorted(told)


def test_two_reviewers_accepting_one_report_at_once_give_one_event_and_one_clear_message() -> None:
    load_dataset(dataset_until(date(2024, 2, 25)))
    users = [User.objects.create(username=name) for name in ("first", "second")]
    one = report(NEW)

    told = accept_at_once(one.pk, users)

    assert told == ["", f"Report {one.pk} has been reviewed already: Accepted."]
    assert Event.objects.filter(key=NEW["key"]).count() == 1
    positions = list(Change.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))
