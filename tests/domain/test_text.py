"""Text from outside, and documents as bytes."""

from datetime import date

import pytest

from tracker.domain.canonical import write_canonical
from tracker.domain.dates import in_use
from tracker.domain.text import tidy


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("  Ankara \n", "Ankara"),
        ("a\u200bb\ufeffc\u202ed\x00e\u00adf", "abcdef"),
        ("a\u200db\u200cc", "a\u200db\u200cc"),
        ("two\nlines\tand", "two\nlines\tand"),
        ("a\rb\x85c\ue000d\ud800e", "abcde"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_text_is_left_with_what_can_be_seen(given: str, shown: str) -> None:
    assert tidy(given) == shown


def test_equal_documents_are_equal_bytes() -> None:
    assert write_canonical({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'.encode()
    assert write_canonical({"b": 1, "a": 2}) == write_canonical({"a": 2, "b": 1})
    with pytest.raises(ValueError, match="JSON"):
        write_canonical(float("nan"))


@pytest.mark.parametrize(
    ("day", "since", "until", "expected"),
    [
        ("2022-06-01", "2022-06-02", "", False),
        ("2022-06-02", "2022-06-02", "", True),
        ("2022-06-02", "2022-06", "2022-06-03", True),
        ("2022-06-03", "", "2022-06-03", False),
        ("2022-06-02", "", "2022-06-03", True),
        ("1949-01-01", "", "", True),
    ],
)
def test_name_is_in_use_from_its_first_day_up_to_and_without_its_last(
    day: str, since: str, until: str, *, expected: bool
) -> None:
    assert in_use(date.fromisoformat(day), since, until) is expected
