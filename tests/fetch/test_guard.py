from collections.abc import Sequence
from ipaddress import ip_address, ip_network

import pytest

from tests.fetch.conftest import AGENT, NOW
from tests.fetch.servers import HostileServer
from tracker.fetch.fetching import Ask, Fetcher, Limits
from tracker.fetch.guard import Guard, NoSuchHost, NotAllowed, is_public, system_resolver
from tracker.fetch.outcomes import Failed, Fetched, Reason, Refused

HOSTILE = [
    ("http://127.0.0.1/", Reason.NOT_PUBLIC),
    ("http://0x7f000001/", Reason.NOT_PUBLIC),
    ("http://127.1/", Reason.NOT_PUBLIC),
    ("http://2130706433/", Reason.NOT_PUBLIC),
    ("http://0177.0.0.1/", Reason.NOT_AN_ADDRESS),
    ("http://0/", Reason.NOT_PUBLIC),
    ("http://127.0.0.1./", Reason.NOT_PUBLIC),
    ("http://[::1]/", Reason.NOT_PUBLIC),
    ("http://[::]/", Reason.NOT_PUBLIC),
    ("http://[::ffff:127.0.0.1]/", Reason.NOT_PUBLIC),
    ("http://[::127.0.0.1]/", Reason.NOT_PUBLIC),
    ("http://[64:ff9b::7f00:1]/", Reason.NOT_PUBLIC),
    ("http://[64:ff9b:1::7f00:1]/", Reason.NOT_PUBLIC),
    ("http://[2002:7f00:1::]/", Reason.NOT_PUBLIC),
    ("http://[2001:0:7f00:1::]/", Reason.NOT_PUBLIC),
    ("http://[fe80::1]/", Reason.NOT_PUBLIC),
    ("http://[fd00::1]/", Reason.NOT_PUBLIC),
    ("http://[fec0::1]/", Reason.NOT_PUBLIC),
    ("http://[ff02::1]/", Reason.NOT_PUBLIC),
    ("http://10.0.0.1/", Reason.NOT_PUBLIC),
    ("http://100.64.0.1/", Reason.NOT_PUBLIC),
    ("http://169.254.169.254/latest/meta-data/", Reason.NOT_PUBLIC),
    ("http://192.88.99.1/", Reason.NOT_PUBLIC),
    ("http://224.0.1.1/", Reason.NOT_PUBLIC),
    ("http://240.0.0.1/", Reason.NOT_PUBLIC),
    ("http://255.255.255.255/", Reason.NOT_PUBLIC),
    ("http://example.org:6379/", Reason.PORT),
    ("http://example.org:22/", Reason.PORT),
    ("http://user:secret@example.org/", Reason.CREDENTIALS),
    ("http://example.org@127.0.0.1/", Reason.CREDENTIALS),
    ("file:///etc/passwd", Reason.SCHEME),
    ("gopher://example.org/", Reason.SCHEME),
    ("javascript:alert(1)", Reason.SCHEME),
    ("//example.org/", Reason.SCHEME),
    ("", Reason.SCHEME),
    ("http:///path", Reason.NOT_AN_ADDRESS),
    ("http://example.org/\r\nHost: other", Reason.NOT_AN_ADDRESS),
    ("http://exa mple.org/", Reason.NOT_AN_ADDRESS),
    ("http://example.org:99999/", Reason.PORT),
    ("http://[::1/", Reason.NOT_AN_ADDRESS),
    ("https://example.org/" + "x" * 3000, Reason.NOT_AN_ADDRESS),
]


@pytest.mark.parametrize(("url", "reason"), HOSTILE)
def test_fetch_of_a_hostile_address_is_refused_without_asking(url: str, reason: Reason) -> None:
    outcome = Fetcher(AGENT).fetch(Ask(url), now=NOW)

    assert isinstance(outcome, Refused)
    assert outcome.reason is reason


@pytest.mark.parametrize("url", ["https://example.org/", "http://example.org:80/a?b=c", "https://[2a00:1450::1]/"])
def test_check_url_of_a_public_address_returns_it(url: str) -> None:
    assert Guard().check_url(url).host


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001:800::200e", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_is_public_of_an_address_on_the_internet_is_true(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("name", "addresses"),
    [
        ("localhost", ["127.0.0.1"]),
        ("one-of-two-is-private", ["93.184.215.14", "10.0.0.1"]),
        ("zone", ["fe80::1%eth0"]),
        ("nat64", ["64:ff9b::a9fe:a9fe"]),
    ],
)
def test_addresses_of_a_name_with_a_private_one_are_refused(name: str, addresses: list[str]) -> None:
    guard = Guard(resolver=lambda host, seconds: addresses)

    with pytest.raises(NotAllowed) as refusal:
        guard.addresses(name, 443, 1)

    assert refusal.value.reason is Reason.NOT_PUBLIC


def test_addresses_with_an_opened_network_do_not_open_other_ports_of_public_hosts() -> None:
    guard = Guard(opened=(ip_network("127.0.0.1/32"),), resolver=lambda host, seconds: ["93.184.215.14"])

    with pytest.raises(NotAllowed) as refusal:
        guard.addresses("example.org", 6379, 1)

    assert refusal.value.reason is Reason.PORT


class ChangingResolver:
    """A name server that answers differently every time."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.questions = 0

    def __call__(self, host: str, seconds: float) -> Sequence[str]:
        self.questions += 1
        return self.answers[min(self.questions, len(self.answers)) - 1]


def test_fetch_of_a_rebinding_name_asks_once_and_connects_to_what_was_checked(
    server: HostileServer, fetcher: Fetcher
) -> None:
    resolver = ChangingResolver(["127.0.0.1"], ["169.254.169.254"])
    server.on("/", lambda exchange: exchange.answer(b"checked", Content_Type="text/plain"))
    rebound = Fetcher(AGENT, Guard(fetcher.guard.opened, resolver), fetcher.limits)

    outcome = rebound.fetch(Ask(server.url("/", host="rebinding.example")), now=NOW)

    assert isinstance(outcome, Fetched)
    assert (outcome.body, resolver.questions) == (b"checked", 1)
    assert server.asked[0].headers["host"].startswith("rebinding.example:")


def test_fetch_of_a_name_that_has_become_private_is_refused_at_the_redirect(
    server: HostileServer, fetcher: Fetcher
) -> None:
    resolver = ChangingResolver(["127.0.0.1"], ["169.254.169.254"])
    server.on("/", lambda exchange: exchange.answer(status="302 Found", Location="/second", Connection="close"))
    rebound = Fetcher(AGENT, Guard(fetcher.guard.opened, resolver), fetcher.limits)

    outcome = rebound.fetch(Ask(server.url("/", host="rebinding.example")), now=NOW)

    assert isinstance(outcome, Refused)
    assert outcome.reason is Reason.NOT_PUBLIC
    assert [exchange.path for exchange in server.asked] == ["/"]


def test_fetch_of_a_name_without_address_fails_for_now() -> None:
    def nothing(host: str, seconds: float) -> Sequence[str]:
        raise NoSuchHost(host)

    outcome = Fetcher(AGENT, Guard(resolver=nothing)).fetch(Ask("https://gone.example/"), now=NOW)

    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.transient) == (Reason.NO_SUCH_HOST, True)


def test_system_resolver_of_a_reserved_name_says_so() -> None:
    with pytest.raises(NoSuchHost):
        system_resolver("a" * 70 + ".invalid", 2)


def test_fetch_with_no_time_left_ends_before_it_connects(server: HostileServer, fetcher: Fetcher) -> None:
    url = server.on("/", lambda exchange: exchange.answer(b"too late"))
    outcome = Fetcher(AGENT, fetcher.guard, Limits(total=0)).fetch(Ask(url), now=NOW)

    assert isinstance(outcome, Failed)
    assert (outcome.reason, server.asked) == (Reason.TIMEOUT, [])
