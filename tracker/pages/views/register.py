"""The register as a desk officer reads it: the matrix of an accession, and extraditions as decisions and figures."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.exceptions import BadParameter
from tracker.exchange.csv_writing import csv_lines
from tracker.language.commitments import say_speaker
from tracker.pages.page import Page
from tracker.pages.time_control import Turns
from tracker.readmodel.clock import read_day
from tracker.readmodel.commitments import ToldClaim, of_accession
from tracker.readmodel.commitments.matrix import MatrixRow, Said, decisions, figures, matrix
from tracker.readmodel.log.filtering import LogFilter

_CLAIM: tuple[str, ...] = ("date", "by", "claim", "basis", "form", "speakers", "words", "days_before", "sources")


class Tabled(Page):
    """A page that is there as a table of CSV too, under `?table=csv`: the same rows, in English words of the record."""

    columns: ClassVar[tuple[str, ...]]

    def cells(self) -> Iterable[Iterable[object]]:
        """The rows of the table."""
        raise NotImplementedError

    def _render(self) -> HttpResponse:
        asked = self.request.GET.get("table", "")
        if asked not in {"", "csv"}:
            raise BadParameter("table", asked, _("it is one of %(choices)s") % {"choices": "csv"})
        if not asked:
            return super()._render()
        body = "".join(csv_lines(self.columns, self.cells()))
        return HttpResponse(body, content_type="text/csv; charset=utf-8")

    def said(self, claim: ToldClaim) -> tuple[object, ...]:
        """A claim as cells."""
        fact = claim.fact
        return (
            str(fact.occurred),
            fact.by,
            fact.status.value,
            fact.basis.value,
            claim.statement.form.value if claim.statement else None,
            "; ".join(say_speaker(speaker, self.names) for speaker in claim.speakers),
            fact.note or None,
            claim.age,
            " ".join(source.url for source in fact.sources),
        )


class Matrix(Tabled):
    """What was asked in the course of one accession, by whom, of whom, and each side's last word."""

    template_name = "commitments/matrix.html"
    section = "commitments"
    columns = ("commitment", "title", "text", "text_date", "clause", "asked_by", "owed_by", "part", *_CLAIM, "new")

    @property
    def title(self) -> str:
        return _("Commitments in the accession of %(state)s") % {"state": self.names[self.code]}

    @cached_property
    def code(self) -> str:
        """The applicant's code. Raises `Http404` and `Elsewhere`."""
        code = self.canonical_code(self.kwargs["accession"], self.record.accessions)
        self.at_its_address("accession-commitments", accession=code)
        return code

    @cached_property
    def since(self) -> date | None:
        """Since when changes are told. Raises `BadParameter`."""
        text = self.request.GET.get("since", "")
        return read_day("since", text) if text else None

    @cached_property
    def rows(self) -> list[MatrixRow]:
        """The commitments of the day shown."""
        return matrix(of_accession(self.record.commitments, self.code), self.clock.as_of, self.since)

    def turns(self) -> Turns:
        return self.turns_of(f"own/{self.code}", self.record.events_by_accession.get(self.code, ()))

    @property
    def follow(self) -> LogFilter:
        return LogFilter(accession=(self.code,))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        count = len(self.rows)
        answer = ngettext(
            "%(count)d commitment or condition is on record.",
            "%(count)d commitments and conditions are on record.",
            count,
        ) % {"count": count}
        return super().get_context_data(
            code=self.code,
            name=self.names[self.code],
            rows=self.rows,
            since=self.since,
            moved=[row for row in self.rows if row.since],
            answer=answer,
            **kwargs,
        )

    def cells(self) -> Iterator[Iterable[object]]:
        for row in self.rows:
            fact, since = row.commitment.fact, {claim.fact.key for claim in row.since}
            about = (
                fact.key,
                row.commitment.title,
                fact.stems_from.text,
                fact.stems_from.date or None,
                fact.stems_from.clause or None,
                ";".join(fact.asked_by),
                ";".join(fact.owed_by),
            )
            if not row.commitment.voices:
                yield (*about, None, *(None for _ in _CLAIM), None)
            for voice in row.commitment.voices:
                yield (*about, voice.role.value, *self.said(voice.latest), voice.latest.fact.key in since)


class Extraditions(Tabled):
    """Extraditions as decisions of organs of states, and the figures that each side gives."""

    template_name = "commitments/extraditions.html"
    section = "commitments"
    columns = ("commitment", "count", "bound", "unit", "of", *_CLAIM)

    @property
    def title(self) -> str:
        return _("Extraditions: decisions, and figures as each side gives them")

    @cached_property
    def decided(self) -> list[Said]:
        """The decisions by the day shown."""
        return decisions(self.record.commitments, self.clock.as_of)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.at_its_address("extraditions")
        day = self.clock.as_of
        count = len(self.decided)
        answer = ngettext("%(count)d decision is on record.", "%(count)d decisions are on record.", count)
        return super().get_context_data(
            decided=self.decided,
            figures=figures(self.record.commitments, day),
            answer=answer % {"count": count},
            **kwargs,
        )

    def cells(self) -> Iterator[Iterable[object]]:
        for one, figure in figures(self.record.commitments, self.clock.as_of):
            given = (figure.count, figure.bound.value, figure.unit, ";".join(figure.of))
            yield (one.commitment.fact.key, *given, *self.said(one.claim))
        for one in self.decided:
            yield (one.commitment.fact.key, None, None, None, None, *self.said(one.claim))
