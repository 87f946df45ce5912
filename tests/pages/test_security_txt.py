"""Whoever finds a hole finds whom to write to."""

import pytest
from django.test import Client
from pytest_django import Settings

ADDRESS = "/.well-known/security.txt"
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("contact", "told"),
    [("mail@example.org", "mailto:mail@example.org"), ("https://example.org/contact", "https://example.org/contact")],
)
def test_contact_is_an_address_that_programs_understand(
    client: Client, settings: Settings, contact: str, told: str
) -> None:
    settings.CONTACT = contact
    settings.BASE_URL = "https://example.org"

    lines = client.get(ADDRESS).text.splitlines()

    assert lines[0] == f"Contact: {told}"
    assert lines[1].startswith("Expires: 20")
    assert lines[1].endswith("T00:00:00Z")
    assert lines[-1] == f"Canonical: https://example.org{ADDRESS}"


def test_without_a_contact_there_is_none(client: Client, settings: Settings) -> None:
    settings.CONTACT = ""

    assert client.get(ADDRESS).status_code == 404
