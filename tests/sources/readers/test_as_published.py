"""What is really published: one odd row, a blank line, a null, a wrong charset silence no source."""

import json
from typing import Any

import pytest

from tests.sources.conftest import PageOf
from tracker.domain.vocabulary import EventKind
from tracker.sources.readers.base import NotUnderstood
from tracker.sources.registry import READERS

RSS = "application/rss+xml"
FEED = READERS["feed"]
MAPPED: dict[str, Any] = {"language": "en", "fields": {"id": "id", "title": "title", "date": "date", "url": "url"}}


def rss(*items: str) -> bytes:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{listed}</channel></rss>'.encode()


def dated(day: str) -> str:
    return f"<title>Sweden votes</title><guid>urn:x:1</guid><pubDate>{day}</pubDate>"


def test_entry_without_a_title_goes_by_the_beginning_of_its_text(page_of: PageOf) -> None:
    page = page_of(
        rss("<title>One</title><guid>urn:1</guid>", "<description>A &lt;b&gt;note&lt;/b&gt;</description>"), RSS
    )

    found = FEED.read(page, {})

    assert [finding.title for finding in found] == ["One", "A note"]
    assert found.left_out == 0


def test_entry_without_any_words_is_left_out_and_counted(page_of: PageOf) -> None:
    page = page_of(rss("<title>One</title><guid>urn:1</guid>", "<guid>urn:2</guid>"), RSS)

    found = FEED.read(page, {})

    assert [finding.title for finding in found] == ["One"]
    assert found.remark.startswith("1 rows could not be read, the first: At entry 2: expected an entry with a title")


@pytest.mark.parametrize(
    "body",
    [
        b"\n\n  " + rss(dated("2024-01-02")),
        b"\xef\xbb\xbf" + rss(dated("2024-01-02")),
        rss(dated("2024-01-02").replace("Sweden votes", "Sweden&nbsp;votes")),
        rss(dated("2024-01-02").replace("Sweden votes", "Sweden\x0b votes")),
        rss(dated("2024-01-02") + "<description>Q & A, a&eacute;, R&D;</description>"),
        rss(dated("2024-01-02") + "<description><![CDATA[Q & A]]></description>").replace(b"votes", b"votes &hellip; "),
    ],
)
def test_small_faults_of_published_feeds_are_mended(body: bytes, page_of: PageOf) -> None:
    (found,) = FEED.read(page_of(body, RSS), {})

    assert found.title.replace(" …", "") == "Sweden votes"
    assert found.published == "2024-01-02"


@pytest.mark.parametrize("name", ["LT", "lt", "quot"])
def test_name_of_a_sign_that_xml_means_opens_no_element(name: str, page_of: PageOf) -> None:
    body = rss(f"<title>One &{name};guid &nbsp;</title><guid>urn:1</guid>")

    (found,) = FEED.read(page_of(body, RSS), {})

    assert found.title.startswith("One")


def test_feed_in_utf8_that_declares_latin_is_read_as_what_it_is(page_of: PageOf) -> None:
    body = rss("<title>İsveç’in üyeliği</title><guid>urn:1</guid>")

    (found,) = FEED.read(page_of(body, "text/xml; charset=iso-8859-9"), {"language": "tr"})

    assert found.title == "İsveç’in üyeliği"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Thu, 29 Feb 2024 00:10:00 +0300", "2024-02-29"),
        ("Wed, 28 Feb 2024 22:00:00 -0500", "2024-02-28"),
        ("2024/2/29 10:00", "2024-02-29"),
        ("2024", "2024"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("soon", None),
    ],
)
def test_day_of_an_entry_is_the_one_that_it_writes(written: str, day: str | None, page_of: PageOf) -> None:
    (found,) = FEED.read(page_of(rss(dated(written)), RSS), {})

    assert found.published == day


def test_json_feed_is_read_with_its_days_and_its_odd_items_left_out(page_of: PageOf) -> None:
    items = [
        {
            "id": "1",
            "url": "https://parl.example/1",
            "title": "Sweden votes",
            "date_published": "2024-02-29T00:10:00+03:00",
        },
        {"id": 2, "title": None, "content_html": "<p>A <b>note</b></p>", "url": None},
        {"id": "3", "title": {"en": "x"}},
        "none",
    ]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "language": "en-GB", "items": items}).encode()

    found = FEED.read(page_of(body, "application/feed+json"), {})

    assert [(one.title, one.published, one.language) for one in found] == [
        ("Sweden votes", "2024-02-29", "en"), ("A note", None, "en"),
    ]  # fmt: skip
    assert found.left_out == 2


def test_news_sitemap_gives_titles_and_a_plain_one_what_its_addresses_say(page_of: PageOf) -> None:
    head = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
    news = (
        "<n:news><n:publication><n:language>en</n:language></n:publication>"
        "<n:publication_date>2024-02-29T00:10:00+03:00</n:publication_date><n:title>Sweden votes</n:title></n:news>"
    )
    body = (
        f"{head}<url><loc>https://a.example/1</loc>{news}</url>"
        "<url><loc>https://a.example/sweden-joins.html</loc><lastmod>2024-03-07</lastmod></url></urlset>"
    )

    first, second = FEED.read(page_of(body.encode(), "application/xml"), {})

    assert (first.title, first.published, first.language, first.url) == (
        "Sweden votes", "2024-02-29", "en", "https://a.example/1",
    )  # fmt: skip
    assert (second.title, second.published, second.is_stamp) == ("Sweden joins", "2024-03-07", True)


def test_json_with_nulls_and_times_is_read(page_of: PageOf) -> None:
    rows = [
        {"id": 1, "title": "Sweden and NATO", "date": "2026-11-20T23:10:00+01:00", "url": None},
        {"id": 2, "title": "Sweden and NATO again", "date": None, "url": "https://a.example/2"},
        {"id": 3, "title": None, "date": None, "url": None},
        {"id": 4, "title": "A month", "date": "2026-11", "url": None},
    ]

    found = READERS["json"].read(page_of(json.dumps(rows).encode()), MAPPED)

    assert [one.suggestion.date for one in found] == ["2026-11-20", None, "2026-11"]
    assert (found[0].url, found.left_out) == ("https://example.org/data", 1)


def test_json_a_line_is_read_and_a_broken_line_left_out(page_of: PageOf) -> None:
    lines = [json.dumps({"id": 1, "title": "One", "date": "2024-01-01", "url": None}), "{broken", ""]

    found = READERS["json"].read(page_of("\n".join(lines).encode(), "application/x-ndjson"), MAPPED)

    assert ([one.title for one in found], found.left_out) == (["One"], 1)


def test_treaty_office_in_csv_has_its_marks_and_blank_rows(page_of: PageOf) -> None:
    body = b"\nParticipant,Ratification,\nAlbania,31 Jan 2003,\n,,\nMontenegro,23 Oct 2006 d,\nNetherlands,,\n"
    fields = {"id": "Participant", "title": "Participant", "date": "Ratification"}

    found = READERS["csv"].read(page_of(body, "text/csv"), {"language": "en", "fields": fields})

    assert [(one.title, one.suggestion.date) for one in found] == [
        ("Albania", "2003-01-31"), ("Montenegro", "2006-10-23"), ("Netherlands", None),
    ]  # fmt: skip


def test_csv_finds_its_own_delimiter_and_leaves_out_a_row_of_too_many(page_of: PageOf) -> None:
    body = "id\ttitle\tdate\turl\n1\tOne\t2024-01-01\t\n2\tTwo\t2024-01-02\tx\ty\n".encode("utf-16")

    found = READERS["csv"].read(page_of(body, "text/tab-separated-values"), MAPPED)

    assert ([one.title for one in found], found.left_out) == (["One"], 1)


def test_column_in_which_nothing_is_a_date_is_not_understood(page_of: PageOf) -> None:
    with pytest.raises(NotUnderstood, match="expected a date"):
        READERS["csv"].read(page_of(b"id,title,date,url\n1,One,Budapest,\n2,Two,Ankara,\n", "text/csv"), MAPPED)


def test_date_in_a_form_of_its_own_is_read_by_the_option(page_of: PageOf) -> None:
    page = page_of(b"id,title,date,url\n1,One,03/04/2024,\n", "text/csv")

    (found,) = READERS["csv"].read(page, {**MAPPED, "date_form": "%d/%m/%Y"})

    assert found.suggestion.date == "2024-04-03"


def test_more_rows_than_anybody_follows_are_cut_and_told(page_of: PageOf) -> None:
    body = "id,title,date,url\n" + "".join(f"{number},One,2024-01-01,\n" for number in range(5_100))

    found = READERS["csv"].read(page_of(body.encode(), "text/csv"), MAPPED)

    assert (len(found), found.remark) == (5_000, "Only the first 5000 rows were read.")


AGENDA = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//x//EN
{}
END:VCALENDAR
"""


def event(**told: str) -> str:
    return "\n".join(["BEGIN:VEVENT", *(f"{name}:{value}" for name, value in told.items()), "END:VEVENT"])


def test_agenda_gives_its_items_as_plans_by_the_day_that_is_written(page_of: PageOf) -> None:
    zoned = {"DTSTART;TZID=Europe/Istanbul": "20240124T003000", "URL": "https://a.example/1"}
    items = [
        event(UID="1", SUMMARY="Final vote on Sweden's accession to NATO", **zoned),
        event(UID="2", SUMMARY="Debate", STATUS="CANCELLED", DTSTART="20240125"),
        event(UID="3"),
        event(UID="4", SUMMARY="Undated", DTSTART="soon"),
    ]
    page = page_of(("\n" + AGENDA.format("\n".join(items))).replace("\n", "\r\n").encode(), "text/calendar")

    found = READERS["calendar"].read(page, {"ally": "TUR", "language": "en"})

    assert [(one.title, one.suggestion.date, one.suggestion.kind) for one in found] == [
        ("Final vote on Sweden's accession to NATO", "2024-01-24", None),
        ("Cancelled: Debate", "2024-01-25", None),
        ("Undated", None, None),
    ]  # fmt: skip
    assert (found[0].suggestion.accession, found[0].suggestion.ally) == ("SWE", "TUR")
    assert {one.suggestion.planned for one in found} == {True}
    assert (found[0].url, found.left_out) == ("https://a.example/1", 1)


def test_item_of_an_agenda_that_is_moved_or_cancelled_keeps_its_name(page_of: PageOf) -> None:
    def name(**told: str) -> str:
        body = AGENDA.format(event(UID="1", **told)).encode()
        return READERS["calendar"].read(page_of(body, "text/calendar"), {})[0].fingerprint

    was = name(SUMMARY="Vote", DTSTART="20240124")

    assert name(SUMMARY="Vote", DTSTART="20240131") == name(SUMMARY="Vote", STATUS="CANCELLED") == was


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"BEGIN:VCALENDAR", b"BEGIN:VEVENT\nEND:VEVENT", b"BEGIN:VCALENDAR\nx"]
)
def test_what_is_no_agenda_is_not_understood_or_empty(body: bytes, page_of: PageOf) -> None:
    try:
        found = READERS["calendar"].read(page_of(body, "text/calendar"), {})
    except NotUnderstood:
        found = None

    assert not found


UNTC = """<html><body><table><tr><td>Layout</td></tr></table><table>
<tr><th>Participant</th><th>Signature</th><th>Ratification, Acceptance(A), Accession(a)</th></tr>
<tr><td>Norway</td><td>5 Jul 2022</td><td>5 Jul 2022 A</td></tr>
<tr><td colspan=3> </td></tr>
<tr><td>T&uuml;rkiye</td><td>5 Jul 2022</td><td></td></tr></table></body></html>"""


def test_table_of_a_treaty_office_gives_each_day_and_the_deposit_for_what_it_is(page_of: PageOf) -> None:
    found = READERS["treaty_table"].read(page_of(UNTC.encode(), "text/html"), {"accessions": ["SWE"], "language": "en"})

    assert [(one.suggestion.ally, one.suggestion.kind, one.suggestion.date) for one in found] == [
        ("NOR", None, "2022-07-05"),
        ("NOR", EventKind.DEPOSITED, "2022-07-05"),
        ("TUR", None, "2022-07-05"),
    ]


def test_cell_of_a_treaty_office_that_is_put_right_keeps_its_name(page_of: PageOf) -> None:
    options = {"accessions": ["SWE"], "language": "en"}
    was, now = (
        READERS["treaty_table"].read(page_of(text.encode(), "text/html"), options)[1]
        for text in (UNTC, UNTC.replace("5 Jul 2022 A", "7 Jul 2022 A"))
    )

    assert was.fingerprint == now.fingerprint
    assert was.said != now.said


def test_page_without_a_table_of_parties_is_not_understood(page_of: PageOf) -> None:
    with pytest.raises(NotUnderstood, match="a table with a column of participants"):
        READERS["treaty_table"].read(page_of(b"<table><tr><td>Home</td></tr></table>", "text/html"), {})


ROLL_CALLS = b"""<?xml version="1.0"?><s:summary xmlns:s="urn:s"><s:votes>
<s:vote id="7"><s:title>Treaty Doc. <b>1</b>: Sweden, NATO</s:title><s:day>3 Aug 2022</s:day></s:vote>
<s:vote><s:title>No id</s:title></s:vote></s:votes></s:summary>"""
PATHS: dict[str, Any] = {
    "items": "votes/vote",
    "language": "en",
    "fields": {"id": "@id", "title": "title", "date": "day"},
}


def test_xml_by_a_mapping_is_read_whatever_its_namespaces(page_of: PageOf) -> None:
    found = READERS["xml"].read(page_of(ROLL_CALLS, "text/xml"), PATHS)

    assert [(one.title, one.suggestion.date, one.place) for one in found] == [
        ("Treaty Doc. 1: Sweden, NATO", "2022-08-03", "element 1")
    ]
    assert found.left_out == 1


@pytest.mark.parametrize("path", ["votes/*", "..", "vote[1]", "", "x" * 300, "//vote"])
def test_path_that_is_more_than_names_finds_nothing_or_is_refused(path: str, page_of: PageOf) -> None:
    try:
        found = list(READERS["xml"].read(page_of(ROLL_CALLS, "text/xml"), {**PATHS, "items": path}))
    except NotUnderstood:
        found = []

    assert not found
