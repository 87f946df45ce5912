"""Days each ally took, over its rounds."""

from tests.pages.figures.gallery import NAMES, gallery_days
from tests.pages.figures.reading import name_of, parse, title_of, with_class, words_of
from tracker.pages.figures.days import DayDot, DayStrip, draw_days, scale


def drawn(*dots: DayDot) -> list[tuple[str, str]]:
    """The classes and titles of the dots of one ally."""
    root = parse(draw_days([DayStrip("Hungary", "HUN", dots)], "t", "d", "Days"))
    return [(name_of(one), title_of(one)) for one in root.iter() if "day-" in one.get("class", "")]


def test_dot_of_a_known_day_is_a_disc() -> None:
    assert drawn(DayDot(265, 265, "Finland: 265 days")) == [("circle", "Finland: 265 days")]


def test_dot_of_a_day_not_known_is_a_bar() -> None:
    assert drawn(DayDot(0, 407, "between 0 and 407 days")) == [("rect", "between 0 and 407 days")]


def test_dot_of_an_ally_still_to_approve_goes_on() -> None:
    root = parse(draw_days([DayStrip("Hungary", "HUN", [DayDot(482, None, "482 days so far")])], "t", "d", "Days"))

    assert [title_of(one) for one in with_class(root, "day-waiting")] == ["482 days so far"]
    assert len(with_class(root, "waiting-head")) == 1


def test_strips_show_every_ally_by_name_and_by_code() -> None:
    words = words_of(parse(gallery_days()))

    assert {*NAMES, *NAMES.values()} <= set(words)


def test_current_round_is_drawn_in_front() -> None:
    dots = [DayDot(1, 1, "now", is_current=True), DayDot(2, 2, "before")]

    assert [title for _, title in drawn(*dots)] == ["before", "now"]


def test_scale_without_strips_has_an_extent() -> None:
    assert scale([]).high > scale([]).low


def test_bar_of_an_ally_still_to_approve_reaches_from_signature_to_today() -> None:
    strips = [DayStrip("Hungary", "HUN", [DayDot(482, None, ""), DayDot(-20, -20, "")])]
    x = scale(strips)

    [line] = with_class(parse(draw_days(strips, "t", "d", "Days")), "waiting-line")

    assert line.get("d", "").partition(" ")[0] == f"M{x(0):g}"
    assert line.get("d", "").partition("H")[2] == f"{x(482):g}"
    assert x(482) - x(0) > 400


def test_bar_of_a_day_not_known_covers_the_days_that_it_can_be() -> None:
    strips = [DayStrip("Hungary", "HUN", [DayDot(100, 300, "")])]
    x = scale(strips)

    [bar] = with_class(parse(draw_days(strips, "t", "d", "Days")), "day-imprecise")

    assert (float(bar.get("x", "")), float(bar.get("width", ""))) == (x(100), x(300) - x(100))


def test_dot_stands_on_its_day() -> None:
    strips = [DayStrip("Hungary", "HUN", [DayDot(265, 265, ""), DayDot(500, 500, "")])]

    dots = with_class(parse(draw_days(strips, "t", "d", "Days")), "day-other")

    assert [float(dot.get("cx", "")) for dot in dots] == [scale(strips)(265), scale(strips)(500)]
