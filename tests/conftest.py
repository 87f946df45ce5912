"""What any test may use, and what decides whether a test that needs more than Python can run."""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.servers.basehttp import WSGIRequestHandler
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.clock import CLOCK
from tests.databases import EMPTY, RECORDS, Databases, PostgreSQL, server_of
from tracker import append_only
from tracker.http.answers import memory
from tracker.http.heads import Breaker

# How many cases a property is tried with: few on a desk, more where `.ci/run` asks (`--hypothesis-profile=ci`),
# always the same ones, so that a run that is red is red again. How long one takes says more about the machine than
# about the code.
hypothesis.settings.register_profile("dev", max_examples=100, derandomize=True, deadline=None)
hypothesis.settings.register_profile("ci", max_examples=250, derandomize=True, print_blob=True, deadline=None)
hypothesis.settings.load_profile("dev")

FOLDER = pytest.StashKey[Path]()
OWNS = pytest.StashKey[bool]()
DATABASES = pytest.StashKey[Databases]()
WANTED = pytest.StashKey[tuple[str, bool]]()
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def missing_services(wanted: tuple[str, ...]) -> str:
    """What of `wanted` the run was not given, as a sentence; empty if it was given all."""
    given = {
        "postgresql": settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
        "redis": shutil.which("redis-server") is not None,
        "nginx": shutil.which("nginx") is not None,
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


def pytest_configure(config: pytest.Config) -> None:
    """Set the clock, and find the folder of the run's databases: that of whoever has started this process."""
    CLOCK.start()
    # A live site writes the head of an answer and its body apart. Where the second waits until the first is confirmed,
    # each request on an open connection takes 40 milliseconds of nothing; a contract of thousands, minutes.
    WSGIRequestHandler.disable_nagle_algorithm = True
    given = getattr(config, "workerinput", {}).get("databases") or os.environ.get("ARTICLE10_TEST_DATABASES")
    config.stash[FOLDER] = Path(given or tempfile.mkdtemp(prefix="test_article10_"))
    config.stash[OWNS] = not given


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist which folder it shares with the others."""
    node.workerinput["databases"] = str(node.config.stash[FOLDER])


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the databases, after the last of the processes."""
    if config.stash[OWNS]:
        server = server_of(config.stash[FOLDER])
        if isinstance(server, PostgreSQL):
            server.drop_all()
        shutil.rmtree(config.stash[FOLDER])
    CLOCK.stop()


def pytest_report_header(config: pytest.Config) -> str:
    """The day of the run, among what pytest says at its start."""
    return f"day: {CLOCK.day} (ARTICLE10_TEST_DAY)"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Mark as slow what commits, drives a browser or needs a service, or takes long; and begin with what takes longest.

    The marks come before anything is chosen by them, the order after one was drawn: a test of a minute that is begun
    last is a minute in which the other process has no work.
    """
    for item in items:
        # An argument of a test that is called `page` is the browser's, and would start one.
        if "browser_name" in fixtures_of(item) and not item.get_closest_marker("browser"):
            raise pytest.UsageError(f"{item.nodeid} starts a browser, and is not marked so")
        if commits(item) or any(map(item.get_closest_marker, ("browser", "services", "long"))):
            item.add_marker("slow")
    yield
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Look at the markers `services("postgresql", "redis")` and `browser`, and choose the database."""
    if marker := item.get_closest_marker("services"):
        refuse_services(marker.args)
    if item.get_closest_marker("browser"):
        refuse(missing_browser(), required=os.environ.get("ARTICLE10_BROWSER") == "required")
    choose_database(item)


def choose_database(item: pytest.Item) -> None:
    """Remember what the test wants to find on record; the first test that wants any starts the databases."""
    config = item.config
    asked = fixtures_of(item)
    # A live site asks for its database only when it is set up, by none of the names that a test shows beforehand.
    if item.get_closest_marker("django_db") or {"django_db_setup", "live_server"} & asked:
        [record, *others] = [name for name in RECORDS if name in asked] or [EMPTY]
        assert not others, f"a test stands on one record, not on {record} and {others}"
        config.stash[WANTED] = wanted = (record, commits(item))
        if DATABASES in config.stash:
            config.stash[DATABASES].choose(wanted[0], commits=wanted[1])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Throw away the database of a test that has used real transactions."""
    try:
        return (yield)
    finally:
        if DATABASES in item.config.stash:
            item.config.stash[DATABASES].let_go()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Stands in for the fixture of pytest-django, which would make one database and migrate it in every process."""
    config = request.config
    config.stash[DATABASES] = databases = Databases(config.stash[FOLDER], django_db_blocker)
    record, for_one_test = config.stash[WANTED]
    databases.choose(record, commits=for_one_test)
    yield
    databases.drop()


def commits(item: pytest.Item) -> bool:
    """Whether the test uses real transactions, after which pytest-django empties all tables."""
    marker = item.get_closest_marker("django_db")
    really = {"transactional_db", "live_server"} & fixtures_of(item)
    return bool(really or (marker and marker.kwargs.get("transaction")))


def fixtures_of(item: pytest.Item) -> set[str]:
    """The names of all fixtures that the test uses, directly or through others."""
    return set(getattr(item, "fixturenames", ()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Take the triggers away when such a test is over; the emptying itself puts them back."""
    try:
        return (yield)
    finally:
        if commits(item):
            append_only.remove()


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """A test begins in the default language, whichever another has read or written last."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """A test finds nothing that another has put into a cache, and leaves nothing behind."""
    forget()
    yield
    forget()


def forget() -> None:
    """Empty what a process keeps between two requests."""
    memory.clear()
    # A database that the test before has taken away would not be asked for a second.
    Breaker.until = 0.0
    # All of them: one that only another thread has asked, as a live site's do, counts as not initialized in this one.
    for cache in caches.all():
        cache.clear()


@pytest.fixture(scope="session")
def shipped(django_db_setup: None) -> None:
    """The whole shipped dataset is on record. Which database a test is given follows from its asking for this."""


@pytest.fixture(scope="session")
def february(django_db_setup: None) -> None:
    """The record as of 25 February 2024, the day before Hungary's vote."""
