"""Rounds side by side: how long each ally took to a stage, as could be said on a day. The numbers are those of
`tracker/domain/statistics.py`, and no others."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language

from tracker.domain.statistics import Span, slowest_in
from tracker.domain.vocabulary import Stage
from tracker.readmodel.edition import Edition
from tracker.readmodel.rounds import Place, RoundFigures, Taken, figures_of, places_of, signed_on, signed_rounds

Row = dict[str, Any]


def comparison_rows(edition: Edition, codes: Iterable[str] | None, stage: Stage, day: date) -> list[Row]:
    """Each accession with a protocol signed by that day, by day of signature; all of them where no codes are given.

    The place of each is that among all of them, whichever are asked for.
    """
    wanted = None if codes is None else set(codes)
    names = edition.names_in(get_language() or "en", day)
    signed = signed_rounds(edition.standings(day).values())
    figures = [figures_of(standing, stage) for standing in sorted(signed, key=lambda one: signed_on(one) or date.min)]
    places = places_of(figures)
    return [
        _row(one, places.get(one.standing.code), names)
        for one in figures
        if signed_on(one.standing) and (wanted is None or one.standing.code in wanted)
    ]


def _row(one: RoundFigures, place: Place | None, names: Mapping[str, str]) -> Row:
    code, start = one.standing.code, signed_on(one.standing)
    return {
        "accession": code,
        "name": names.get(code, code),
        "signed": start.isoformat() if start else None,
        "stage": one.stage.value,
        "required": one.required,
        "days_to_in_force": _span_document(one.to_force) if one.to_force else None,
        "median": one.median.document() if one.median else None,
        "longest": one.longest.document() if one.longest else None,
        "slowest": sorted(slowest_in({taken.ally: taken.waited for taken in one.taken})),
        "place": place.document() if place else None,
        "days": [_day_row(taken, one.stage) for taken in sorted(one.taken, key=_order)],
        "curve": [
            {"day": turn.day, "missing_at_least": turn.at_least, "missing_at_most": turn.at_most} for turn in one.curve
        ],
    }


def _day_row(taken: Taken, stage: Stage) -> Row:
    shown = taken.ratification.on(stage)
    return {
        "ally": taken.ally,
        "state": shown.state.value,
        **_span_document(taken.waited),
        "inferred": shown.inferred,
        "rank": taken.place.document(),
        "event": shown.evidence[0] if shown.evidence else None,
    }


def _span_document(span: Span) -> Row:
    return {"at_least": span.at_least, "at_most": span.at_most}


def _order(taken: Taken) -> tuple[float, float, str]:
    return taken.waited.most, taken.waited.least, taken.ally
