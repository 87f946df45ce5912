"""Refuse XML that could cost more to read than it is long."""

from typing import Any, Final, NoReturn
from xml.parsers import expat

from tracker.sources.readers.base import NotUnderstood

DEEPEST: Final = 100
MOST_ELEMENTS: Final = 100_000


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
