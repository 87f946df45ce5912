"""The files of the data package, as they lie on disk."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from tracker.exchange.package.publishing import find_package, media_type, newest_package, package_folder, packages
from tracker.http.compression import best_encoding, encoded, is_text
from tracker.http.ranges import cut

_NAME: Final = re.compile(r"[A-Za-z0-9_]+(\.[a-z]+)?")


@method_decorator(csrf_exempt, name="dispatch")
class PackageFile(View):
    """One file of the package of one edition; it never changes. The bare number leads to this record's edition."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, edition: str, name: str) -> HttpResponse:
        """The file, or the part of it that is asked for; text compressed as the client takes it."""
        if edition.isascii() and edition.isdecimal():
            return HttpResponseRedirect(f"/data/package/{_package_of(edition)}/{name}")
        path = package_folder() / edition / name
        if not _NAME.fullmatch(name) or edition not in packages() or not path.is_file():
            raise Http404
        kind = media_type(name)
        content_type = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        may_encode = is_text(content_type) and "Range" not in request.headers
        encoding = best_encoding(request.headers.get("Accept-Encoding", "")) if may_encode else ""
        return cut(request, _response(path, content_type, encoding))


def _response(path: Path, content_type: str, encoding: str) -> HttpResponse:
    body, digest = _read(str(path), path.stat().st_mtime_ns, encoding)
    tag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=604800, immutable"}
    if encoding:
        headers["Content-Encoding"] = encoding
    return HttpResponse(body, content_type=content_type, headers=headers)


@lru_cache(maxsize=32)
def _read(path: str, _modified: int, encoding: str) -> tuple[bytes, str]:
    """The file in that encoding, and the SHA-256 of the file itself, which is its name wherever it is cited."""
    body = Path(path).read_bytes()
    return encoded(body, encoding), hashlib.sha256(body).hexdigest()


def _package_of(number: str) -> str:
    edition = find_package(int(number)) if len(number) <= 12 else None
    if edition is None:
        raise Http404
    return edition


@method_decorator(csrf_exempt, name="dispatch")
class NewestFile(View):
    """The way to the same file of the newest package."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        """Leads to the file under the name of its edition."""
        edition = newest_package()
        if edition is None:
            raise Http404
        return HttpResponseRedirect(f"/data/package/{edition}/{name}")
