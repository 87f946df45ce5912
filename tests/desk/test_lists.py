"""Everything on record can be looked at, nothing can be edited as a row, and no list asks once a row."""

import re
from html import unescape

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.desk.conftest import LogIn
from tracker.desk.registry.default_admin import OF_ONE_PERSON

pytestmark = pytest.mark.slow

EVERY = [model for model in apps.get_app_config("tracker").get_models() if not model._meta.proxy]
OURS = [model for model in EVERY if model not in OF_ONE_PERSON]
ALL = sorted(admin.site._registry, key=lambda model: model._meta.label)


def address(model: type[Model], page: str, *args: object) -> str:
    """The address of a page of the admin."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_model_of_the_record_has_a_page(model: type[Model]) -> None:
    assert admin.site.is_registered(model)


@pytest.mark.parametrize("model", OF_ONE_PERSON, ids=lambda model: model.__name__)
def test_what_is_of_one_person_alone_is_in_no_list(model: type[Model]) -> None:
    assert not admin.site.is_registered(model)


@pytest.mark.parametrize("model", ALL, ids=lambda model: model._meta.label)
def test_every_list_opens_and_searches_and_filters(model: type[Model], log_in: LogIn, shipped: None) -> None:
    client = log_in("superuser")

    answers = [client.get(address(model, "changelist")), client.get(address(model, "changelist"), {"q": "hungary"})]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_filter_and_every_order_of_every_list_opens(model: type[Model], log_in: LogIn, shipped: None) -> None:
    client = log_in("superuser")
    page = client.get(address(model, "changelist")).content.decode()
    links = sorted(set(re.findall(r'href="(\?[^"]+)"', page)))

    answers = {link: client.get(address(model, "changelist") + unescape(link)).status_code for link in links[:60:2]}

    assert {link for link, status in answers.items() if status != 200} == set()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_row_can_be_looked_at_and_not_be_edited(model: type[Model], log_in: LogIn, shipped: None) -> None:
    client = log_in("superuser")
    row = model._default_manager.first()
    if row is None:
        pytest.skip("no row of this model is shipped")

    looked_at = client.get(address(model, "change", row.pk))
    edited = client.post(address(model, "change", row.pk), {})
    deleted = client.post(address(model, "delete", row.pk), {"post": "yes"})

    assert looked_at.status_code == 200
    assert 'name="_save"' not in looked_at.content.decode()
    assert (edited.status_code, deleted.status_code) == (403, 403)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_list_takes_as_many_queries_for_many_rows_as_for_few(
    model: type[Model], log_in: LogIn, shipped: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = log_in("superuser")
    counted = []

    for size in (2, 50):
        monkeypatch.setattr(admin.site._registry[model], "list_per_page", size)
        client.get(address(model, "changelist"))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(model, "changelist"))
        counted.append(len(queries))

    assert counted[0] == counted[1]


@pytest.mark.parametrize(
    "query", ["latest__year=99999", "p=999", "version=abc", "nonsense=1", "id__in=a,b", "kind=\x00"]
)
def test_export_of_what_cannot_be_looked_for_leads_back_to_the_list(february: None, log_in: LogIn, query: str) -> None:
    answer = log_in("reviewer").get(f"/admin/tracker/event/export/csv/?{query}")

    assert answer.status_code in {200, 302, 400}
    assert answer.headers.get("Location", "/admin/tracker/event/?e=1") == "/admin/tracker/event/?e=1"


@pytest.mark.parametrize("place", ["", "tracker/event/", "tracker/report/", "auth/user/", "tracker/event/export/csv/"])
@pytest.mark.parametrize("query", ["q=%00", "kind=a%00", "%00=a"])
def test_null_character_in_an_address_is_refused(february: None, log_in: LogIn, place: str, query: str) -> None:
    assert log_in("operator").get(f"/admin/{place}?{query}").status_code == 400
