"""What somebody has typed is kept for them: over the end of a log-in, another's save, a second click, and Back."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.desk.conftest import Browser, LogIn, account, verify
from tests.desk.drafts import THE_VOTE, draft, hidden, rows, sent_by
from tests.desk.test_enter import ADD
from tracker.models import Draft, Event, KnownHost

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("february")]
DEPOSIT = draft(accession="Sweden", actor="Hungary", kind="deposited", date="2024-03-05")


@pytest.fixture
def reviewer(log_in: LogIn) -> Client:
    return log_in("reviewer")


def numbered(page: Any) -> dict[str, Any]:
    """What the browser sends of a draft that is shown, with its number and the preview that was seen."""
    return {**sent_by(page), "draft": page.context["draft"], "seen": hidden(page)}


def test_post_ends_in_a_redirect_to_the_address_of_the_draft(log_in: LogIn) -> None:
    client = log_in("reviewer")

    answer = Client.post(client, ADD, THE_VOTE | {"preview": ""})

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{ADD}?draft={Draft.objects.get().pk}")


def test_draft_comes_back_with_its_preview_at_its_address(reviewer: Client) -> None:
    page: Any = reviewer.post(ADD, THE_VOTE | {"preview": ""})

    again: Any = reviewer.get(f"{ADD}?draft={page.context['draft']}")

    assert again.context["preview"].lines == page.context["preview"].lines
    assert sent_by(again)["votes_yes"] == 188


def test_draft_of_somebody_else_is_not_shown(reviewer: Client, log_in: LogIn) -> None:
    page: Any = reviewer.post(ADD, THE_VOTE | {"preview": ""})

    other: Any = log_in("contributor").get(f"{ADD}?draft={page.context['draft']}")

    assert other.context["draft"] is None
    assert "188" not in other.content.decode()


def test_second_click_on_save_leads_to_what_the_first_has_saved(reviewer: Client) -> None:
    page: Any = reviewer.post(ADD, THE_VOTE | {"preview": ""})
    save = numbered(page) | {"save": ""}

    first, second = (reviewer.post(ADD, save) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Event.objects.filter(key__startswith="se2024-hu-chamber-vote").count() == 1


def test_back_after_saving_leads_to_what_was_saved(reviewer: Client) -> None:
    page: Any = reviewer.post(ADD, THE_VOTE | {"preview": ""})
    saved = reviewer.post(ADD, numbered(page) | {"save": ""})

    back = reviewer.get(f"{ADD}?draft={page.context['draft']}")

    assert back.headers["Location"] == saved.headers["Location"]


def test_save_stands_where_somebody_else_recorded_another_ally_meanwhile(log_in: LogIn) -> None:
    first, second = log_in("reviewer"), log_in("superuser")
    of_another = draft(accession="Sweden", actor="Türkiye", kind="deposited", date="2024-01-25")
    page: Any = first.post(ADD, of_another | {"preview": ""})
    other: Any = second.post(ADD, THE_VOTE | {"preview": ""})
    second.post(ADD, numbered(other) | {"save": ""})

    answer = first.post(ADD, numbered(page) | {"save": "", "because": "The depositary says so."})

    assert answer.status_code == 302
    assert Event.objects.filter(key="se2024-tr-deposited").exists()


def test_preview_that_the_record_has_overtaken_says_so_at_the_top_and_what_changed(log_in: LogIn) -> None:
    first, second = log_in("reviewer"), log_in("superuser")
    page: Any = first.post(ADD, DEPOSIT | {"preview": ""})
    other: Any = second.post(ADD, THE_VOTE | {"preview": ""})
    second.post(ADD, numbered(other) | {"save": ""})

    again: Any = first.post(ADD, numbered(page) | {"save": "", "because": "The depositary says so."})

    shown = again.content.decode()
    assert "Not saved yet." in shown
    assert any("Hungary" in line and "a-superuser" in line for line in again.context["answered"].meanwhile)
    assert any(line.startswith("Hungary on Sweden: approved →") for line in again.context["answered"].new)
    assert not Event.objects.filter(key="se2024-hu-deposited").exists()


def test_what_is_sent_after_the_log_in_has_ended_comes_back_after_the_next(log_in: LogIn) -> None:
    user = account("reviewer")
    user.set_password("correct horse battery")
    user.save()
    client = Browser()
    page: Any = client.post(ADD, THE_VOTE | {"preview": ""})
    assert page.status_code == 401
    kept = re.search(r'name="kept" value="([^"]+)"', page.content.decode())
    assert kept

    answer = client.post(
        reverse("admin:login"), {"username": user.username, "password": "correct horse battery", "kept": kept[1]}
    )
    verify(client, user)

    one = Draft.objects.get(owner=user)
    assert f"draft%3D{one.pk}" in answer.headers["Location"]
    assert sent_by(client.get(f"{ADD}?draft={one.pk}"))["votes_yes"] == "188"


def test_what_was_kept_for_a_log_in_cannot_be_made_up(log_in: LogIn) -> None:
    user = account("reviewer")
    user.set_password("correct horse battery")
    user.save()

    Client().post(
        reverse("admin:login"), {"username": user.username, "password": "correct horse battery", "kept": "made:up"}
    )

    assert not Draft.objects.exists()


def test_typing_is_kept_by_the_script_and_listed_until_it_is_thrown_away(reviewer: Client) -> None:
    sent = {"page": ADD, "title": "Enter an act: Hungary", "data": "accession=Sweden&actor=Hungary"}

    number = reviewer.post("/admin/drafts/keep/", sent).json()["draft"]

    assert sent_by(reviewer.get(f"{ADD}?draft={number}"))["accession"] == "Sweden"
    assert "Enter an act: Hungary" in reviewer.get("/admin/drafts/").content.decode()
    assert "You have typed here before" in reviewer.get(ADD).content.decode()
    reviewer.post(f"/admin/drafts/{number}/end/")
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "elsewhere",
    [
        "/accessions/SWE/",
        "https://example.org/",
        "/no-such-page",
        "/admin/logout/",
        "/admin/tracker/ratification/1/checked/",
    ],
)
def test_nothing_is_kept_for_a_page_that_is_no_form_of_the_desk(reviewer: Client, elsewhere: str) -> None:
    assert reviewer.post("/admin/drafts/keep/", {"page": elsewhere, "data": "a=b"}).status_code == 400


@pytest.mark.parametrize("form", [ADD, "/admin/tracker/event/vote-day/", "/admin/tracker/party/TUR/rectify/"])
def test_every_form_of_the_desk_keeps_what_is_typed(reviewer: Client, form: str) -> None:
    assert reviewer.post("/admin/drafts/keep/", {"page": form, "data": "a=b"}).status_code == 200


def test_click_that_is_no_form_leads_to_the_log_in_alone() -> None:
    answer = Client().post("/admin/tracker/ratification/1/checked/")

    assert answer.headers["Location"].startswith("/admin/login/")


def test_changed_token_of_the_page_keeps_the_text_and_says_the_way_on(log_in: LogIn) -> None:
    user = User.objects.get(username=account("reviewer").username)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    verify(client, user)

    answer = client.post(ADD, THE_VOTE | {"preview": ""}, headers={"Origin": "http://testserver"})
    from_elsewhere = client.post(ADD, THE_VOTE | {"preview": ""}, headers={"Origin": "https://example.org"})

    assert answer.status_code == 403
    assert f"{ADD}?draft={Draft.objects.get().pk}" in answer.content.decode()
    assert (from_elsewhere.status_code, Draft.objects.count()) == (403, 1)


def test_enter_another_keeps_accession_kind_day_and_source(reviewer: Client) -> None:
    page: Any = reviewer.post(ADD, THE_VOTE | {"preview": ""})

    following = sent_by(reviewer.post(ADD, numbered(page) | {"another": ""}))

    assert (following["accession"], following["kind"], following["date"]) == ("SWE", "chamber_vote", "2024-02-26")
    assert following["citations-0-url"] == "https://www.parlament.hu/iromany"
    assert "actor" not in following


def test_host_that_an_editor_named_is_known_from_then_on(reviewer: Client) -> None:
    source = {"url": "https://example.org/a", "title": "A", "publisher": "Example", "source_class": "media"}
    page: Any = reviewer.post(ADD, THE_VOTE | rows("citations", source) | {"preview": ""})
    reviewer.post(ADD, numbered(page) | {"save": ""})

    other = {"url": "https://example.org/b", "title": "B"}
    following: Any = reviewer.post(ADD, DEPOSIT | rows("citations", other) | {"preview": ""})

    assert KnownHost.objects.get().publisher == "Example"
    assert sent_by(following)["citations-0-publisher"] == "Example"


def test_archived_address_is_taken_apart(reviewer: Client) -> None:
    copy = "https://web.archive.org/web/20240226120000/https://www.parlament.hu/iromany"

    page: Any = reviewer.post(ADD, THE_VOTE | rows("citations", {"url": copy, "title": "The vote"}) | {"preview": ""})

    shown = sent_by(page)
    assert shown["citations-0-url"] == "https://www.parlament.hu/iromany"
    assert shown["citations-0-archived_url"] == copy


def test_missing_source_is_told_with_all_else_that_is_missing(reviewer: Client) -> None:
    page: Any = reviewer.post(ADD, draft(actor="Hungary") | rows("citations") | {"preview": ""})

    told = [one.text for one in page.context["complaints"]]
    assert any("has no source" in text for text in told)
    assert len(told) > 2


def test_draft_that_was_only_kept_is_shown_without_a_complaint(reviewer: Client) -> None:
    sent = {"page": ADD, "data": "actor=Hungary&citations-TOTAL_FORMS=1&citations-INITIAL_FORMS=0"}
    number = reviewer.post("/admin/drafts/keep/", sent).json()["draft"]

    page: Any = reviewer.get(f"{ADD}?draft={number}")

    assert page.context["complaints"] == []
    assert sent_by(page)["actor"] == "Hungary"
