"""No log holds what proves that a subscription is its reader's."""

import importlib.util
import logging
import re
from datetime import timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.utils.module_loading import import_string
from gunicorn.config import Config

from tests.project.sources import ROOT
from tracker.channels.sent.links import manage_path, token_of
from tracker.http.logs import without_proofs
from tracker.models import Subscription

SUBSCRIPTION = Subscription(key="0123456789abcdef01234567")
PROOF = token_of(SUBSCRIPTION)
PATHS = [
    manage_path(SUBSCRIPTION),
    f"{manage_path(SUBSCRIPTION)}stop/",
    f"/fr{manage_path(SUBSCRIPTION)}?sent=1",
    f"https://example.org{manage_path(SUBSCRIPTION)}",
]


@pytest.mark.parametrize("path", PATHS)
def test_path_is_told_with_the_key_and_without_the_proof(path: str) -> None:
    told = without_proofs(f'"GET {path} HTTP/1.1"')

    assert told == f'"GET {path.replace(PROOF, "-")} HTTP/1.1"'


@pytest.mark.parametrize("path", ["/subscribe/", "/subscribe/mail/", "/fr/subscribe/?ally=TUR", "/accessions/SWE/TUR/"])
def test_other_paths_are_told_whole(path: str) -> None:
    assert without_proofs(path) == path


def test_every_line_of_ours_goes_through_the_filter() -> None:
    config: Any = settings.LOGGING
    filters = [import_string(config["filters"][name]["()"])() for name in config["handlers"]["console"]["filters"]]
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Not found: %s", (PATHS[0],), None)

    assert all(one.filter(record) for one in filters)
    assert PROOF not in record.getMessage()
    assert SUBSCRIPTION.key in record.getMessage()
    assert list(config["handlers"]) == ["console"]
    assert config["loggers"]["django.server"] == {"handlers": ["console"], "propagate": False}


@pytest.fixture
def server() -> ModuleType:
    """The configuration of the application server."""
    spec = importlib.util.spec_from_file_location("gunicorn_conf", ROOT / "gunicorn.conf.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_servers_own_logs_have_no_proofs_also_where_an_operator_asks_for_every_request(
    server: ModuleType, tmp_path: Path
) -> None:
    faults, requests = tmp_path / "error.log", tmp_path / "access.log"
    config = Config()
    config.set("errorlog", str(faults))
    config.set("accesslog", str(requests))
    log = server.logger_class(config)
    environ = {"REQUEST_METHOD": "GET", "RAW_URI": PATHS[2], "SERVER_PROTOCOL": "HTTP/1.1", "PATH_INFO": PATHS[0]}

    answer = SimpleNamespace(status="200 OK", sent=1, headers=[])
    log.access(answer, SimpleNamespace(headers=[]), environ, timedelta(seconds=1))
    log.error("Error handling request %s", PATHS[0])

    for file in (faults, requests):
        assert SUBSCRIPTION.key in file.read_text()
        assert PROOF not in file.read_text()


def test_proxy_tells_the_path_without_the_proof_and_no_fault_with_it() -> None:
    shared = (ROOT / "deploy/nginx/site.conf").read_text()
    [pattern] = re.findall(r"~(\^\(\?<open>\S+) \$open-;", shared)

    for path in PATHS[:2]:
        found = re.match(pattern.replace("?<", "?P<"), path)
        assert found is not None
        assert PROOF not in found["open"]
    assert not re.match(pattern.replace("?<", "?P<"), "/subscribe/mail/")
    assert '"path":"$told"' in shared
    assert not re.search(r"\$(request|request_uri|uri|args|http_referer)\b", shared.partition("log_format")[2])
    for name in ("tls", "plain"):
        own = (ROOT / f"deploy/nginx/{name}.conf").read_text()
        [location] = re.findall(r"location ~ (\S+) \{ error_log /dev/null;", own)
        assert all(re.search(location, path) for path in PATHS)
