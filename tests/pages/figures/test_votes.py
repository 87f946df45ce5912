"""The vote bar of a chamber."""

import pytest

from tests.pages.figures.gallery import gallery_votes
from tests.pages.figures.reading import parse, title_of, with_class
from tracker.pages.figures.votes import WIDTH, Needed, Option, Share, draw_votes


def widths(shares: list[Share], needed: Needed | None = None) -> list[float]:
    """How wide each part of the bar is."""
    root = parse(draw_votes(shares, "t", "d", needed))
    return [float(one.get("width", "")) for one in with_class(root, "vote-segment")]


def test_bar_when_all_seats_are_told_fills_the_width() -> None:
    shares = [Share(Option.YES, 188, "Yes"), Share(Option.NO, 6, "No"), Share(Option.NOT_VOTING, 5, "Did not vote")]

    assert sum(widths(shares)) == pytest.approx(WIDTH)
    assert widths(shares)[0] == pytest.approx(WIDTH * 188 / 199, abs=0.01)


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
