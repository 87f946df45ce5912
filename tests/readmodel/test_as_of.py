"""Which days a text writes out: what decides whether a day of the past can show it."""

from datetime import date

import pytest

from tracker.domain.facts import LegalBasis, ProcedureFact
from tracker.readmodel import open_newest
from tracker.readmodel.days.as_of import last_day_named
from tracker.readmodel.days.hindsight import redacted
from tracker.readmodel.ratifications import date_procedure


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Signed on 23 October 2022", date(2022, 10, 23)),
        ("Law 590/2003 on treaties", date(2003, 1, 1)),
        ("Decree 801/1972; Organic Law 3/1980", date(1980, 1, 1)),
        ("Practice 1967-1999", date(1999, 1, 1)),
        ("Report no. 38 (2019-2020)", date(2020, 1, 1)),
        ("No. 2003-1401", date(2003, 1, 1)),
        ("2022-10-23", date(2022, 10, 23)),
        ("Article 75(1)", None),
        ("https://example.org/2023/10/1999", None),
        ("see example.org/2023", None),
    ],
)
def test_last_day_that_a_text_names(text: str, day: date | None) -> None:
    assert last_day_named(text) == day


@pytest.mark.django_db
@pytest.mark.usefixtures("shipped")
def test_procedure_on_a_day_rests_on_no_later_law_and_says_no_empty_word() -> None:
    fact: ProcedureFact = open_newest().procedures["ROU"]
    law = LegalBasis(provision="Law 590/2003 on treaties")
    whole = fact.model_copy(update={"legal_basis": (law,), "unsourced_fields": ("Law 590/2003", "majority")})

    shown = redacted(whole, date(2002, 12, 31))

    assert (shown.legal_basis, shown.unsourced_fields) == ((), ("majority",))
    assert redacted(whole, date(2003, 1, 1)).legal_basis == (law,)


@pytest.mark.django_db
@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(("pair", "before", "after"), [("HRV/ESP", "1966-03-10", "2008-07-09")])
def test_pair_before_the_protocol_needed_the_ally_has_the_procedure_of_the_day(
    pair: str, before: str, after: str
) -> None:
    record, (code, ally) = open_newest(), pair.split("/")
    first, later = (
        date_procedure(record, code, record.standing(code, day).ratifications[ally])
        for day in map(date.fromisoformat, (before, after))
    )

    in_use = record.procedures[ally].on(date.fromisoformat(before))
    assert (first.fact.first_day if first else None) == (in_use.first_day if in_use else None)
    assert later is not None
    assert first is None or first.fact.first_day != later.fact.first_day
