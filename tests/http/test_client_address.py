"""Which address a request came from, by the number of our own proxies; what a client says of itself buys nothing."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from tracker.http.client_address import address_of

DIRECT = "10.0.0.9"


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, "203.0.113.9", DIRECT),
        (1, "", DIRECT),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "192.0.2.1, 203.0.113.9", "203.0.113.9"),
        (2, "192.0.2.1, 203.0.113.9, 198.51.100.1", "203.0.113.9"),
        # Fewer entries than proxies: the request has not come through all of them.
        (2, "203.0.113.9", DIRECT),
        (1, "unknown", DIRECT),
        (1, "203.0.113.9, <script>", DIRECT),
        (1, "192.0.2.1, 2001:db8::1", "2001:db8::1"),
    ],
)
def test_address_is_what_the_outermost_of_our_proxies_saw(
    hops: int, forwarded: str, address: str, settings: Settings
) -> None:
    settings.PROXY_HOPS = hops
    request = RequestFactory().get("/", REMOTE_ADDR=DIRECT, headers={"X-Forwarded-For": forwarded})

    assert address_of(request) == address
