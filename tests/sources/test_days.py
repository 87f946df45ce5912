"""The day as the source writes it: whatever the zone, the form and the language; none where it is in doubt."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from tracker.sources.days import day_of

LANGUAGES = ("en", "fr", "de", "sv", "fi", "tr", "hu", "pl", "es", "it", "nl", "da", "cs", "ro", "el", "hr", "pt")
DAYS = st.dates(date(1949, 1, 1), date(2100, 12, 31)).filter(lambda day: day != date(1970, 1, 1))


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Wed, 28 Feb 2024 00:15:00 +0200", "", "2024-02-28"),
        ("Tue, 27 Feb 2024 23:45:00 -0700", "", "2024-02-27"),
        ("2024-02-28T00:15:00+02:00", "", "2024-02-28"),
        ("2024/2/28 09:01", "", "2024-02-28"),
        ("2024. febr. 28.", "hu", "2024-02-28"),
        ("2 Mar 2009 d", "", "2009-03-02"),
        ("2 Mar 2009 AA", "", "2009-03-02"),
        ("1er mars 2009", "fr", "2009-03-01"),
        ("2024-02", "", "2024-02"),
        ("2024", "", "2024"),
        ("03/04/2024", "en", None),
        ("03/04/2024", "fr", "2024-04-03"),
        ("28/02/2024", "en", "2024-02-28"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "", None),
        ("1969-12-31T19:00:00-05:00", "", None),
        ("0001-01-01T00:00:00", "", None),
        ("2023-02-29", "", None),
        ("from 2024-01-01 to 2024-01-31", "", None),
        ("yesterday", "en", None),
        ("", "", None),
    ],
)
def test_day_of_a_text_is_the_day_it_names(text: str, language: str, day: str | None) -> None:
    assert day_of(text, language) == day


def test_day_of_a_form_that_an_operator_names_goes_by_it() -> None:
    assert day_of("03/04/2024", "en", "%m/%d/%Y") == "2024-03-04"
    assert day_of("3 April", "en", "%d/%m/%Y") is None


@given(DAYS, st.sampled_from(LANGUAGES))
def test_day_of_a_date_in_words_is_read_in_every_language(day: date, language: str) -> None:
    assert day_of(format_date(day, "long", locale=language), language) == day.isoformat()


@given(DAYS, st.integers(0, 23), st.integers(-12, 14))
def test_day_of_a_moment_is_the_written_one_in_every_zone(day: date, hour: int, zone: int) -> None:
    assert day_of(f"{day.isoformat()}T{hour:02}:30:00{zone:+03}:00") == day.isoformat()


@given(st.text(max_size=300))
def test_day_of_any_text_is_a_day_or_none(text: str) -> None:
    found = day_of(text)

    assert found is None or found[:4].isdecimal()
