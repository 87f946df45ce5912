"""XML as it is published: small faults are mended, and what could cost more to read than it is long is refused."""

import re
from html.entities import html5
from typing import Any, Final, NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape

from tracker.sources.readers.base import NotUnderstood

DEEPEST: Final = 100
MOST_ELEMENTS: Final = 100_000

# What no XML may hold, and pages pasted into it do.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"<!\[CDATA\[.*?\]\]>|&(?:#\d{1,7};|#x[0-9a-fA-F]{1,6};|(\w{1,31});)?", re.DOTALL)
_OF_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})


class _Checker:
    """Counts elements and levels as the parser meets them."""

    def __init__(self) -> None:
        self._depth = 0
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise NotUnderstood(f"element {name}", f"at most {DEEPEST} levels", "deeper nesting")
        if self._count > MOST_ELEMENTS:
            raise NotUnderstood(f"element {name}", f"at most {MOST_ELEMENTS} elements", "more")

    def end(self, name: str) -> None:
        self._depth -= 1


def sound_xml(text: str) -> str:
    """The XML, without the faults that hide nothing: blank lines first, names of HTML, a bare &, control characters.

    Raises `NotUnderstood` as `check_xml`.
    """
    begun = text.lstrip()
    try:
        check_xml(begun)
    except NotUnderstood as refusal:
        mended = _REFERENCE.sub(_as_xml, _CONTROLS.sub("", begun))
        if mended == begun or "<!ENTITY" in begun:
            raise refusal
        check_xml(mended)
        return mended
    return begun


def _as_xml(reference: re.Match[str]) -> str:
    """What is written with an & as XML means it: a name of HTML as its letter, a bare & as one."""
    whole, name = reference[0], reference[1]
    if whole == "&":
        return "&amp;"
    if name is None or name in _OF_XML:
        return whole
    return escape(html5.get(f"{name};") or f"&{name};")


def check_xml(text: str) -> None:
    """Raises `NotUnderstood` for XML that is not well-formed, too deep, too long, or declares entities of its own."""
    checker = _Checker()
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = checker.start
    parser.EndElementHandler = checker.end
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise NotUnderstood(f"line {error.lineno}", "well-formed XML", expat.ErrorString(error.code)) from error


def _refuse_entity(name: str, *_rest: Any) -> NoReturn:
    # The billion laughs, and the reading of other files, both begin with a declaration. No feed needs one.
    raise NotUnderstood("the document type", "no entities of its own", f"entity {name}")
