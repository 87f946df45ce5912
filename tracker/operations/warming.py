"""Having at hand what every process needs, before the first request, in the process from which the others are made."""

import gc
import io
import logging
import sys
import time
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import caches
from django.db import Error, connections

from tracker.readmodel import open_newest

logger = logging.getLogger(__name__)

# Between them they read every part of an edition, compile the templates, and load the words.
_ADDRESSES: Final = ("/", "/accessions/", "/events/", "/compare/", "/api/v1/events/", "/api/v1/accessions/")


def warm(application: Callable[..., Any]) -> None:
    """Fold the log and ask for some pages once, for all processes to share; without a database each does it later."""
    began = time.monotonic()
    try:
        edition = open_newest()
        for address in _ADDRESSES:
            _ask(application, address)
        logger.info("Edition %d is at hand after %.1f s", edition.state.edition, time.monotonic() - began)
    except Error as error:
        logger.warning("The record cannot be read yet: %s", str(error).partition("\n")[0])
    finally:
        # A connection cannot be shared.
        connections.close_all()
        caches.close_all()
    # What is there now stays there: the collector need not touch it, and its memory stays shared.
    gc.freeze()


def _ask(application: Callable[..., Any], address: str) -> None:
    """One request as the proxy would send it; what is wrong with its answer is for the log to say."""
    site = urlsplit(settings.BASE_URL)
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or 80),
        "HTTP_HOST": site.netloc,
        "HTTP_ACCEPT_ENCODING": "gzip",
        # Has it made here, though another process may have left it in Redis.
        "HTTP_IF_MATCH": "*",
        "HTTP_X_FORWARDED_PROTO": "https" if settings.HTTPS else "http",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "https" if settings.HTTPS else "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    told: list[str] = []
    answer = application(environ, lambda status, _headers, *_rest: told.append(status))
    answer.close()
    if told != ["200 OK"]:
        logger.warning("%s could not be made ready: %s", address, told)
