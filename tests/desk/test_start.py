"""The first page of the desk: what waits, what is stale, what is coming, what was last."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.desk.conftest import LogIn, account
from tests.desk.drafts import THE_VOTE, confirm, draft, sent_by
from tests.desk.test_review import NEW, report
from tests.facts import check_ratification, event
from tracker.actions import log_transaction, record_events
from tracker.domain.vocabulary import Origin

pytestmark = pytest.mark.django_db


def test_start_puts_first_who_has_not_approved_and_was_not_looked_at(february: None, log_in: LogIn) -> None:
    page: Any = log_in("reviewer").get("/admin/")

    first = page.context["stale"][0]
    assert (str(first["row"]), first["due"], first["overdue"]) == ("SWE/HUN", None, True)


def test_start_after_a_check_says_when_the_next_is_due(february: None, log_in: LogIn) -> None:
    check_ratification("SWE", "HUN", by=None)

    page: Any = log_in("reviewer").get("/admin/")

    found = next(one for one in page.context["stale"] if str(one["row"]) == "SWE/HUN")
    assert (found["due"] - found["row"].last_checked_at).days == 7
    assert not found["overdue"]


def test_start_shows_the_queue_to_reviewers_only(february: None, log_in: LogIn) -> None:
    report(NEW)

    pages: list[Any] = [log_in(role).get("/admin/") for role in ("reviewer", "contributor", "operator")]

    assert pages[0].context["queue"]["count"] == 1
    assert [page.context["queue"] for page in pages[1:]] == [None, None]


def test_start_shows_what_is_coming(february: None, log_in: LogIn) -> None:
    client = log_in("reviewer")
    confirm(client, "/admin/tracker/event/add/", THE_VOTE | {"date": "2099-03-02"}, because="It is announced.")

    page: Any = client.get("/admin/")

    assert {event.key for event in page.context["coming"]} == {"se2099-hu-chamber-vote", "se2099-hu-consent"}


THE_PLAN = draft(
    accession="Sweden", actor="HUN", kind="chamber_vote", office="National Assembly", planned="on", key="the-plan"
)
WORDS = ("Held", "Postponed to another day", "Postponed, no day told", "Cancelled")


def announce(client: Client, day: str) -> None:
    """Have it on record that Hungary's Assembly is to vote on that day."""
    confirm(client, "/admin/tracker/event/add/", THE_PLAN | {"date": day}, because="It is announced.")


def test_start_lists_a_plan_whose_day_has_come_without_word(february: None, log_in: LogIn) -> None:
    client = log_in("reviewer")
    announce(client, "2024-02-26")

    page: Any = client.get("/admin/")

    found = page.context["unheard"]
    assert [(one.event.key, tuple(word for word, _ in one.words)) for one in found] == [("the-plan", WORDS)]


def test_start_asks_nothing_of_a_plan_that_lies_ahead(february: None, log_in: LogIn) -> None:
    client = log_in("reviewer")
    announce(client, "2099-03-02")

    page: Any = client.get("/admin/")

    assert page.context["unheard"] == []
    assert [event.key for event in page.context["coming"]] == ["the-plan"]


def test_start_shows_the_plans_that_have_waited_longest_and_the_way_to_all(february: None, log_in: LogIn) -> None:
    days = [f"2024-01-{day:02d}" for day in range(1, 23)]
    begin_plans = [
        event(f"plan-{day}", "chamber_vote", "HUN", day, planned=True, office="National Assembly") for day in days
    ]
    with log_transaction(origin=Origin.EDITOR) as log:
        record_events(log, begin_plans)
    client = log_in("reviewer")

    first: Any = client.get("/admin/")
    whole: Any = client.get("/admin/?unheard=all")

    assert [one.event.key for one in first.context["unheard"]] == [f"plan-{day}" for day in days[:20]]
    assert "Show all 22" in first.content.decode()
    assert len(whole.context["unheard"]) == 22
    assert "Show all" not in whole.content.decode()


@pytest.mark.parametrize("word", WORDS)
def test_start_offers_a_form_of_each_word_on_a_plan_that_needs_only_day_and_source(
    february: None, log_in: LogIn, word: str
) -> None:
    client = log_in("reviewer")
    announce(client, "2024-02-26")
    first: Any = client.get("/admin/")
    address = dict(first.context["unheard"][0].words)[word]
    given = sent_by(client.get(address))
    later = "2099-05-05" if word == "Postponed to another day" else "2024-02-26"

    confirm(client, address, given | draft(date=later), because="Read twice.")

    page: Any = client.get("/admin/")
    assert page.context["unheard"] == []
    assert len(page.context["coming"]) == (1 if word == "Postponed to another day" else 0)


def test_start_no_longer_has_a_plan_coming_that_was_cancelled(february: None, log_in: LogIn) -> None:
    client = log_in("reviewer")
    announce(client, "2099-03-02")
    cancelled = draft(accession="SWE", actor="HUN", kind="plan_cancelled", date="2024-02-20", follows="the-plan")
    confirm(client, "/admin/tracker/event/add/", cancelled, because="Read twice.")

    page: Any = client.get("/admin/")

    assert page.context["coming"] == []


def test_start_takes_as_many_queries_for_twenty_reports_as_for_one(
    february: None, log_in: LogIn, django_assert_max_num_queries: Any
) -> None:
    client = log_in("reviewer")
    for number in range(20):
        report(NEW | {"key": f"report-{number}"})

    with django_assert_max_num_queries(25):
        client.get("/admin/")


def test_reset_second_factor_lets_the_next_log_in_set_up_another(db: None) -> None:
    user = account("reviewer")
    TOTPDevice.objects.create(user=user, name="phone", confirmed=True)

    call_command("reset_second_factor", user.username)

    assert not TOTPDevice.objects.exists()


def test_reset_second_factor_of_nobody_says_so(db: None) -> None:
    with pytest.raises(CommandError, match="There is no account"):
        call_command("reset_second_factor", "nobody")
