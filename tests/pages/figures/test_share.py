"""The picture that goes along when a page is shared."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tracker.pages.figures.looks import Look
from tracker.pages.figures.map import load_shapes
from tracker.pages.figures.share import (
    MAP_TOP,
    MAP_WIDTH,
    MARGIN,
    SIZE,
    ShareCounts,
    draw_share_image,
    fitted,
    font,
    foot_size,
    wrapped,
)
from tracker.pages.figures.small_map import FILLS, draw_small_map

STYLES = Path(__file__).parents[3] / "tracker" / "static" / "css" / "site.css"
SENTENCE = "29 of 31 allies have approved Sweden’s accession; Hungary and Türkiye have not yet done so."


def draw(sentence: str = SENTENCE, counts: ShareCounts | None = None) -> bytes:
    """A share image of Sweden."""
    return draw_share_image(sentence, "As of 30 October 2023", "example.org/accessions/SWE/", counts)


def test_share_image_is_a_png_of_the_usual_size() -> None:
    image = Image.open(BytesIO(draw(counts=ShareCounts(29, 0, 2))))

    assert (image.format, image.size) == ("PNG", SIZE)


def test_share_image_of_the_same_words_is_the_same_to_the_byte() -> None:
    assert draw() == draw()


def test_share_image_of_other_counts_differs() -> None:
    drawn = {draw(counts=counts) for counts in (None, ShareCounts(29, 0, 2), ShareCounts(10, 19, 2))}

    assert len(drawn) == 3


@pytest.mark.parametrize("letters", ["üŞğİı", "őűŐŰ", "åäöÅ", "éèçœÀ", "łńĄę", "šžčķēț"])
def test_font_draws_the_letters_of_our_languages(letters: str) -> None:
    missing = font(40).getmask("\ue000").getbbox(), bytes(font(40).getmask("\ue000"))

    for letter in letters:
        assert (font(40).getmask(letter).getbbox(), bytes(font(40).getmask(letter))) != missing


def test_long_sentence_is_set_smaller_until_it_fits() -> None:
    size, lines = fitted(SENTENCE * 3)

    assert size < fitted(SENTENCE)[0]
    assert " ".join(lines) == " ".join((SENTENCE * 3).split())


def test_endless_sentence_is_cut_and_says_so() -> None:
    _, lines = fitted(SENTENCE * 40)

    assert lines[-1].endswith("…")


def test_wrapped_lines_keep_between_the_margins() -> None:
    assert all(font(64).getlength(line) <= SIZE[0] - 2 * MARGIN for line in wrapped(SENTENCE, 64))


def test_foot_of_a_long_address_is_smaller_and_neither_text_reaches_the_other() -> None:
    as_of, address = (
        "As of 22 November 2026, edition 2549",
        "article10.example.org/events/" + "se2022-hu-submitted-" * 3,
    )

    size = foot_size(as_of, address)

    assert size < foot_size(as_of, "article10.example.org/") == 28
    assert font(size).getlength(as_of) + font(size).getlength(address) < 1200 - 2 * 72


def test_small_map_paints_a_state_in_the_colour_of_its_look_and_the_sentence_leaves_it_room() -> None:
    shapes = load_shapes()

    drawn = draw_small_map(shapes, {"TUR": Look.SUBMITTED}, MAP_WIDTH)
    x, y = (round(n * MAP_WIDTH / shapes.size[0]) for n in shapes.labels["TUR"])
    shared = Image.open(BytesIO(draw_share_image(SENTENCE, "", "", None, drawn)))
    left = SIZE[0] - MARGIN - MAP_WIDTH

    assert "#" + drawn.crop((x, y, x + 1, y + 1)).tobytes().hex() == FILLS[Look.SUBMITTED]
    assert shared.crop((left, MAP_TOP, SIZE[0] - MARGIN, MAP_TOP + drawn.height)).tobytes() == drawn.tobytes()


@pytest.mark.parametrize("look", [look for look in Look if look is not Look.LAND])
def test_colours_of_the_small_map_are_those_of_the_style_sheet(look: Look) -> None:
    rule = re.search(rf"\.look-{look} .*--look-fill: light-dark\((#\w+),", STYLES.read_text(encoding="utf-8"))

    assert rule is not None
    assert rule[1] == FILLS[look]
