"""Every page as Markdown: by `.md` at the end of its address, or by `Accept: text/markdown`.

The twin is made of the page itself, so that both say the same; programs that read prose need neither frame nor style.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from lxml import html
from markdownify import MarkdownConverter

from tracker.http.compression import compressed

Handler = Callable[[HttpRequest], HttpResponseBase]

TYPE: Final = "text/markdown"
SUFFIX: Final = ".md"
_READS: Final = frozenset({"GET", "HEAD"})
# What has forms of its own, or is no page for the public.
_OTHERS: Final = ("/admin/", "/api/", "/archive/", "/data/package/", "/mcp/", "/metrics/", "/static/")
# What the reader of a text has no use for: what is drawn, what is filled in, and what leads on from the frame.
_LEFT_OUT: Final = "script, style, svg, form, template, noscript, .no-print, .print-only"
_SHOWN: Final = "main, footer.page-foot > p"


def wants_markdown(request: HttpRequest) -> bool:
    """Whether the request is for the twin of a page: by its address, or by what its client says it likes best."""
    if request.path_info.startswith(_OTHERS) or request.method not in _READS:
        return False
    if request.path_info.endswith(SUFFIX):
        return True
    # Who names the form and takes another as gladly is a program: no browser names it.
    named = TYPE in request.META.get("HTTP_ACCEPT", "").lower()
    return named and request.get_preferred_type([TYPE, "text/html"]) == TYPE


def twin_of_path(path: str) -> str:
    """The address of the twin of the page at that path: `/states/TUR.md`, and `/index.md` of the first page."""
    # The first page of a language is `/fr/`, whose twin is `/fr.md`.
    return "/index.md" if path == "/" else f"{path.removesuffix('/')}{SUFFIX}"


def page_of_path(path: str) -> str:
    """The address of the page whose twin has that path."""
    return "/" if path == "/index.md" else f"{path.removesuffix(SUFFIX)}/"


class Markdown:
    """The middleware; it stands within the cache of answers, which keeps both forms apart."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page, or its twin."""
        if request.path_info.startswith(_OTHERS):
            return self.get_response(request)
        if not wants_markdown(request):
            response = self.get_response(request)
            if _is_page(response):
                patch_vary_headers(response, ["Accept"])
            return response
        with _as_page(request):
            response = self.get_response(request)
            if isinstance(response, HttpResponse) and _is_page(response):
                _rewrite(response, request.build_absolute_uri())
        return _sent(request, response)


def _is_page(response: HttpResponseBase) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


@contextmanager
def _as_page(request: HttpRequest) -> Iterator[None]:
    """The request as if it were for the page itself, not compressed."""
    before = request.path, request.path_info
    encoding = request.META.pop("HTTP_ACCEPT_ENCODING", None)
    if request.path_info.endswith(SUFFIX):
        request.path, request.path_info = page_of_path(request.path), page_of_path(request.path_info)
    # `headers` is read once from `META` and kept.
    request.__dict__.pop("headers", None)
    try:
        yield
    finally:
        request.path, request.path_info = before
        if encoding is not None:
            request.META["HTTP_ACCEPT_ENCODING"] = encoding
        request.__dict__.pop("headers", None)


def _rewrite(response: HttpResponse, address: str) -> None:
    if isinstance(response, TemplateResponse):
        response.render()
    if not response.content:
        # The way to somewhere else has no words.
        return
    response.content = to_markdown(response.content, address).encode()
    response.headers["Content-Type"] = f"{TYPE}; charset=utf-8"
    for name in ("ETag", "Content-Length"):
        response.headers.pop(name, None)


def _sent(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with what tells caches and readers apart; a page that is elsewhere has its twin there."""
    patch_vary_headers(response, ["Accept"])
    path, mark, query = response.headers.get("Location", "").partition("?")
    if request.path_info.endswith(SUFFIX) and path.startswith("/"):
        response.headers["Location"] = f"{twin_of_path(path)}{mark}{query}"
    if isinstance(response, HttpResponse) and not getattr(response, "is_keepable", False):
        return compressed(request, response)
    return response


def to_markdown(page: bytes, address: str) -> str:
    """What a page says, as Markdown; its links are whole addresses."""
    root = html.document_fromstring(page.decode())
    root.make_links_absolute(address)
    for one in root.cssselect(_LEFT_OUT):
        one.drop_tree()
    for one in root.iter():
        # What style alone keeps apart.
        if not one.tail and one.getnext() is not None:
            one.tail = " "
    converter = MarkdownConverter(heading_style="ATX", bullets="-", table_infer_header=True)
    parts = (converter.convert(html.tostring(one, encoding="unicode")) for one in root.cssselect(_SHOWN))
    return _tidied("\n\n".join(parts))


def _tidied(text: str) -> str:
    """Without spaces at the ends of lines, and with one empty line at most between two paragraphs."""
    kept: list[str] = []
    for line in map(str.rstrip, text.splitlines()):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip() + "\n"
