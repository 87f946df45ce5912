"""What the tests of fetching share with those of readers and watch: a bad server, a fetcher for it, pages."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest

from tests.fetch.servers import HostileServer, running
from tracker.fetch.bodies import Sizes
from tracker.fetch.charsets import declared_charset
from tracker.fetch.fetching import Fetcher, Limits
from tracker.fetch.guard import Guard
from tracker.fetch.outcomes import Fetched

AGENT = "Article10/1.0 (+https://example.org/about; mailto:watch@example.org)"
NOW = datetime(2024, 2, 26, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parents[1] / "sources" / "samples"

PageOf = Callable[..., Fetched]


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """A server on loopback that behaves as the test says."""
    with running(HostileServer()) as server:
        yield server


@pytest.fixture
def fetcher() -> Fetcher:
    """A fetcher with small sizes, which may ask 127.0.0.1 on any port and nothing else that is private."""
    limits = Limits(total=20, connect=10, read=10, redirects=3, sizes=Sizes(received=400_000, unpacked=1_000_000))
    return Fetcher(AGENT, Guard(opened=(ip_network("127.0.0.1/32"),)), limits)


@pytest.fixture
def hasty(fetcher: Fetcher) -> Fetcher:
    """The same fetcher in a hurry: for servers that are slow, and not for those that only share a busy machine."""
    return replace(fetcher, limits=replace(fetcher.limits, total=0.8, read=0.4))


@pytest.fixture
def page_of() -> PageOf:
    """A page made of bytes, or of the sample of that name."""

    def make(
        body: bytes | str, content_type: str = "application/json", url: str = "https://example.org/data"
    ) -> Fetched:
        data = (SAMPLES / body).read_bytes() if isinstance(body, str) else body
        main = content_type.partition(";")[0]
        charset = declared_charset(data, content_type)
        digest = hashlib.sha256(data).hexdigest()
        return Fetched(data, url, 200, {}, main, charset, digest, None, None, NOW)

    return make
