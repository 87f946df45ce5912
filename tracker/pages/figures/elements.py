"""The elements that figures are made of. What a figure shows is decided elsewhere."""

import re
from collections.abc import Iterable
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe

Value = str | int | float | None
Child = ET.Element | str | None

# XML has no way to write these, not even escaped.
UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def number(value: float) -> str:
    """The number as SVG reads it in every language: a point, at most two decimals, no superfluous zero."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def clean(value: str) -> str:
    """The text without the characters that XML cannot hold."""
    return UNWRITABLE.sub("", value)


def attribute_name(keyword: str) -> str:
    """The attribute that a keyword stands for: `class_` is `class`, `stroke_width` is `stroke-width`."""
    return keyword.rstrip("_").replace("_", "-")


def element(tag: str, *children: Child, **attributes: Value) -> ET.Element:
    """One element with its children in order; attributes and children that are None are left out."""
    made = ET.Element(tag)
    for keyword, value in attributes.items():
        if value is not None:
            made.set(attribute_name(keyword), clean(value) if isinstance(value, str) else number(value))
    for child in children:
        append(made, child)
    return made


def append(parent: ET.Element, child: Child) -> None:
    """Put a child at the end: an element, or text, which ElementTree keeps at the element before it."""
    if isinstance(child, ET.Element):
        parent.append(child)
    elif child is not None and len(parent):
        parent[-1].tail = (parent[-1].tail or "") + clean(child)
    elif child is not None:
        parent.text = (parent.text or "") + clean(child)


def group(children: Iterable[Child], **attributes: Value) -> ET.Element:
    """The children drawn together."""
    return element("g", *children, **attributes)


def text(words: str, x: float, y: float, **attributes: Value) -> ET.Element:
    """A line of words at a place."""
    return element("text", words, x=x, y=y, **attributes)


def figure_svg(
    identity: str, size: tuple[float, float], title: str, desc: str, *children: Child, class_: str
) -> ET.Element:
    """A picture that a screen reader announces by its title and describes; `identity` is unique on the page."""
    width, height = size
    return element(
        "svg",
        element("title", title, id=f"{identity}-title"),
        element("desc", desc, id=f"{identity}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=f"{identity}-title",
        aria_describedby=f"{identity}-desc",
        class_=class_,
    )


def written(root: ET.Element) -> SafeString:
    """The element as text for a page; everything in it has been escaped on the way."""
    return mark_safe(ET.tostring(root, encoding="unicode"))  # noqa: S308 - ElementTree has escaped every value
