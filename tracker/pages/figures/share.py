"""The picture that goes along when a page is shared: the sentence, the count, the date and the address."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

FONT_FILE: Final = Path(__file__).with_name("newsreader-medium.woff2")
SIZE: Final = (1200, 630)
MARGIN: Final = 72
PAPER, INK, SOFT, DONE, OPEN = "#fdfcf9", "#1b1f24", "#525960", "#153f63", "#a8401a"
LARGEST, SMALLEST = 64, 30
SENTENCE_HEIGHT: Final = 300
MAP_WIDTH, MAP_TOP, MAP_GAP = 440, 96, 36
LARGEST_FOOT, SMALLEST_FOOT, FOOT_GAP = 28, 14, 40


@dataclass(frozen=True)
class ShareCounts:
    """How many allies have approved, may have, and have not."""

    reached: int
    unknown: int
    not_reached: int

    @property
    def required(self) -> int:
        """All of them."""
        return self.reached + self.unknown + self.not_reached


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font of the headings, with the letters of all our languages."""
    return ImageFont.truetype(FONT_FILE, size)


def draw_share_image(
    sentence: str, as_of_text: str, address: str, counts: ShareCounts | None, small_map: Image.Image | None = None
) -> bytes:
    """A PNG of 1200 by 630; the same words always give the same bytes. Without counts or map these are left out."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw_frame(draw)
    right = SIZE[0] - MARGIN - (small_map.width + MAP_GAP if small_map else 0)
    draw_sentence(draw, sentence, right - MARGIN)
    if small_map:
        image.paste(small_map, (right + MAP_GAP, MAP_TOP))
    if counts and counts.required:
        draw_counts(draw, counts)
    draw_foot(draw, as_of_text, address)
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def draw_frame(draw: ImageDraw.ImageDraw) -> None:
    """The name of the site, and the double rule under which everything stands."""
    width = SIZE[0]
    draw.rectangle((MARGIN, 56, width - MARGIN, 61), fill=DONE)
    draw.rectangle((MARGIN, 67, width - MARGIN, 68), fill=DONE)
    draw.text((MARGIN, 14), "Article 10", font=font(32), fill=DONE)


def wrapped(sentence: str, size: int, room: float = SIZE[0] - 2 * MARGIN) -> list[str]:
    """The sentence in lines that fit in the room, which is all between the margins."""
    lines: list[str] = []
    for word in sentence.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font(size).getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitted(sentence: str, room: float = SIZE[0] - 2 * MARGIN) -> tuple[int, list[str]]:
    """The largest size at which the sentence has room, and its lines; the last size cuts what is left over."""
    for size in range(LARGEST, SMALLEST, -2):
        lines = wrapped(sentence, size, room)
        if len(lines) * size * 1.25 <= SENTENCE_HEIGHT:
            return size, lines
    fit = int(SENTENCE_HEIGHT / (SMALLEST * 1.25))
    lines = wrapped(sentence, SMALLEST, room)
    return SMALLEST, lines if len(lines) <= fit else [*lines[: fit - 1], f"{lines[fit - 1]} …"]


def draw_sentence(draw: ImageDraw.ImageDraw, sentence: str, room: float) -> None:
    """The answer, as large as it can be in the room that the map leaves."""
    size, lines = fitted(sentence, room)
    for n, line in enumerate(lines):
        draw.text((MARGIN, 100 + n * size * 1.25), line, font=font(size), fill=INK)


def draw_counts(draw: ImageDraw.ImageDraw, counts: ShareCounts) -> None:
    """The count, and one box an ally: full, half full where it is not known, or empty."""
    words = f"{counts.reached} / {counts.required}"
    draw.text((MARGIN, 430), words, font=font(72), fill=DONE)
    left = MARGIN + font(72).getlength(words) + 40
    pitch = min(34.0, (SIZE[0] - MARGIN - left) / counts.required)
    for n in range(counts.required):
        draw_box(draw, left + n * pitch, pitch * 0.72, n - counts.reached, counts.unknown)


def draw_box(draw: ImageDraw.ImageDraw, left: float, side: float, beyond: int, unknown: int) -> None:
    """One ally; `beyond` is how many it is past those who have approved."""
    box = (left, 452, left + side, 500)
    if beyond < 0:
        draw.rectangle(box, fill=DONE)
        return
    draw.rectangle(box, outline=SOFT if beyond < unknown else OPEN, width=3)
    if beyond < unknown:
        draw.rectangle((left, 476, left + side, 500), fill=SOFT)


def draw_foot(draw: ImageDraw.ImageDraw, as_of_text: str, address: str) -> None:
    """When it is true, and where it says so."""
    draw.rectangle((MARGIN, 540, SIZE[0] - MARGIN, 541), fill=SOFT)
    written = font(foot_size(as_of_text, address))
    draw.text((MARGIN, 556), as_of_text, font=written, fill=SOFT)
    draw.text((SIZE[0] - MARGIN, 556), address, font=written, fill=SOFT, anchor="ra")


def foot_size(as_of_text: str, address: str) -> int:
    """The largest size at which both stand side by side; an address is never cut, as it would lead nowhere."""
    room = SIZE[0] - 2 * MARGIN - FOOT_GAP
    sizes = range(LARGEST_FOOT, SMALLEST_FOOT, -2)
    fitting = (size for size in sizes if font(size).getlength(as_of_text) + font(size).getlength(address) <= room)
    return next(fitting, SMALLEST_FOOT)
