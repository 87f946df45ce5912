"""The guards of production, as its settings and its proxy have them."""

import re
from pathlib import Path

import pytest

from tests.project.test_settings import show

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {"SECRET_KEY": "k" * 60, "BASE_URL": "https://example.org", "CONTACT": "mail@example.org"}


def test_cookies_of_production_are_bound_to_their_host() -> None:
    names = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME"
    flags = "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY"

    assert show(names, **PRODUCTION) == "__Host-sessionid __Host-csrftoken"
    assert show(flags, **PRODUCTION) == "True True True"
    # The prefix asks for the root of the host, and for no domain.
    assert show("settings.SESSION_COOKIE_PATH, settings.SESSION_COOKIE_DOMAIN", **PRODUCTION) == "/ None"


def test_redis_cannot_make_us_run_anything() -> None:
    shown = show("settings.CACHES['default']['BACKEND']", REDIS_URL="redis://redis:6379", **PRODUCTION)

    assert shown == "tracker.http.redis_cache.ForgivingRedisCache"
    assert "pickle" not in (ROOT / "tracker/http/redis_cache.py").read_text()


@pytest.mark.parametrize("name", ["tls", "plain"])
def test_proxy_buffers_limits_and_hides_what_is_for_machines(name: str) -> None:
    own = (ROOT / f"deploy/nginx/{name}.conf").read_text()
    shared = (ROOT / "deploy/nginx/site.conf").read_text()

    for line in ("proxy_request_buffering on", "client_max_body_size 6m", "client_header_timeout", "server_tokens off"):
        assert line in shared
    assert 'proxy_set_header X-Forwarded-Host ""' in shared
    for address in ("/metrics/", "/readyz"):
        assert f"location = {address} {{ return 404; }}" in own
    # Who sent too much reads here too how much is taken, and what to do.
    assert "error_page 413 @too_large;" in own
    assert re.search(r'location @too_large \{ .*return 413 "[^"]*at most 6 MB.*at most 5 MB', own)


def test_proxy_speaks_no_old_tls() -> None:
    told = re.findall(r"ssl_protocols ([^;]+);", (ROOT / "deploy/nginx/tls.conf").read_text())

    assert told == ["TLSv1.2 TLSv1.3"]
