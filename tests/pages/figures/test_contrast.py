"""The colours of the style sheet: enough contrast for text, signs and patterns, in light and in dark (WCAG 2.2)."""

import re
from pathlib import Path
from typing import Final

import pytest
from django.conf import settings

SHEET: Final = (Path(settings.BASE_DIR) / "tracker/static/css/site.css").read_text(encoding="utf-8")
PAIR: Final = r"light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)"
TOKENS: Final = {name: (light, dark) for name, light, dark in re.findall(rf"--([\w-]+): {PAIR}", SHEET)}
GROUNDS: Final = ("paper", "paper-raised", "pending")
LOOKS: Final = re.findall(r"^\.look-(\w+) .*$", SHEET, re.MULTILINE)


def luminance(colour: str) -> float:
    """The relative luminance of a colour."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def of_look(look: str, part: str) -> tuple[str, str] | None:
    """The light and the dark colour of one part of a look; nothing where it is transparent."""
    line = next(line for line in SHEET.splitlines() if line.startswith(f".look-{look} "))
    found = re.search(rf"--look-{part}: {PAIR}", line)
    return (found[1], found[2]) if found else None


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "link", "link-visited", "accent"])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_on_every_ground_can_be_read(ink: str, ground: str, scheme: int) -> None:
    assert contrast(TOKENS[ink][scheme], TOKENS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_band_of_another_day_can_be_read(scheme: int) -> None:
    assert contrast(TOKENS["band-ink"][scheme], TOKENS["band"][scheme]) >= 4.5


@pytest.mark.parametrize("sign", ["rule-strong", "focus", "look-waiting", "look-deposited"])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_sign_on_paper_can_be_seen(sign: str, scheme: int) -> None:
    assert contrast(TOKENS[sign][scheme], TOKENS["paper"][scheme]) >= 3


@pytest.mark.parametrize("look", [look for look in LOOKS if of_look(look, "mark")])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_mark_of_a_look_can_be_seen_on_paper_and_its_pattern_on_its_colour(look: str, scheme: int) -> None:
    mark, fill, ink = (of_look(look, part) for part in ("mark", "fill", "ink"))

    assert mark
    assert contrast(mark[scheme], TOKENS["paper"][scheme]) >= 3
    assert ink is None or (fill and contrast(ink[scheme], fill[scheme]) >= 3)
