"""Every form of the desk that is sent leads to an address, right or wrong, so that a reload sends nothing again."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.desk.conftest import LogIn
from tests.desk.test_review import NEW, report
from tests.watch.watches import make_watch
from tracker.models import Import, Token, Upload

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEAD = "key,actor,kind,date,title\n"


def upload(client: Client) -> Upload:
    """A file that waits to be confirmed."""
    client.post("/admin/tracker/event/import/", {"file": SimpleUploadedFile("x.csv", f"{HEAD}a,HUN,,,\n".encode())})
    return Upload.objects.get()


def of_an_import(client: Client) -> str:
    waiting = upload(client)
    done = Import.objects.create(name="x", imported_at=waiting.uploaded_at, imported_by=waiting.uploaded_by)
    return f"/admin/tracker/event/import/{done.pk}/take-back/"


Where = Callable[[Client], str]
# What is sent where, and is not right.
WRONG: dict[str, tuple[Where, dict[str, object]]] = {
    "draft": (lambda client: "/admin/tracker/event/add/", {"save": ""}),
    "vote day": (lambda client: "/admin/tracker/event/vote-day/", {"save": ""}),
    "token": (lambda client: "/admin/tokens/", {"name": ""}),
    "file": (lambda client: "/admin/tracker/event/import/", {"file": SimpleUploadedFile("x.csv", b"?")}),
    "import": (lambda client: f"/admin/tracker/event/import/{upload(client).pk}/", {"seen": "-"}),
    "whole import": (of_an_import, {"reason": ""}),
    "reject": (lambda client: f"/admin/tracker/report/{report(NEW).pk}/reject/", {"reason": ""}),
    "several": (lambda client: "/admin/tracker/report/accept/", {"pk": "1", "preview": ""}),
    "watch": (lambda client: f"/admin/tracker/watch/{make_watch('http://127.0.0.1/').pk}/try/", {}),
    "app": (lambda client: "/admin/me/apps/", {"name": "Kept.", "token": "000000"}),
}


@pytest.fixture
def plain(february: None, log_in: LogIn) -> Client:
    """The browser of somebody who may open every page; it goes nowhere by itself."""
    client = Client()
    client.cookies = log_in("superuser").cookies
    session = client.session
    session["confirmed"] = "2100-01-01T00:00:00+00:00"
    session.save()
    return client


@pytest.mark.parametrize(("where", "sent"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_at_an_address(plain: Client, where: Where, sent: dict[str, object]) -> None:
    address = where(plain)

    answer = plain.post(address, sent)
    page = plain.get(answer.headers["Location"])

    assert (answer.status_code, page.status_code) == (302, 200)
    assert answer.headers["Location"].startswith(address)
    assert ("Kept." in page.content.decode()) == ("Kept." in sent.values())


def test_reload_after_a_token_was_made_makes_and_shows_no_other(plain: Client) -> None:
    answer = plain.post("/admin/tokens/", {"name": "A program"})
    shown = [plain.get(answer.headers["Location"]).context["text"] for _ in range(2)]

    assert Token.objects.count() == 1
    assert [bool(text) for text in shown] == [True, False]


def test_what_was_sent_to_one_page_is_shown_on_no_other(plain: Client) -> None:
    plain.post("/admin/tracker/report/accept/", {"pk": "1", "preview": ""})
    plain.post("/admin/tokens/", {"name": ""})

    other = plain.get(f"/admin/tracker/report/{report(NEW).pk}/reject/")

    assert not other.context["form"].is_bound
