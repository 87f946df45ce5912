import time

import pytest

from tests.fetch.servers import elapsed
from tests.sources.conftest import PageOf
from tracker.domain.vocabulary import EventKind
from tracker.sources.findings import Suggestion
from tracker.sources.readers.base import NotUnderstood
from tracker.sources.readers.entries import plain_text
from tracker.sources.registry import READERS

FEED = READERS["feed"]
RSS = "application/rss+xml"

ENTITIES = ['<!ENTITY l0 "ha">', *(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))]
LAUGHS = f"<!DOCTYPE r [{''.join(ENTITIES)}]><rss version='2.0'><channel><title>&l9;</title></channel></rss>".encode()
STRANGE = [
    b"",
    b"not a feed",
    b"<html><body>Please log in</body></html>",
    b"<rss version='2.0'><channel><item><title>cut off",
    b"<rss version='2.0'><channel><item><link>https://example.org/</link></item></channel></rss>",
    b"<rss version='2.0'><channel><item><description> </description></item></channel></rss>",
    b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1}]}',
    b'{"version": "https://example.org/", "items": []}',
    b'{"items": 1}',
    b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>x</loc></sitemap></sitemapindex>",
    LAUGHS,
    b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>&x;</channel></rss>',
    b"<rss version='2.0'>" + b"<a>" * 200_000,
    b"<rss version='2.0'>" + b"<a/>" * 200_000 + b"</rss>",
    b"<rss version='2.0'>\xff</rss>",
    b"/etc/passwd",
    b"https://example.org/feed",
]


def test_read_of_rss_gives_entries_with_evidence(page_of: PageOf) -> None:
    first, second = FEED.read(page_of("feed.rss", RSS), {})

    assert first.title == "Hungary’s parliament approves Sweden’s accession to NATO"
    assert first.summary == "188 in favour, 6 against."
    assert (first.url, first.published, first.place, first.language) == (
        "https://example.org/1", "2024-02-26", "entry 1", "en",
    )  # fmt: skip
    assert first.suggestion == Suggestion("SWE", "HUN", EventKind.CHAMBER_VOTE)
    assert second.suggestion == Suggestion()
    assert second.published is None


def test_read_of_atom_in_turkish_recognises_state_and_act(page_of: PageOf) -> None:
    (entry,) = FEED.read(page_of("feed.atom", "application/atom+xml"), {"language": "tr"})

    assert (entry.suggestion.accession, entry.suggestion.ally) == ("SWE", "TUR")


def test_read_with_words_leaves_out_what_has_none(page_of: PageOf) -> None:
    found = FEED.read(page_of("feed.rss", RSS), {"words": ["NATO"]})

    assert [finding.place for finding in found] == ["entry 1"]


def test_read_of_an_entry_that_is_reworded_keeps_its_fingerprint(page_of: PageOf) -> None:
    page = page_of("feed.rss", RSS)
    reworded = page_of(page.body.replace(b"approves", b"backs"), RSS)

    before, after = FEED.read(page, {})[0], FEED.read(reworded, {})[0]

    assert before.title != after.title
    assert before.fingerprint == after.fingerprint


@pytest.mark.parametrize("body", STRANGE, ids=range(len(STRANGE)))
def test_read_of_what_is_no_sound_feed_says_so_at_once(body: bytes, page_of: PageOf) -> None:
    started = time.monotonic()

    with pytest.raises(NotUnderstood):
        FEED.read(page_of(body, RSS), {})

    assert elapsed(started) < 5


def test_read_of_a_feed_in_utf16_goes_by_its_mark(page_of: PageOf) -> None:
    text = page_of("feed.rss", RSS).body.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')

    found = FEED.read(page_of(text.encode("utf-16"), RSS), {})

    assert found[0].title.startswith("Hungary’s")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a  b", "a b"),
        ("<p>a</p><p>b</p>", "a b"),
        ("a &amp; b", "a & b"),
        ("<script>x()</script>", ""),
        ("", ""),
        ("<", "<"),
    ],
)
def test_plain_text_of_markup_is_its_words(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@pytest.mark.parametrize("markup", ["<b>", "<", "&", "<!--", "<a href='", "<![CDATA[", "&lt;b&gt;"])
def test_read_of_an_entry_full_of_broken_markup_takes_its_words_and_no_more(markup: str, page_of: PageOf) -> None:
    inner = (markup * 500_000).replace("]]>", "")
    item = f"<item><title>Sweden votes</title><guid>urn:x:1</guid><description><![CDATA[{inner}]]></description></item>"
    page = page_of(f'<rss version="2.0"><channel><title>t</title>{item}</channel></rss>'.encode(), RSS)

    (found,) = FEED.read(page, {})

    assert found.title == "Sweden votes"
    assert len(found.summary) <= 1000


def test_read_of_an_entry_with_a_long_title_shortens_it(page_of: PageOf) -> None:
    item = f"<item><title>{'word ' * 100_000}</title><guid>urn:x:1</guid></item>"

    (found,) = FEED.read(page_of(f'<rss version="2.0"><channel>{item}</channel></rss>'.encode(), RSS), {})

    assert (len(found.title), len(found.quote)) == (200, 500)
