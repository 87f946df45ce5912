"""The first page of the desk: what waits, what is stale, what is coming, what was last."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.desk.conftest import LogIn, account
from tests.desk.drafts import THE_VOTE, confirm
from tests.desk.test_review import NEW, report
from tests.facts import check_ratification

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
