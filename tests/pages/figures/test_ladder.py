"""The stage ladder and the marks: what is certain, what is not, and what is only inferred look different."""

import pytest

from tests.pages.figures.gallery import gallery_ladder
from tests.pages.figures.reading import parse, title_of, with_class
from tracker.pages.figures.ladder import LadderStep, Rung, draw_ladder
from tracker.pages.figures.looks import Look, draw_mark


def kinds(*steps: LadderStep) -> list[str]:
    """The class that tells each rung from the others."""
    root = parse(draw_ladder(steps, "t", "d"))
    return [one.get("class", "").split()[1] for one in with_class(root, "rung")]


@pytest.mark.parametrize("state", list(Rung))
def test_rung_shows_its_state(state: Rung) -> None:
    assert kinds(LadderStep(Look.APPROVED, state, "")) == [f"rung-{state}"]


def test_rung_that_is_inferred_is_not_shown_as_known() -> None:
    inferred = LadderStep(Look.DEPOSITED, Rung.REACHED, "", is_inferred=True)

    assert kinds(inferred) == ["rung-inferred"]


@pytest.mark.parametrize("state", [Rung.UNKNOWN, Rung.NOT_REACHED])
def test_rung_not_reached_for_certain_never_looks_reached_even_if_inferred(state: Rung) -> None:
    assert kinds(LadderStep(Look.DEPOSITED, state, "", is_inferred=True)) == [f"rung-{state}"]


def test_ladder_joins_its_rungs_and_names_them() -> None:
    root = parse(gallery_ladder("TUR"))

    titles = [title_of(one) for one in with_class(root, "rung")]

    assert titles == ["Protocol signed", "Before parliament", "Approved", "Signed into law", "Instrument deposited"]
    assert len(with_class(root, "rail")) == 4
    assert len(with_class(root, "rail-reached")) == 1


def test_marks_of_all_looks_of_stages_differ_in_shape() -> None:
    stages = [Look.SIGNED, Look.SUBMITTED, Look.APPROVED, Look.ASSENTED, Look.DEPOSITED]

    shapes = {draw_mark(look).replace(f"look-{look}", "") for look in stages}

    assert len(shapes) == len(stages)


@pytest.mark.parametrize("look", list(Look))
def test_mark_of_every_look_is_hidden_from_screen_readers_since_a_word_follows(look: Look) -> None:
    assert parse(draw_mark(look)).get("aria-hidden") == "true"
