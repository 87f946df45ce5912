"""What the tests of the API share: a reader, and a memory that starts empty."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from api.framework.throttling import AddressThrottle

Counting = Callable[[], AbstractContextManager[CaptureQueriesContext]]


class Reader(Client):
    """A program that reads the API."""

    def fetch(self, path: str, **headers: str) -> Any:
        """The answer at the path below `/api/v1/`, or at a whole path."""
        address = path if path.startswith("/") else f"/api/v1/{path}"
        return self.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def data(self, path: str) -> Any:
        """The data of the answer, which has to be one."""
        response = self.fetch(path)
        assert response.status_code == 200, response.content[:600]
        return response.json()["data"]

    def walk(self, path: str) -> list[Any]:
        """All rows of a list, page after page."""
        rows: list[Any] = []
        following: str | None = path
        while following:
            answer = self.fetch(following).json()
            rows += answer["data"]
            following = answer["links"].get("next")
        return rows


@pytest.fixture(autouse=True)
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test may ask as often as it likes."""
    monkeypatch.setitem(AddressThrottle.THROTTLE_RATES, "address", "1000000/minute")


@pytest.fixture
def reader() -> Reader:
    """A program that reads the API."""
    return Reader()


@pytest.fixture
def counting() -> Counting:
    """Count the queries of a block."""
    return lambda: CaptureQueriesContext(connection)
