"""Dates that may be known to the day, the month, the year, or only to lie between two days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import NotADate, PartialDate, Precision, first_of, whole
from tracker.domain.vocabulary import Reached

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2022-10-23", "2022-10-23", "2022-10-23", Precision.DAY),
        ("2022-10", "2022-10-01", "2022-10-31", Precision.MONTH),
        ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH),
        ("2022", "2022-01-01", "2022-12-31", Precision.YEAR),
        ("2022-07-05/2022-09-27", "2022-07-05", "2022-09-27", Precision.INTERVAL),
        ("2022-07/2022-09", "2022-07-01", "2022-09-30", Precision.INTERVAL),
        ("../2022-09-27", None, "2022-09-27", Precision.INTERVAL),
        ("2022-07-05/..", "2022-07-05", None, Precision.INTERVAL),
    ],
)
def test_parse_gives_the_days_the_text_allows(
    text: str, earliest: str | None, latest: str | None, precision: Precision
) -> None:
    found = PartialDate.parse(text)

    assert found.earliest == (date.fromisoformat(earliest) if earliest else None)
    assert found.latest == (date.fromisoformat(latest) if latest else None)
    assert found.precision is precision


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("2023-02-30", "28 days"),
        ("2023-13", "no such month"),
        ("2023-00-10", "no such month"),
        ("0000-00-00", "outside 1900–2199"),
        ("99999", "not written as"),
        ("30.10.2023", "not written as"),
        ("", "not written as"),
        ("٢٠٢٣", "not written as"),
        ("2023-10-30\n", "not written as"),
        ("../..", "at least one day"),
        ("2023-10-30/2023-10-29", "ends before"),
        ("2023/", "not written as"),
        ("2023-10~", "not written as"),
        ("x" * 5000, "not written as"),
    ],
)
def test_parse_says_what_is_wrong_and_what_would_be_right(text: str, because: str) -> None:
    with pytest.raises(NotADate, match=because) as refusal:
        PartialDate.parse(text)

    assert "2022-10-23, 2022-10 or 2022" in str(refusal.value)
    assert len(str(refusal.value)) < 250


@given(days, st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]))
def test_what_is_written_is_read_back(day: date, form: str) -> None:
    text = day.strftime(form)

    assert str(PartialDate.parse(text)) == text


@given(days, days)
def test_an_interval_is_read_back_too(one: date, other: date) -> None:
    interval = PartialDate.between(min(one, other), max(one, other))

    assert PartialDate.parse(str(interval)) == interval


@given(days, days, days)
def test_by_has_three_answers(one: date, other: date, day: date) -> None:
    first, last = sorted((one, other))
    expected = Reached.REACHED if last <= day else Reached.UNKNOWN if first <= day else Reached.NOT_REACHED

    assert PartialDate.between(first, last).by(day) is expected


def test_an_open_end_is_never_certainly_reached() -> None:
    assert PartialDate.parse("2022-07-05/..").by(date(2199, 1, 1)) is Reached.UNKNOWN


def test_an_open_beginning_is_never_certainly_ahead() -> None:
    assert PartialDate.parse("../2022-07-05").by(date(1950, 1, 1)) is Reached.UNKNOWN


def test_first_of_several_is_certain_by_the_smallest_latest() -> None:
    found = first_of([PartialDate.parse("2022"), PartialDate.parse("2022-07-14")])

    assert str(found) == "2022-01-01/2022-07-14"


def test_first_of_keeps_the_precision_of_the_one_that_decides() -> None:
    assert first_of([PartialDate.parse("2022-10"), PartialDate.parse("2022")]).precision is Precision.INTERVAL
    assert first_of([PartialDate.parse("2022-07"), PartialDate.parse("2023")]).precision is Precision.MONTH


def test_first_of_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="empty"):
        first_of([])


@pytest.mark.parametrize(
    ("earliest", "latest", "written"),
    [
        (date(2022, 1, 1), date(2022, 12, 31), "2022"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        (date(2024, 2, 1), date(2024, 2, 28), "2024-02-01/2024-02-28"),
        (date(2022, 2, 1), date(2022, 12, 31), "2022-02-01/2022-12-31"),
        (date(2022, 1, 2), date(2022, 12, 31), "2022-01-02/2022-12-31"),
        (None, date(2022, 12, 31), "../2022-12-31"),
        (date(2022, 1, 1), None, "2022-01-01/.."),
    ],
)
def test_interval_is_written_as_a_month_or_a_year_only_where_it_is_just_that(
    earliest: date | None, latest: date | None, written: str
) -> None:
    assert str(whole(earliest, latest)) == written
