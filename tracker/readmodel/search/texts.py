"""What of the record can be found by its words: each event, commitment and claim, with its texts."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.utils import translation

from tracker.domain.vocabulary import EventKind
from tracker.readmodel.edition import Edition
from tracker.readmodel.search.index import Text

_TITLE: Final = 5.0
_KIND: Final = 3.0
_OFFICE: Final = 3.0
_DETAIL: Final = 2.0
_SOURCE: Final = 1.0


def texts_of(record: Edition) -> Iterator[Text]:
    """Everything that can be found by its words; the key says what it is, and which."""
    for event in record.events:
        yield Text(f"event:{event.key}", tuple(_of_event(event.document)))
    for commitment in record.commitments:
        yield Text(f"commitment:{commitment.key}", tuple(_of_commitment(commitment.document)))
        for claim in commitment.claims:
            key = f"claim:{commitment.key}:{claim.document['key']}"
            yield Text(key, tuple(_of_claim(claim.document)))


def _of_event(document: Mapping[str, Any]) -> Iterator[tuple[float, str]]:
    yield _TITLE, document["title"]
    yield _DETAIL, document["detail"] or ""
    yield _OFFICE, document["office"] or ""
    yield _OFFICE, " ".join(document["tags"])
    yield _KIND, _kind_in_all_languages(document["kind"])
    yield _SOURCE, str(document["date"])[:4]
    yield from _of_sources(document)


def _of_commitment(document: Mapping[str, Any]) -> Iterator[tuple[float, str]]:
    yield _TITLE, document["title"]
    yield _DETAIL, document["detail"] or ""
    yield _OFFICE, document["office"] or ""
    yield _OFFICE, document["category"].replace("_", " ")
    yield _TITLE, (document["stems_from"] or {}).get("text") or ""
    yield from _of_sources(document)


def _of_claim(document: Mapping[str, Any]) -> Iterator[tuple[float, str]]:
    yield _DETAIL, document["note"] or ""
    yield _OFFICE, document["office"] or ""
    yield from _of_sources(document)


def _of_sources(document: Mapping[str, Any]) -> Iterator[tuple[float, str]]:
    for source in document["sources"]:
        yield _SOURCE, " ".join(source[name] or "" for name in ("title", "publisher", "quote"))


@cache
def _kind_in_all_languages(kind: str) -> str:
    """What the kind is called on the pages, in each of their languages, so that it is found in all of them."""
    labels = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            labels.append(str(EventKind(kind).label))
    return " ".join(labels)
