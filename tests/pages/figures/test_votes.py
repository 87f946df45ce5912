"""The vote bar of a chamber."""

import pytest

from tests.pages.figures.gallery import gallery_votes
from tests.pages.figures.reading import parse, title_of, with_class
from tracker.pages.figures.votes import WIDTH, Needed, Option, Share, draw_votes, tile


def widths(shares: list[Share], needed: Needed | None = None) -> list[float]:
    """How wide each part of the bar is."""
    root = parse(draw_votes(shares, "t", "d", needed))
    return [float(one.get("width", "")) for one in with_class(root, "vote-segment")]


def test_bar_when_all_seats_are_told_fills_the_width() -> None:
    shares = [Share(Option.YES, 188, "Yes"), Share(Option.NO, 6, "No"), Share(Option.NOT_VOTING, 5, "Did not vote")]

    assert sum(widths(shares)) == pytest.approx(WIDTH)
    assert widths(shares)[0] == pytest.approx(WIDTH * 188 / 199, abs=0.01)


def test_parts_of_the_bar_stand_one_after_the_other_in_their_order() -> None:
    counts = (100, 0, 60, 40)
    shares = [Share(option, count, option) for option, count in zip(Option, counts, strict=True)]

    drawn = with_class(parse(draw_votes(shares, "t", "d")), "vote-segment")

    extents = [(float(part.get("x", "")), float(part.get("width", ""))) for part in drawn]
    assert extents == [(0, WIDTH * 0.5), (WIDTH * 0.5, WIDTH * 0.3), (WIDTH * 0.8, pytest.approx(WIDTH * 0.2))]


def test_tiles_of_the_options_differ_without_colour() -> None:
    tiles = {option: [stroke.get("d") for stroke in with_class(tile("votes", option), "vote-ink")] for option in Option}

    assert tiles[Option.YES] == tiles[Option.NOT_VOTING] == []
    assert tiles[Option.NO] != tiles[Option.ABSTAIN]
    assert len(tiles[Option.NO]) == len(tiles[Option.ABSTAIN]) == 1


def test_line_of_the_majority_stands_where_the_votes_reach_it() -> None:
    root = parse(draw_votes([Share(Option.YES, 40, "Yes")], "t", "d", Needed(100, "Needed")))

    [line, _swatch] = with_class(root, "needed")
    assert (line.get("x1"), line.get("x2")) == (str(WIDTH), str(WIDTH))


def test_bar_leaves_out_what_nobody_did_but_the_key_names_it() -> None:
    root = parse(gallery_votes())

    assert [title_of(one) for one in with_class(root, "vote-segment")] == ["Yes: 188", "No: 6", "Did not vote: 5"]
    assert [one.text for one in with_class(root, "number")] == ["188", "6", "0", "5", "98"]


def test_bar_without_a_fixed_majority_has_no_line() -> None:
    root = parse(draw_votes([Share(Option.YES, 57, "Yes")], "t", "d"))

    assert with_class(root, "needed") == []


def test_bar_of_fewer_votes_than_needed_shows_the_line_beyond_them() -> None:
    assert widths([Share(Option.YES, 40, "Yes")], Needed(100, "Needed")) == [WIDTH * 0.4]


def test_bar_without_any_vote_is_empty() -> None:
    assert widths([Share(Option.YES, 0, "Yes")]) == []
