"""A page watched for change in a part of it, with the difference in words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from cssselect import SelectorError
from lxml import etree, html

from tracker.fetch.outcomes import Fetched
from tracker.sources.findings import Finding, fingerprint
from tracker.sources.matching import APPLICANTS, match_first
from tracker.sources.readers.base import Findings, NotUnderstood, Options, option, shorten, source_of, text_of
from tracker.sources.readers.suggest import concerns
from tracker.sources.steady import steady

# A page of which more is new is another page.
_MOST_LINES: Final = 1500
_SHOWN_CHANGES: Final = 60
_LONGEST_SELECTOR: Final = 200
_MOST_ELEMENTS: Final = 50_000
_IN_BRACKETS: Final = re.compile(r"\[[^\]]*\]")
_BLOCKS: Final = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol"),
        *("p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_UNSEEN: Final = ("script", "style", "noscript", "template")
_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})


class HtmlPartReader:
    """Compares the selected part with its earlier text, which the caller passes as the option `previous`.

    Without an earlier text there is nothing to compare: the first reading finds nothing.
    """

    key = "html_part"
    label = "Part of a page"

    def read(self, page: Fetched, options: Options) -> Findings:
        """One find if the part has changed. Raises `NotUnderstood` where the part is no longer on the page."""
        selector = option(options, "selector")
        now = part_of(page, selector)
        before = options.get("previous")
        if before is None or before == now:
            return Findings()
        added, removed = difference(before.splitlines(), now.splitlines(), str(options.get("language", "")))
        if not (added or removed) or not concerns(" ".join([*added, *removed]), options):
            return Findings()
        return Findings([_finding(page, options, added, removed)])


def part_of(page: Fetched, selector: str) -> str:
    """The words of the selected parts, a line a block, with blanks evened out. Raises `NotUnderstood`."""
    parts = select(page, selector)
    lines = [line for part in parts for line in _lines(part)]
    if not lines:
        raise NotUnderstood(selector, "a part of the page with words in it", f"{len(parts)} parts without words")
    return "\n".join(lines)


def select(page: Fetched, selector: str) -> list[Any]:
    """The selected parts of the page. Raises `NotUnderstood` where it is no page, or the selector is none."""
    if page.content_type not in _TYPES:
        raise NotUnderstood("content type", "an HTML page", page.content_type or "none")
    _check_selector(selector)
    document = _parse(text_of(page))
    try:
        return list(document.cssselect(selector))
    except SelectorError as error:
        raise NotUnderstood("option selector", "a CSS selector", f"{selector}: {error}") from error


def _check_selector(selector: str) -> None:
    # These compare every element with every other; on a page of six megabytes nothing would end that.
    outside = _IN_BRACKETS.sub("", selector)
    if len(selector) > _LONGEST_SELECTOR or "*" in outside or "~" in outside:
        expected = f"a CSS selector of at most {_LONGEST_SELECTOR} characters, without * and ~"
        raise NotUnderstood("option selector", expected, selector)


def difference(before: list[str], now: list[str], language: str = "") -> tuple[list[str], list[str]]:
    """The lines that came and the lines that went, in order. Raises `NotUnderstood` where too much is different.

    A line that was there is not new, wherever it stands now, however long ago it says that it was written, and
    however many have read it since.
    """
    was, is_now = ([steady(line, language) for line in lines] for lines in (before, now))
    added, removed = _beyond(now, is_now, was), _beyond(before, was, is_now)
    if max(len(added), len(removed)) > _MOST_LINES:
        raise NotUnderstood("the selected part", f"at most {_MOST_LINES} changed lines", f"{len(added)} lines")
    return added, removed


def _beyond(lines: list[str], steadied: list[str], known: list[str]) -> list[str]:
    """The lines that are not among the known, each as often as it is beyond them."""
    left = Counter(known)
    beyond = []
    for line, name in zip(lines, steadied, strict=True):
        # What is nothing but a time or a counter says nothing that could be new.
        if name and left[name] <= 0:
            beyond.append(line)
        left[name] -= 1
    return beyond


def _parse(text: str) -> Any:
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        document = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NotUnderstood("$", "an HTML page", str(error)) from error
    # Beyond its limit of depth the parser leaves out what follows: that would read as a removal.
    if fatal := next((entry for entry in parser.error_log if "RESOURCE_LIMIT" in entry.type_name), None):
        raise NotUnderstood(f"line {fatal.line}", "a page of sensible depth", fatal.message)
    etree.strip_elements(document, *_UNSEEN, with_tail=False)
    if (count := sum(1 for _ in document.iter())) > _MOST_ELEMENTS:
        raise NotUnderstood("$", f"a page of at most {_MOST_ELEMENTS} elements", str(count))
    return document


def _lines(part: Any) -> Iterator[str]:
    """The text of an element, broken where a browser breaks it."""
    words: list[str] = []
    for event, element in etree.iterwalk(part, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from _line(words)
            words = []
        text = element.text if event == "start" else element.tail if element is not part else None
        words.append(text or "")
    yield from _line(words)


def _line(words: list[str]) -> Iterator[str]:
    if line := " ".join("".join(words).split()):
        yield line


def _finding(page: Fetched, options: Options, added: list[str], removed: list[str]) -> Finding:
    language = str(options.get("language", ""))
    words = "\n".join(added)
    applicants = options.get("applicants", APPLICANTS)
    about = match_first(added, language=language, ally=options.get("ally"), applicants=applicants)
    changes = [f"+ {line}" for line in added] + [f"- {line}" for line in removed]
    return Finding(
        fingerprint=fingerprint(
            "html_part", source_of(page, options), options["selector"], *_steadied(changes, language)
        ),
        title=shorten(added[0] if added else f"Removed: {removed[0]}", 200),
        summary="\n".join(shorten(change, 300) for change in changes[:_SHOWN_CHANGES]),
        url=page.url,
        published=None,
        quote=shorten(words or " ".join(removed), 500),
        place=options["selector"],
        suggestion=about.suggestion,
        language=language,
    )


def _steadied(changes: Iterable[str], language: str) -> list[str]:
    """The changes as they are at every reading, each with its sign."""
    return [f"{change[0]} {steady(change[2:], language)}" for change in changes]
