"""What any test may use, and what decides whether a test that needs more than Python can run."""

import os
import shutil
from collections.abc import Generator, Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tracker import append_only
from tracker.exchange.dataset import load_shipped

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing_services(wanted: tuple[str, ...]) -> str:
    """What of `wanted` the run was not given, as a sentence; empty if it was given all."""
    given = {
        "postgresql": settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
        "redis": shutil.which("redis-server") is not None,
    }
    lacking = [name for name in wanted if not given[name]]
    return f"needs {' and '.join(lacking)}" if lacking else ""


def missing_browser() -> str:
    """A sentence when there is no Chromium on this machine, or nothing."""
    return "" if any(map(shutil.which, CHROMIUM)) else "needs Chromium"


def refuse(reason: str, *, required: bool) -> None:
    """Skip the test, or fail it where the run has been told that nothing may be skipped."""
    if not reason:
        return
    if required:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def refuse_services(wanted: tuple[str, ...]) -> None:
    """Skip what takes minutes of real services, unless the run was started for them; then nothing may be skipped."""
    if os.environ.get("ARTICLE10_SERVICES") != "required":
        pytest.skip("runs with ARTICLE10_SERVICES=required, as CI does")
    refuse(missing_services(wanted), required=True)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Look at the markers `services("postgresql", "redis")` and `browser`."""
    if marker := item.get_closest_marker("services"):
        refuse_services(marker.args)
    if item.get_closest_marker("browser"):
        refuse(missing_browser(), required=os.environ.get("ARTICLE10_BROWSER") == "required")


def empties_tables(item: pytest.Item) -> bool:
    """Whether the test ends by emptying all tables, because it has used real transactions."""
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(marker and marker.kwargs.get("transaction")) or not fixtures.isdisjoint(
        {"transactional_db", "live_server"}
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Take the triggers away when such a test is over; the emptying itself puts them back."""
    try:
        return (yield)
    finally:
        if empties_tables(item):
            append_only.remove()


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """A test finds nothing that another has put into the cache."""
    yield
    cache.clear()


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole shipped dataset, loaded once for a module; each test undoes what it adds.

    The tests of the module need `django_db` as well; their transactions nest in the one held open here.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped()
        yield
        transaction.set_rollback(True)
