"""Rounds side by side: how long each ally took to a stage, as could be said on a day. The numbers are those of
`tracker/domain/statistics.py`, and no others."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language

from tracker.domain.standing import AccessionStanding, RatificationStanding
from tracker.domain.statistics import (
    Rank,
    Span,
    curve_of,
    days_taken,
    days_to_force,
    longest_of,
    median_of,
    ranks_in,
    slowest_in,
)
from tracker.domain.vocabulary import Milestone, Reached, Stage
from tracker.readmodel.edition import Edition

Row = dict[str, Any]


def comparison_rows(edition: Edition, codes: Iterable[str] | None, stage: Stage, day: date) -> list[Row]:
    """Each accession with a protocol signed by that day, by day of signature; all of them where no codes are given."""
    wanted = None if codes is None else set(codes)
    names = edition.names_in(get_language() or "en", day)
    signed = [
        (standing.on(Milestone.SIGNED).occurred, standing)
        for code, standing in edition.standings(day).items()
        if (wanted is None or code in wanted) and standing.by(Milestone.SIGNED) is Reached.REACHED
    ]
    dated = [(occurred.latest, standing) for occurred, standing in signed if occurred and occurred.latest]
    return [_row(standing, start, stage, names) for start, standing in sorted(dated, key=lambda pair: pair[0])]


def _row(standing: AccessionStanding, start: date, stage: Stage, names: Mapping[str, str]) -> Row:
    taken = days_taken(standing, stage)
    spans, ranks = list(taken.values()), ranks_in(taken)
    median, longest, force = median_of(spans), longest_of(spans), days_to_force(standing)
    curve = curve_of(spans, (standing.as_of - start).days)
    return {
        "accession": standing.code,
        "name": names.get(standing.code, standing.code),
        "signed": start.isoformat(),
        "stage": stage.value,
        "required": len(taken),
        "days_to_in_force": _span_document(force) if force else None,
        "median": median.document() if median else None,
        "longest": longest.document() if longest else None,
        "slowest": sorted(slowest_in(taken)),
        "days": [
            _day_row(ratification, stage, taken[ratification.ally], ranks[ratification.ally])
            for ratification in sorted(standing.required, key=lambda one: _order(one.ally, taken[one.ally]))
        ],
        "curve": [
            {"day": turn.day, "missing_at_least": turn.at_least, "missing_at_most": turn.at_most} for turn in curve
        ],
    }


def _day_row(ratification: RatificationStanding, stage: Stage, span: Span, rank: Rank) -> Row:
    shown = ratification.on(stage)
    return {
        "ally": ratification.ally,
        "state": shown.state.value,
        **_span_document(span),
        "inferred": shown.inferred,
        "rank": rank.document(),
        "event": shown.evidence[0] if shown.evidence else None,
    }


def _span_document(span: Span) -> Row:
    return {"at_least": span.at_least, "at_most": span.at_most}


def _order(ally: str, span: Span) -> tuple[float, float, str]:
    return span.most, span.least, ally
