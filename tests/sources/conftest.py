"""What the tests of readers share: pages made of bytes or of samples."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fetch.conftest import NOW
from tracker.fetch.charsets import declared_charset
from tracker.fetch.outcomes import Fetched

SAMPLES = Path(__file__).parent / "samples"

PageOf = Callable[..., Fetched]


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
