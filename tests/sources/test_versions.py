"""What counts as saying something else, and what changes by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.addresses import one_spelling
from tracker.sources.steady import steady
from tracker.sources.versions import changes, digest

SAID = {"title": "Senate approves", "summary": "95 to 1", "published": "2024-01-02", "date": None, "votes": None}


@pytest.mark.parametrize(
    ("was", "now", "language"),
    [
        ("3 hours ago: Senate approves", "2 days ago: Senate approves", "en"),
        ("il y a 2 heures : le Sénat approuve", "il y a 5 jours : le Sénat approuve", "fr"),
        ("vor 1 Stunde – Bundestag billigt", "vor 3 Tagen – Bundestag billigt", "de"),
        ("5 dakika önce Meclis onayladı", "2 gün önce Meclis onayladı", "tr"),
        ("3 órával ezelőtt: megszavazta", "2 nappal ezelőtt: megszavazta", "hu"),
        ("2 godziny temu Sejm przyjął", "5 dni temu Sejm przyjął", "pl"),
        ("3 tuntia sitten eduskunta", "1 päivä sitten eduskunta", "fi"),
        ("για 3 σχόλια Βουλή", "για 12 σχόλια Βουλή", "el"),
        ("Senate approves (12 comments)", "Senate approves (1,204 comments)", "en"),
        ("Views: 12 | Senate approves", "Views: 9 803 | Senate approves", "en"),
        ("Senate “approves”", 'Senate  "approves"', "en"),
        ("Updated 14:05 Senate approves", "Updated 16:40 Senate approves", "en"),
    ],
)
def test_text_that_changes_by_itself_is_steady(was: str, now: str, language: str) -> None:
    assert steady(was, language) == steady(now, language)
    assert steady(was, language)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("Senate approves 95 to 1", "Senate approves 94 to 1"),
        ("Senate to approve", "Senate approves"),
        ("Senate approves?", "Senate approves"),
        ("Five allies left", "Four allies left"),
        ("Vote on 3 July", "Vote on 4 July"),
    ],
)
def test_text_that_says_something_else_is_not_steady(was: str, now: str) -> None:
    assert steady(was, "en") != steady(now, "en")
    assert changes(SAID | {"title": was}, SAID | {"title": now}, "en") == {"title": (was, now)}


@given(st.text(max_size=200), st.sampled_from(["", "en", "tr", "xx", "no"]))
def test_steady_form_of_a_steady_text_is_itself(text: str, language: str) -> None:
    assert steady(steady(text, language), language) == steady(steady(steady(text, language), language), language)


@given(st.text(max_size=60), st.text(max_size=60))
def test_versions_that_say_the_same_have_one_name_and_others_have_two(was: str, now: str) -> None:
    before, after = SAID | {"title": was}, SAID | {"title": now}

    assert (digest(before, "en") == digest(after, "en")) is (not changes(before, after, "en"))


@pytest.mark.parametrize(
    "other",
    [
        "https://parl.example/a/b?x=1&y=2",
        "HTTP://WWW.Parl.Example:80/a/b/?y=2&x=1",
        "https://parl.example./a/b?x=1&y=2&utm_source=rss#xtor=RSS-9",
        "https://parl.example/a/b;jsessionid=77?x=1&y=2&PHPSESSID=8",
        "https://parl.example/a/%62?x=1&y=2",
    ],
)
def test_spellings_of_one_address_are_one(other: str) -> None:
    assert one_spelling(other) == "https://parl.example/a/b?x=1&y=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://parl.example/a?id=1", "https://parl.example/a?id=2"),
        ("https://parl.example/a#item-1", "https://parl.example/a#item-2"),
        ("https://parl.example/a", "https://news.parl.example/a"),
        ("urn:x:A", "urn:x:a"),
    ],
)
def test_addresses_of_two_pages_stay_two(one: str, other: str) -> None:
    assert one_spelling(one) != one_spelling(other)
