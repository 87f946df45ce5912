"""The badge, which stands on pages of others."""

from tests.pages.figures.reading import parse, words_of
from tracker.pages.figures.badge import draw_badge


def test_badge_says_its_words_and_needs_no_style_sheet() -> None:
    root = parse(draw_badge("Sweden", "29 / 31", "Sweden: 29 of 31", "29 of 31 allies have approved."))

    assert words_of(root) == ["Sweden", "29 / 31"]
    assert all(one.get("fill") for one in root if one.tag.endswith(("rect", "path", "text")))


def test_badge_when_complete_has_a_tick() -> None:
    assert "30 / 30 ✓" in words_of(parse(draw_badge("Finland", "30 / 30", "t", "d", is_complete=True)))


def test_badge_of_longer_words_is_wider() -> None:
    short, long = (parse(draw_badge(name, "0 / 31", "t", "d")) for name in ("Malta", "Bosnia and Herzegovina"))

    assert float(long.get("width", "")) > float(short.get("width", ""))
