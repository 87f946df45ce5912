"""The ratification curve."""

from itertools import combinations

import pytest

from tests.pages.figures.gallery import SINCE, SWEDEN, gallery_curve
from tests.pages.figures.reading import corners, parse, title_of, with_class, words_of
from tracker.pages.figures.curve import (
    LABEL_WIDTH,
    NARROW,
    WIDTH,
    Approval,
    Box,
    CurveWords,
    Round,
    draw_curve,
    free_place,
    labels,
    overlap,
    scales,
    steps,
)

WORDS = CurveWords(days="Days", allies="Allies")


def sweden(until: int) -> Round:
    """Sweden's round, drawn up to a day."""
    return Round("SWE", "Sweden", 31, [Approval(n, n) for n in SWEDEN.values()], until, is_current=True)


def test_curve_of_482_days_ends_at_29_of_31() -> None:
    one = sweden(SINCE)
    x, y = scales([one])

    drawn = corners(with_class(parse(draw_curve([one], "t", "d", WORDS)), "curve-line")[0].get("d", ""))

    assert drawn[0] == (x(0), y(0))
    assert drawn[-1] == (x(482), y(29))


def test_curve_of_an_early_day_leaves_out_what_came_later() -> None:
    x, y = scales([sweden(10)])

    assert steps(list(SWEDEN.values()), x, y, 10)[-1] == (x(10), y(14))


def test_curve_never_falls() -> None:
    x, y = scales([sweden(SINCE)])

    heights = [height for _, height in steps(list(SWEDEN.values()), x, y, SINCE)]

    assert heights == sorted(heights, reverse=True)


def test_curve_with_days_not_known_has_a_band_up_to_what_is_possible() -> None:
    approvals = [Approval(3, 3), Approval(5, 5), Approval(0, 40)]

    root = parse(draw_curve([Round("X", "X", 3, approvals, 50)], "t", "d", WORDS))

    assert len(with_class(root, "curve-band")) == 1
    assert len(with_class(root, "curve-line")) == 1


def test_curve_of_an_earlier_round_mostly_not_known_shows_its_end_alone() -> None:
    approvals = [Approval(3, 3), Approval(0, 40), Approval(0, 40)]

    root = parse(draw_curve([Round("X", "X in 40 days", 3, approvals, 40)], "t", "d", WORDS))

    assert with_class(root, "curve-line") == []
    assert [title_of(one) for one in with_class(root, "curve-end-only")] == ["X in 40 days"]


def test_curve_of_the_current_round_is_drawn_last_so_that_it_is_in_front() -> None:
    order = [one.get("class") for one in parse(gallery_curve()).iter() if "curve-" in one.get("class", "")]

    assert order.index("curve-current") > order.index("curve-other")


def test_curve_before_signature_begins_below_zero() -> None:
    x, _ = scales([Round("NOR", "Norway voted before", 2, [Approval(-19, -19)], 30)])

    assert x.low == -19


def test_curve_labels_every_round_that_has_room() -> None:
    assert {"SWE", "FIN", "MKD", "MNE"} <= set(words_of(parse(gallery_curve())))


def test_curve_where_all_rounds_end_together_labels_only_as_many_as_have_room() -> None:
    together = [Round(f"R{n}", "", 1, [Approval(9, 9)], 20) for n in range(7)]

    x, y = scales(together)

    assert len(labels(together, x, y)) == 2
    assert len(labels(together, x, y, NARROW)) == 1


def test_curve_labels_cover_neither_each_other_nor_the_end_of_any_round() -> None:
    rounds = [Round(f"R{n}", "", 30, [Approval(9, 9)] * (n % 4), 20 + 3 * n) for n in range(12)]
    x, y = scales(rounds)

    placed: list[Box] = [(x(one.until) - 4, y(one.end) - 4, x(one.until) + 4, y(one.end) + 4) for one in rounds]
    for one in rounds:
        place = free_place(x(one.until), y(one.end), placed)
        placed += [place.box] if place else []

    assert len(placed) > len(rounds)
    assert not any(overlap(a, b) for a, b in combinations(placed[len(rounds) :], 2))
    assert not any(overlap(box, ring) for box in placed[len(rounds) :] for ring in placed[: len(rounds)])


def test_curve_gives_no_room_to_days_of_rounds_of_which_only_the_end_is_drawn() -> None:
    behind = Round("BGR", "", 3, [Approval(-145, 300)] * 3, 338)

    x, _ = scales([sweden(SINCE), behind])

    assert x.low == 0


def test_curve_below_zero_is_counted_with_a_minus_sign() -> None:
    one = Round("NOR", "Norway voted before", 2, [Approval(-20, -20)] * 2, 30, is_current=True)

    assert "\N{MINUS SIGN}20" in words_of(parse(draw_curve([one], "t", "d", WORDS)))


def test_curve_without_rounds_is_still_a_figure() -> None:
    assert parse(draw_curve([], "t", "d", WORDS)).tag == "figure"


def test_approval_on_the_last_day_drawn_is_certain() -> None:
    one = Round("X", "X", 3, [Approval(10, 10), Approval(10, 20), Approval(10, 21)], 20)

    assert one.end == 2


def test_round_of_which_exactly_half_is_known_is_a_line() -> None:
    known, unknown = Approval(3, 3), Approval(0, 40)

    assert Round("X", "X", 2, [known, unknown], 40).is_mostly_known
    assert not Round("X", "X", 3, [known, unknown, unknown], 40).is_mostly_known


def test_labels_are_given_to_the_current_round_first_and_then_to_the_longest() -> None:
    rounds = [
        Round("SHORT", "", 1, [], 100),
        Round("LONG", "", 1, [], 300),
        Round("NOW", "", 1, [], 10, is_current=True),
    ]
    x, y = scales(rounds)

    assert [label.text for label in labels(rounds, x, y)] == ["NOW", "LONG", "SHORT"]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ((10, 0, 20, 10), False),
        ((0, 10, 10, 20), False),
        ((-10, 0, 0, 10), False),
        ((0, -10, 10, 0), False),
        ((9.9, 9.9, 20, 20), True),
        ((2, 2, 8, 8), True),
        ((-5, 4, 15, 6), True),
    ],
)
def test_boxes_with_an_edge_in_common_do_not_overlap(other: Box, expected: bool) -> None:
    box = (0.0, 0.0, 10.0, 10.0)

    assert (overlap(box, other), overlap(other, box)) == (expected, expected)


def test_label_stands_inside_the_picture_up_to_its_very_edge() -> None:
    beside_the_edge = free_place(WIDTH - LABEL_WIDTH / 2, 100, [])
    beyond = free_place(WIDTH - LABEL_WIDTH / 2 + 0.1, 100, [])

    assert beside_the_edge is not None
    assert beyond is not None
    assert (beside_the_edge.anchor, beyond.anchor) == ("middle", "end")


def test_line_of_what_is_required_stands_at_that_number() -> None:
    one = sweden(SINCE)
    _, y = scales([one])

    [line] = with_class(parse(draw_curve([one], "t", "d", WORDS)), "curve-required")

    assert (line.get("y1"), line.get("y2")) == (f"{y(31):g}", f"{y(31):g}")


def test_band_runs_along_what_is_possible_and_back_along_what_is_certain() -> None:
    one = Round("X", "X", 3, [Approval(0, 40), Approval(5, 5)], 50)
    x, y = scales([one])
    certain, possible = (steps(days, x, y, 50) for days in ([40, 5], [0, 5]))

    [outline] = with_class(parse(draw_curve([one], "t", "d", WORDS)), "curve-band")

    there, back = outline.get("d", "").removesuffix("z").split("L", 1)
    assert corners(there)[-1] == possible[-1]
    assert [tuple(map(float, place.split())) for place in back.split("L")] == certain[::-1]
