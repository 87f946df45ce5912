"""A null character reaches no database, whichever way it comes."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/%00/", "/events/a%00b/", "/search/?q=a%00b", "/?%00=1", "/admin/?q=%00"])
def test_address_with_a_null_character_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "django_language", "known"])
def test_cookie_with_a_null_character_is_refused(client: Client, cookie: str) -> None:
    client.cookies[cookie] = "a\0b"

    assert client.get("/admin/login/").status_code == 400


@pytest.mark.parametrize("header", ["User-Agent", "Accept-Language", "X-Forwarded-For", "Authorization"])
def test_header_with_a_null_character_is_refused(client: Client, header: str) -> None:
    assert client.get("/admin/login/", headers={header: "a\0b"}).status_code == 400
    assert client.get("/api/v1/events/", headers={header: "a\0b"}).status_code == 400


def test_log_in_with_a_null_character_is_a_wrong_one(client: Client) -> None:
    answer = client.post("/admin/login/", {"username": "a\0b", "password": "\0" * 12, "kept": "\0", "next": "/\0"})

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
