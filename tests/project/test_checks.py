"""The system checks of the settings: each contradiction, and the settings of the tests as they are."""

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from tracker.checks import (
    check_address,
    check_contact,
    check_jobs_end_before_they_are_handed_on,
    check_passkeys,
)


@pytest.mark.parametrize("address", ["example.org", "ftp://example.org", "https://", "https://example.org/tracker"])
@override_settings(HTTPS=True)
def test_check_address_when_it_is_no_site_is_an_error(address: str) -> None:
    with override_settings(BASE_URL=address):
        found = check_address(None)

    assert [message.id for message in found] == ["tracker.E001"]


@override_settings(HTTPS=True, BASE_URL="http://example.org")
def test_check_address_when_it_is_redirected_warns() -> None:
    assert [message.id for message in check_address(None)] == ["tracker.W001"]


@override_settings(HTTPS=True, BASE_URL="https://example.org:8443")
def test_check_address_when_it_fits_is_silent() -> None:
    assert check_address(None) == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org", []),
        ("http://localhost:8000", []),
        ("http://example.org", ["tracker.W003"]),
        ("http://127.0.0.1", ["tracker.W003"]),
    ],
)
def test_check_passkeys_when_browsers_offer_none_warns(address: str, expected: list[str]) -> None:
    with override_settings(BASE_URL=address):
        found = check_passkeys(None)

    assert [message.id for message in found] == expected


@pytest.mark.parametrize(("contact", "expected"), [("", ["tracker.W002"]), ("desk@example.org", [])])
def test_check_contact_when_there_is_none_warns(contact: str, expected: list[str]) -> None:
    with override_settings(CONTACT=contact):
        found = check_contact(None)

    assert [message.id for message in found] == expected


@pytest.mark.parametrize(("limit", "expected"), [(300, []), (1800, []), (1801, ["tracker.E002"])])
def test_check_jobs_when_one_may_outlast_its_message_is_an_error(limit: int, expected: list[str]) -> None:
    with override_settings(CELERY_TASK_TIME_LIMIT=limit, CELERY_BROKER_TRANSPORT_OPTIONS={"visibility_timeout": 3600}):
        found = check_jobs_end_before_they_are_handed_on(None)

    assert [message.id for message in found] == expected


def test_checks_of_the_settings_as_they_are_find_nothing() -> None:
    assert run_checks() == []
