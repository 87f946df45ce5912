"""The badge: a name and a count in a small picture that stands alone on other people's pages."""

from typing import Final
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString

from tracker.pages.figures.elements import element, figure_svg, text, written

HEIGHT: Final = 24
PADDING: Final = 9
CHARACTER: Final = 6.6
# On someone else's page no style sheet of ours applies, so the colours stand in the picture itself.
PAPER, INK, DARK, LIGHT = "#f5f2ea", "#1b1f24", "#153f63", "#ffffff"


def draw_badge(
    label: str, value: str, title: str, desc: str, *, is_complete: bool = False, identity: str = "badge"
) -> SafeString:
    """A picture such as “Sweden 29 / 31”, as wide as its words; a complete count has a tick."""
    shown = f"{value} ✓" if is_complete else value
    left, right = width_of(label), width_of(shown)
    drawing = figure_svg(
        identity,
        (left + right, HEIGHT),
        title,
        desc,
        element("rect", width=left + right, height=HEIGHT, rx=3, fill=DARK),
        element("path", d=f"M3 .5H{left:g}V{HEIGHT - 0.5}H3A2.5 2.5 0 0 1 .5 21V3A2.5 2.5 0 0 1 3 .5z", fill=PAPER),
        words(label, 0, left, INK),
        words(shown, left, right, LIGHT),
        class_="badge",
    )
    drawing.set("width", f"{left + right:g}")
    drawing.set("height", str(HEIGHT))
    return written(drawing)


def width_of(words: str) -> float:
    """Room for the words. They are stretched to it, so a font that differs does no harm."""
    return round(len(words) * CHARACTER + 2 * PADDING, 1)


def words(content: str, start: float, width: float, fill: str) -> ET.Element:
    """One half of the badge."""
    return text(
        content,
        start + width / 2,
        HEIGHT / 2 + 4.2,
        fill=fill,
        text_anchor="middle",
        textLength=round(width - 2 * PADDING, 1),
        lengthAdjust="spacingAndGlyphs",
        font_family="Verdana, 'DejaVu Sans', sans-serif",
        font_size=11.5,
    )
