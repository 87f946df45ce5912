"""Sources and conflicting values as rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from tracker.domain.facts import Differing, Source
from tracker.models import Assessment, Citation, Commitment, Conflict, Event


def citation_rows(
    sources: Sequence[Source], recorded: int, first: int = 0, **fact: Event | Assessment | Commitment
) -> list[Citation]:
    """Citations of one fact, not saved yet, numbered from `first` on."""
    return [
        Citation(
            order=order,
            recorded=recorded,
            url=source.url,
            title=source.title,
            publisher=source.publisher,
            source_class=source.source_class,
            published=source.published,
            quote=source.quote,
            quote_language=source.quote_language,
            archived_url=source.archived_url,
            **_only(fact),
        )
        for order, source in enumerate(sources, first)
    ]


def conflict_rows(conflicts: Iterable[Differing], first: int = 0, **fact: Event | Commitment) -> list[Conflict]:
    """Conflicting values of one fact, not saved yet, numbered from `first` on."""
    return [
        Conflict(order=order, field=conflict.field, value=conflict.value, url=conflict.url, **_only(fact))
        for order, conflict in enumerate(conflicts, first)
    ]


def new_sources(given: Iterable[Source], on_record: Iterable[Source]) -> list[Source]:
    """The sources whose address is not cited for the fact yet."""
    cited = {source.url for source in on_record}
    new: dict[str, Source] = {}
    for source in given:
        if source.url not in cited:
            new.setdefault(source.url, source)
    return list(new.values())


def _only(fact: dict[str, Any]) -> dict[str, Any]:
    if len(fact) != 1:
        raise TypeError("a source supports one fact")
    return fact
