"""Accessions and ratifications: where each applicant and each ally stood."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request

from api.parameters import (
    AccessionParameters,
    AccessionsParameters,
    RatificationParameters,
    RatificationsParameters,
)
from api.shapes import AccessionShape, RatificationShape
from api.views.base import Asked, DetailView, Include, ListView, Row, canonical, missing
from tracker.domain.vocabulary import Reached, Stage
from tracker.readmodel.documents import accession_rows, commitment_rows, event_rows, procedure_rows, ratification_rows
from tracker.readmodel.filters import Test, equals_any, intersects, select


def _ratifications(asked: Asked[Any], row: Row) -> list[Row]:
    rows = ratification_rows(asked.edition, asked.clock.as_of, [row["code"]]).values()
    return [one for one in rows if one["required"]]


def _commitments(asked: Asked[Any], row: Row) -> list[Row]:
    rows = commitment_rows(asked.edition, asked.clock.as_of).values()
    return [one for one in rows if row["code"] in {one["accession"], *one["also"]} and _happened(one)]


def _events(asked: Asked[Any], row: Row) -> list[Row]:
    rows = event_rows(asked.edition, asked.clock.as_of).values()
    ally = row.get("ally")
    wanted = row["accession"] if ally else row["code"]
    return [one for one in rows if one["accession"] == wanted and ally in {None, one["actor"]} and _happened(one)]


def _procedure(asked: Asked[Any], row: Row) -> Row | None:
    return procedure_rows(asked.edition, asked.clock.as_of).get(row["ally"])


def _happened(row: Row) -> bool:
    return bool(row["state"] != Reached.NOT_REACHED)


ACCESSION_PARTS: Mapping[str, Include] = {
    "ratifications": _ratifications,
    "commitments": _commitments,
    "events": _events,
}
RATIFICATION_PARTS: Mapping[str, Include] = {"events": _events, "procedure": _procedure}


class AccessionList(ListView):
    """All accessions: who has applied, how far each has come, and whom it still waits for."""

    shape = AccessionShape
    parameters = AccessionsParameters
    page = "/accessions/"
    key = "code"
    includes = ACCESSION_PARTS

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, by code."""
        wanted = asked.parameters
        return select(
            accession_rows(asked.edition, asked.clock.as_of).values(),
            equals_any("code", wanted.applicant),
            equals_any("status", wanted.status),
            intersects("pending", wanted.pending),
        )


class AccessionDetail(DetailView):
    """One accession: its status, its milestones, and how many of the allies it needs have come how far."""

    shape = AccessionShape
    parameters = AccessionParameters
    page = "/accessions/{key}/"
    includes = ACCESSION_PARTS

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The accession of that code."""
        return accession_rows(asked.edition, asked.clock.as_of).get(named["code"])


class RatificationList(ListView):
    """All ratifications: one ally's progress with one accession protocol."""

    shape = RatificationShape
    parameters = RatificationsParameters
    page = "/accessions/"
    includes = RATIFICATION_PARTS

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, by accession and ally."""
        return _select_ratifications(asked, asked.parameters.accession)


class NestedRatificationList(ListView):
    """The ratifications of one accession protocol; none before it is signed."""

    shape = RatificationShape
    parameters = RatificationsParameters
    page = "/accessions/{key}/"
    includes = RATIFICATION_PARTS

    def get(self, request: Request, **named: str) -> HttpResponseBase:
        """One page of the list, or the way to its canonical address."""
        asked = self.ask(request)
        if moved := canonical(asked, named):
            return moved
        if named["code"] not in asked.edition.state.accessions:
            raise missing(asked)
        return super().get(request, **named)

    def twin(self, asked: Asked[Any], key: str = "") -> str | None:
        """The page of the accession."""
        return super().twin(asked, self.kwargs["code"])

    def rows(self, asked: Asked[Any]) -> Sequence[Row]:
        """Those that the parameters ask for, by ally."""
        return _select_ratifications(asked, [self.kwargs["code"]])


class RatificationDetail(DetailView):
    """One ally's progress with one accession protocol: the date of each stage, what it rests on, and who acts next."""

    shape = RatificationShape
    parameters = RatificationParameters
    page = "/accessions/{key}/"
    includes = RATIFICATION_PARTS

    def row(self, asked: Asked[Any], **named: str) -> Row | None:
        """The ratification of that accession by that ally."""
        if named["code"] not in asked.edition.processes:
            return None
        rows = ratification_rows(asked.edition, asked.clock.as_of, [named["code"]])
        return rows.get(f"{named['code']}/{named['ally']}")


def _select_ratifications(asked: Asked[Any], codes: Sequence[str] | None) -> list[Row]:
    wanted = asked.parameters
    known = [code for code in codes or () if code in asked.edition.processes]
    if codes and not known:
        return []
    rows = ratification_rows(asked.edition, asked.clock.as_of, known).values()
    return select(
        rows,
        equals_any("required", {wanted.required}),
        *(equals_any(name, getattr(wanted, name)) for name in ("ally", "stage", "accession")),
        _is_pending(wanted.pending),
    )


def _is_pending(wanted: bool | None) -> Test | None:
    def test(row: Mapping[str, Any]) -> bool:
        return (row["stages"][Stage.APPROVED]["state"] == Reached.NOT_REACHED) is wanted

    return None if wanted is None else test
