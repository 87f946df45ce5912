from datetime import timedelta

import pytest

from tests.fetch.conftest import AGENT, NOW, PageOf
from tests.fetch.servers import HostileServer
from tracker.domain.vocabulary import RobotsVerdict
from tracker.fetch.fetching import Ask, Fetcher
from tracker.fetch.outcomes import Failed, Outcome, Reason, Refused, Throttled
from tracker.fetch.robots import read_robots, robots_url

RULES = b"""
User-agent: *
Disallow: /private
Crawl-delay: 7

User-agent: article10
Disallow: /*.pdf$
Allow: /treaties/*.pdf
Crawl-delay: 3
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/", True), ("/private", True), ("/a.pdf", False), ("/a.pdf?x", True), ("/treaties/a.pdf", True)],
)
def test_robots_rules_apply_to_us_by_the_longest_match(path: str, allowed: bool, page_of: PageOf) -> None:
    robots = read_robots(page_of(RULES, "text/plain"), NOW)

    assert robots.allows(f"https://example.org{path}", AGENT) is allowed
    assert robots.crawl_delay(AGENT) == timedelta(seconds=3)
    assert robots.expires_at == NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    ("outcome", "verdict", "hours"),
    [
        (Failed(Reason.STATUS, "", False, "u", 404), RobotsVerdict.EVERYTHING, 24),
        (Failed(Reason.STATUS, "", False, "u", 403), RobotsVerdict.EVERYTHING, 24),
        (Failed(Reason.STATUS, "", True, "u", 500), RobotsVerdict.NOTHING, 1),
        (Failed(Reason.TIMEOUT, "", True, "u"), RobotsVerdict.NOTHING, 1),
        (Failed(Reason.TOO_LARGE, "", False, "u"), RobotsVerdict.NOTHING, 1),
        (Refused(Reason.NOT_PUBLIC, "", "u"), RobotsVerdict.NOTHING, 1),
        (Throttled(503, None, "u"), RobotsVerdict.NOTHING, 1),
        (Throttled(429, NOW + timedelta(hours=5), "u"), RobotsVerdict.NOTHING, 5),
    ],
)
def test_robots_that_were_not_had_allow_all_or_nothing_for_a_while(
    outcome: Outcome, verdict: RobotsVerdict, hours: int
) -> None:
    robots = read_robots(outcome, NOW)

    assert (robots.verdict, robots.expires_at) == (verdict, NOW + timedelta(hours=hours))
    assert robots.allows("https://example.org/", AGENT) is (verdict is RobotsVerdict.EVERYTHING)
    assert robots.crawl_delay(AGENT) == timedelta(0)


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00", b"<html>", b"Disallow: /" + b"*a" * 50_000, b"Crawl-delay: x\n" * 10_000]
)
def test_robots_of_strange_content_decide_without_harm(body: bytes, page_of: PageOf) -> None:
    robots = read_robots(page_of(body, "text/plain"), NOW)

    assert robots.allows("https://example.org/" + "a" * 1000, AGENT) is True


def test_robots_url_is_that_of_the_host() -> None:
    assert robots_url("https://example.org:443/a/b?c=d#e") == "https://example.org/robots.txt"


def test_robots_are_fetched_like_any_document(server: HostileServer, fetcher: Fetcher) -> None:
    url = server.on("/robots.txt", lambda exchange: exchange.answer(RULES, Content_Type="text/plain"))

    robots = read_robots(fetcher.fetch(Ask(robots_url(server.url("/a/b"))), now=NOW), NOW)

    assert url == robots_url(server.url("/a/b"))
    assert robots.verdict is RobotsVerdict.RULES


def test_robots_with_a_zero_byte_are_kept_without_it(page_of: PageOf) -> None:
    robots = read_robots(page_of(b"User-agent: *\nDisallow: /pri\0vate", "text/plain"), NOW)

    assert robots.text == "User-agent: *\nDisallow: /private"
