"""Reading what is sent: JSON of a reasonable size and depth, without what no database stores."""

from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from api.problems import Problem

LARGEST: Final = 65_536


class ReportParser(JSONParser):
    """JSON, refused where it is too large, too deep, or holds a null character."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The document. Raises a problem that says what is wrong with it."""
        if parser_context and int(parser_context["request"].META.get("CONTENT_LENGTH") or 0) > LARGEST:
            raise Problem(413, f"A report has at most {LARGEST} bytes.")
        try:
            document = super().parse(stream, media_type, dict(parser_context or {}))
        except RecursionError as error:
            raise ParseError("JSON parse error - too deep") from error
        if any("\0" in text for text in _texts(document)):
            raise Problem(422, "No text in a report may hold a null character.")
        return document


def _texts(document: object) -> Iterator[str]:
    """Every text in the document, with no recursion of its own that a deep one could exhaust."""
    waiting = [document]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case dict() as found:
                waiting += [*found.keys(), *found.values()]
            case list() as found:
                waiting += found
