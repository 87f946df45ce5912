"""What a page costs: queries that do not grow with rows, and a weight that a slow line can bear."""

from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

HEAVIEST = 60_000
STATIC = Path(settings.BASE_DIR) / "tracker" / "static"


@pytest.fixture
def count_queries(client: Client) -> Callable[[str], int]:
    """A function that says how many queries a page takes."""

    def count(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count


@pytest.mark.parametrize(
    ("few", "many"),
    [
        # 12 allies and few events; 31 allies and many.
        ("/accessions/GRC/", "/accessions/SWE/"),
        ("/accessions/FIN/TUR/", "/accessions/SWE/TUR/"),
        ("/states/SWE/", "/states/TUR/"),
        ("/?as_of=1953-01-01", "/?as_of=2023-10-30"),
        ("/accessions/?as_of=1953-01-01", "/accessions/"),
        ("/compare/?as_of=1953-01-01", "/compare/"),
        ("/commitments/?as_of=1998-01-01", "/commitments/"),
        ("/events/?as_of=1950-01-01", "/events/"),
        ("/states/?q=TUR", "/states/"),
        ("/events/gr1951-us-submitted/", "/events/se2022-tr-consent/"),
        ("/commitments/mk-gr-interim-accord/", "/commitments/mou-04a-no-support-ypg-pyd/"),
        ("/search/?q=Sweden", "/search/?q=a"),
    ],
)
def test_page_takes_as_many_queries_for_many_as_for_few(
    count_queries: Callable[[str], int], few: str, many: str
) -> None:
    count_queries(few)

    assert count_queries(f"/fr{many}") == count_queries(f"/fr{few}")


@pytest.mark.parametrize(
    "address",
    [
        "/", "/accessions/", "/accessions/SWE/", "/accessions/SWE/TUR/", "/accessions/SWE/embed/",
        "/accessions/SWE/badge.svg", "/states/", "/states/TUR/", "/commitments/", "/events/",
        "/events/se2022-tr-consent/", "/changes/", "/rectifications/", "/compare/", "/search/?q=Sweden", "/data/",
        "/methodology/", "/accessions/SWE/?as_of=2023-10-30&known_at=2000",
    ],
)  # fmt: skip
def test_page_takes_fewer_than_six_queries(count_queries: Callable[[str], int], address: str) -> None:
    # The first to ask for an edition folds it, and looks how fresh the site is; all others find both.
    count_queries(address)

    assert count_queries(f"/fr{address}") < 6


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/accessions/SWE/",
        "/accessions/SWE/?as_of=2023-10-30",
        "/hu/accessions/SWE/?as_of=2023-10-30",
        "/accessions/SWE/TUR/",
        "/states/TUR/",
        "/commitments/",
        "/compare/",
        "/changes/",
        "/events/",
    ],
)
def test_page_with_all_that_it_asks_for_weighs_little(client: Client, address: str) -> None:
    response = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    # As the files are sent; fonts are compressed in themselves.
    texts = [STATIC / "css" / "site.css", STATIC / "js" / "comfort.js", STATIC / "icons" / "icon.svg"]
    fonts = list((STATIC / "fonts").glob("*.woff2"))

    assert response["Content-Encoding"] == "br"
    assert len(fonts) == 2
    files = sum(len(brotli.compress(file.read_bytes())) for file in texts) + sum(file.stat().st_size for file in fonts)
    assert len(response.content) + files <= HEAVIEST
