"""With Redis configured and away, everything that people and programs read goes on."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.services.processes import free_port

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/", "/accessions/SWE/", "/status/", "/api/v1/accessions/SWE/", "/metrics/", "/admin/login/"]
)
def test_page_when_redis_is_away_is_answered(shipped: None, client: Client, settings: Settings, path: str) -> None:
    away = {
        "BACKEND": "tracker.http.redis_cache.ForgivingRedisCache",
        "LOCATION": f"redis://127.0.0.1:{free_port()}/1",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
    # What is in the memory of the process stays there; what is kept in Redis is away.
    settings.CACHES = settings.CACHES | {"default": away, "counters": away}

    assert client.get(path).status_code == 200
