import pytest

from tracker.fetch.charsets import Undecodable, declared_charset, decode


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        (b"x", "text/html; charset=ISO-8859-2", "iso-8859-2"),
        (b"x", 'text/html; charset="UTF-8"', "utf-8"),
        (b"\xef\xbb\xbfx", "text/html; charset=iso-8859-1", "utf-8"),
        ("x".encode("utf-16"), "text/html", "utf-16-le"),
        (b'<html><meta charset="windows-1254">', "text/html", "windows-1254"),
        (b'<meta http-equiv=content-type content="text/html; charset=windows-1250">', "text/html", "windows-1250"),
        (b'<?xml version="1.0" encoding="ISO-8859-9"?><rss/>', "application/rss+xml", "iso-8859-9"),
        (b" " * 2000 + b"<meta charset=latin1>", "text/html", "utf-8"),
        (b"{}", "application/json", "utf-8"),
        (b"{}", "application/vnd.api+json", "utf-8"),
        (b"x", "", "utf-8"),
        (b"%PDF", "application/pdf", None),
        (b"x", "image/png; charset=utf-8", None),
    ],
)
def test_declared_charset_goes_by_mark_header_and_document(body: bytes, content_type: str, charset: str | None) -> None:
    assert declared_charset(body, content_type) == charset


@pytest.mark.parametrize(
    ("text", "encoding", "charset"),
    [
        ("Türkiye İsveç", "cp1254", "windows-1254"),
        ("İsveç", "cp1254", "iso-8859-9"),
        ("“Szwecja”", "cp1252", "latin-1"),
        ("Świat", "iso8859-2", "iso-8859-2"),
        ("Ελλάδα", "iso8859-7", "iso-8859-7"),
        ("plain", "ascii", "us-ascii"),
        ("Ödeme", "utf-16", "utf-16-le"),
    ],
)
def test_decode_by_the_declared_charset_gives_the_text(text: str, encoding: str, charset: str) -> None:
    assert decode(text.encode(encoding), charset) == text


def test_decode_of_what_proves_to_be_utf8_goes_by_its_bytes() -> None:
    declared = ("iso-8859-9", "latin1", "windows-1254", "ascii", "utf8mb4", "utf-16")

    assert {decode("İsveç’in üyeliği".encode(), charset) for charset in declared} == {"İsveç’in üyeliği"}


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        (b'{"a": 1}', "application/x-ndjson", "utf-8"),
        ("a;b\nİsveç;1".encode(), "application/vnd.ms-excel", "utf-8"),
        (b"id,title\n", "application/octet-stream", "utf-8"),
        (b"PK\x03\x04\x00\x00", "application/octet-stream", None),
        ("İsveç".encode("cp1254"), "application/octet-stream", None),
        (b"%PDF-1.7", "application/pdf", None),
    ],
)
def test_declared_charset_of_a_list_under_a_strange_name_is_that_of_its_bytes(
    body: bytes, content_type: str, charset: str | None
) -> None:
    assert declared_charset(body, content_type) == charset


@pytest.mark.parametrize(
    ("body", "charset", "found"),
    [
        ("İsveç".encode("cp1254"), "utf-8", "byte 0xdd at position 0"),
        (b"\x81", "windows-1252", "byte 0x81 at position 0"),
        (b"x", "klingon", "'klingon'"),
        (b"x", "punycode", "'punycode'"),
        (b"x", "zip", "'zlib'"),
        (b"x", "unicode_escape", "'unicode-escape'"),
        (b"x", None, "a document that is none"),
        (b"\x00", "utf-16-le", "byte 0x00 at position 0"),
    ],
)
def test_decode_of_a_wrong_declaration_says_what_was_found(body: bytes, charset: str | None, found: str) -> None:
    with pytest.raises(Undecodable) as complaint:
        decode(body, charset)

    assert complaint.value.found == found
