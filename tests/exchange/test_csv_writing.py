"""CSV that a spreadsheet opens and does not run."""

import csv
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from tracker.exchange.csv_writing import bare, cell_of, csv_lines

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))


@given(TEXT)
def test_no_cell_is_a_formula(text: str) -> None:
    assert not cell_of(text).startswith(("=", "+", "-", "@", "\t"))


@given(TEXT)
def test_cell_is_read_back_without_the_sign_that_guards_it(text: str) -> None:
    if not text.startswith("'"):
        assert bare(cell_of(text)) == text.strip() or bare(cell_of(text)) == text


def test_numbers_and_truths_are_no_texts() -> None:
    assert [cell_of(value) for value in (-3, 0, None, True, False, "-3")] == ["-3", "0", "", "true", "false", "'-3"]


@given(st.lists(st.tuples(TEXT, TEXT), max_size=4))
def test_rows_are_read_back_as_many(rows: list[tuple[str, str]]) -> None:
    text = "".join(csv_lines(["a", "b"], rows))

    assert len(list(csv.reader(StringIO(text, newline="")))) == len(rows) + 1
