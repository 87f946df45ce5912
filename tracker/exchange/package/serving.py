"""The files of the data package, as they lie on disk."""

import re
from typing import Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tracker.exchange.package.publishing import find_package, newest_package, package_folder, packages

_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "json": "application/json",
    "sqlite": "application/vnd.sqlite3",
    "zip": "application/zip",
    "md": "text/markdown; charset=utf-8",
}


@require_safe
def package_file(request: HttpRequest, edition: str, name: str) -> HttpResponseBase:
    """One file of the package of one edition; it never changes. The bare number leads to this record's edition."""
    path = package_folder() / edition / name
    if edition.isascii() and edition.isdecimal():
        return _named(edition, name)
    if not re.fullmatch(r"[A-Za-z0-9_]+(\.[a-z]+)?", name) or edition not in packages() or not path.is_file():
        raise Http404
    response = FileResponse(
        path.open("rb"), content_type=_TYPES.get(name.rpartition(".")[2], "text/plain; charset=utf-8")
    )
    response.headers["Cache-Control"] = "public, max-age=604800, immutable"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _named(number: str, name: str) -> HttpResponseBase:
    edition = find_package(int(number)) if len(number) <= 12 else None
    if edition is None:
        raise Http404
    return HttpResponseRedirect(f"/data/package/{edition}/{name}")


@require_safe
def newest_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The way to the same file of the newest package."""
    edition = newest_package()
    if edition is None:
        raise Http404
    return HttpResponseRedirect(f"/data/package/{edition}/{name}")
