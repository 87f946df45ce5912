"""Readers over generated documents of real shapes: no crash, no silenced source, bounded time and memory.

Each document has rows that can be read and rows that cannot, in any order; whatever the odd ones hold, the others
are read, and the reader says how many it has left out.
"""

import csv
import io
import json
import time
import tracemalloc
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fetch.conftest import NOW
from tracker.fetch.charsets import declared_charset
from tracker.fetch.outcomes import Fetched
from tracker.sources.readers.base import NotUnderstood
from tracker.sources.registry import READERS

pytestmark = pytest.mark.slow

OPTIONS: dict[str, Any] = {
    "language": "en",
    "fields": {"id": "id", "title": "title", "summary": "text", "date": "date"},
}
# Of real shape and not: what a feed, a table or an agenda may hold in any place where words stand.
WORDS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.sampled_from(
        [
            "Parliament approves Sweden's accession to NATO",
            "3 hours ago",
            "1,204 views",
            "<b>bold",
            "a & b &nbsp; &bogus; &#0;",
            "]]>",
            '"; DROP',
            "\u202e\u200b",
            "İsveç’in üyeliği",
            "=1+1",
            "BEGIN:VEVENT",
            "\r\nX:1",
        ]
    ),
)
DATES = st.one_of(
    WORDS,
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.strftime("%a, %d %b %Y %H:%M:%S +0300")),
    st.sampled_from(
        ["", "2024", "01/02/2024", "31 Jan 2003 d", "99999-99-99", "0000-00-00", "Thu, 01 Jan 1970 00:00:00 GMT"]
    ),
)
ROW = st.fixed_dictionaries({"id": WORDS, "title": WORDS, "text": WORDS, "date": DATES})
ROWS = st.lists(ROW, max_size=8)
GOOD = {"id": "the-good-one", "title": "A sentence that can be read", "text": "", "date": "2024-01-02"}
PLACE = st.integers(0, 8)


def page(text: str, content_type: str) -> Fetched:
    body = text.encode("utf-8", "replace")
    return Fetched(
        body,
        "https://example.org/x",
        200,
        {},
        content_type,
        declared_charset(body, content_type),
        "0" * 64,
        None,
        None,
        NOW,
    )


def as_rss(rows: list[dict[str, str]]) -> Fetched:
    names = {"id": "guid", "title": "title", "text": "description", "date": "pubDate"}

    def element(key: str, value: str) -> str:
        return f"<{names[key]}>{escape(value)}</{names[key]}>" if value else ""

    items = "".join(f"<item>{''.join(element(*cell) for cell in row.items())}</item>" for row in rows)
    return page(f"\n<rss version='2.0'><channel><title>t</title>{items}</channel></rss>", "application/rss+xml")


def as_json_feed(rows: list[dict[str, str]]) -> Fetched:
    names = {"id": "id", "title": "title", "text": "content_html", "date": "date_published"}
    items = [{names[key]: value or None for key, value in row.items()} for row in rows]
    return page(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}), "application/json")


def as_json(rows: list[dict[str, str]]) -> Fetched:
    return page(json.dumps([{key: value or None for key, value in row.items()} for row in rows]), "application/json")


def as_csv(rows: list[dict[str, str]]) -> Fetched:
    out = io.StringIO()
    writer = csv.DictWriter(out, ("id", "title", "text", "date"), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return page(out.getvalue(), "text/csv")


def as_agenda(rows: list[dict[str, str]]) -> Fetched:
    def line(name: str, value: str) -> str:
        text = (
            value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "").replace(";", "\\;").replace(",", "\\,")
        )
        return f"{name}:{' '.join(text.split())}"

    items = [
        "\r\n".join(
            [
                "BEGIN:VEVENT",
                line("UID", row["id"]),
                line("SUMMARY", row["title"]),
                line("DTSTART", row["date"]),
                "END:VEVENT",
            ]
        )
        for row in rows
    ]
    return page("\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *items, "END:VCALENDAR"]), "text/calendar")


SHAPES = {
    "rss": ("feed", as_rss), "json feed": ("feed", as_json_feed), "json": ("json", as_json), "csv": ("csv", as_csv),
    "agenda": ("calendar", as_agenda),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
@given(rows=ROWS, place=PLACE)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_odd_rows_silence_no_good_one(shape: str, rows: list[dict[str, str]], place: int) -> None:
    reader, shaped = SHAPES[shape]

    found = READERS[reader].read(shaped([*rows[:place], GOOD, *rows[place:]]), OPTIONS)

    assert GOOD["title"] in [finding.title for finding in found]
    assert len(found) + found.left_out >= 1
    assert all(finding.title.strip() and finding.fingerprint for finding in found)


@pytest.mark.parametrize("reader", sorted(READERS))
@given(body=st.one_of(st.binary(max_size=300), WORDS.map(lambda text: text.encode("utf-8", "replace"))))
@settings(max_examples=40, deadline=None)
def test_any_bytes_at_all_are_read_or_not_understood(reader: str, body: bytes) -> None:
    for content_type in ("text/html", "application/json", "application/octet-stream"):
        charset = declared_charset(body, content_type)
        given_page = Fetched(body, "https://example.org/x", 200, {}, content_type, charset, "0" * 64, None, None, NOW)
        try:
            found = len(READERS[reader].read(given_page, OPTIONS | {"selector": "p", "previous": "x"}))
        except NotUnderstood:
            found = 0

        assert found <= max(1, len(body))


@pytest.mark.long
@pytest.mark.parametrize("shape", SHAPES)
def test_document_as_long_as_may_be_is_read_in_bounded_time_and_memory(shape: str) -> None:
    reader, shaped = SHAPES[shape]
    rows = [{**GOOD, "id": str(number), "text": "word " * 20} for number in range(5_200)]
    large = shaped(rows)
    tracemalloc.start()
    started = time.process_time()

    found = READERS[reader].read(large, OPTIONS)

    took = time.process_time() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(found), found.is_cut) == (5_000, True)
    # Under the tracing of memory, on a busy machine: what counts is that neither grows out of hand.
    assert took < 60
    assert peak < 250_000_000
