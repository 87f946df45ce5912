"""The element builder: every figure is well-formed whatever words it is given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.figures.reading import name_of, parse
from tracker.pages.figures.elements import element, figure_svg, number, written


@pytest.mark.parametrize(
    ("value", "expected"), [(1, "1"), (1.0, "1"), (1.5, "1.5"), (0.333333, "0.33"), (-2.10, "-2.1"), (1200.0, "1200")]
)
def test_number_when_written_has_a_point_and_no_superfluous_zero(value: float, expected: str) -> None:
    assert number(value) == expected


@given(st.text(), st.text())
def test_element_with_any_words_is_well_formed(content: str, attribute: str) -> None:
    drawing = written(element("text", content, element("tspan"), content, data_words=attribute))

    root = parse(drawing)

    assert len(root) == 1
    assert "\x00" not in drawing


def test_element_without_a_value_leaves_the_attribute_out() -> None:
    assert written(element("path", None, d="M0 0", class_=None)) == '<path d="M0 0" />'


def test_figure_when_read_aloud_has_a_title_and_a_description() -> None:
    root = parse(written(figure_svg("x", (10, 20), "Title", "Description", class_="c")))

    named = {one.get("id"): one.text for one in root if name_of(one) in ("title", "desc")}

    assert root.get("role") == "img"
    assert named == {root.get("aria-labelledby"): "Title", root.get("aria-describedby"): "Description"}
