"""Reading what is sent: JSON of a reasonable size and depth, without what no database stores."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any, Final

from django.http import HttpRequest
from rest_framework.parsers import JSONParser

from api.problems import Problem

LARGEST: Final = 65_536


class ReportParser(JSONParser):
    """JSON, refused where it is too large, too deep, says one thing twice, or holds a null character."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The document. Raises a problem that says what is wrong with it."""
        try:
            document = json.loads(_read(stream), object_pairs_hook=_each_once, parse_constant=_refuse_constant)
        except RecursionError as error:
            raise _bad(400, "body", "it is too deep") from error
        except ValueError as error:
            raise _bad(400, "body", f"it is no JSON that can be read: {error}") from error
        if any("\0" in text for text in _texts(document)):
            raise _bad(422, "body", "no text in it may hold a null character")
        return document


def check_size(request: HttpRequest) -> None:
    """Refuse what is too large, before any of it is read. Raises a problem."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST:
        raise Problem(413, f"A report has at most {LARGEST} bytes.")


def _bad(status: int, field: str, because: str) -> Problem:
    detail = f"{field}: {because}."
    return Problem(status, detail, errors=[{"field": field, "detail": detail}])


def _read(stream: IO[Any]) -> str:
    # JSON between systems is UTF-8 (RFC 8259), whatever a header may say of it.
    return str(stream.read().decode("utf-8"))


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _bad(422, twice, "it is said twice; say which is meant")
    return document


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number in JSON")


def _texts(document: object) -> Iterator[str]:
    """Every text in the document, with no recursion of its own that a deep one could exhaust."""
    waiting = [document]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case dict() as members:
                waiting += [*members.keys(), *members.values()]
            case list() as items:
                waiting += items
