"""Which encoding a client gets."""

import pytest

from tracker.http.compression import best_encoding


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("", ""),
        ("gzip, br", "br"),
        ("br, gzip", "br"),
        ("gzip", "gzip"),
        ("GZIP;Q=0.5", "gzip"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("gzip;q=0.501, br;q=0.5", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("br;q=0, *", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("gzip;q=nonsense", "gzip"),
        ("identity", ""),
        ("zstd", ""),
        (",;,", ""),
    ],
)
def test_encoding_that_is_liked_best(header: str, best: str) -> None:
    assert best_encoding(header) == best
