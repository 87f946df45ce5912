"""The log and what follows from it as a whole: changes, snapshot, comparison, package, status."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any, Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api import parameters, serializers
from api.framework.pagination import NumberPagination
from api.framework.renderers import OF_LISTS
from api.parameters_of_wholes import ChangesParameters, CompareParameters, SnapshotParameters
from api.problems import Problem
from api.serializers import COLUMNS
from api.views.base import DetailView, ListView, RecordView
from tracker.domain.exceptions import BadParameter
from tracker.exchange.dataset.lines import compare_with_published
from tracker.exchange.package import package_folder, packages
from tracker.models import Change
from tracker.operations.health import Freshness, freshness
from tracker.readmodel.answers.comparison import comparison_rows
from tracker.readmodel.answers.coverage import newest_fact
from tracker.readmodel.clock import last_position_by
from tracker.readmodel.fold import write_moment
from tracker.readmodel.log.filtering import LogFilter, topic_of
from tracker.readmodel.log.snapshot import write_snapshot

# Entries looked at before more are read.
_AT_A_TIME: Final = 500


class ChangeList(ListView):
    """The public log after a position, oldest first and without gaps: who reads it to the end has missed nothing.

    `links.next` is null when there are no more for now.
    """

    filter_backends = []
    pagination_class = NumberPagination
    parameters = ChangesParameters
    serializer_class = serializers.ChangeSerializer
    page = "/changes/"
    page_takes = ("accession", "ally", "state", "type", "kind", "stage", "commitment", "only", "q")
    key = "position"

    def get_queryset(self) -> Any:
        """The entries that the parameters ask for."""
        wanted = self.query
        check_position(self.after, self.clock.edition)
        named = {name: getattr(wanted, name) for name in ("type", "accession", "ally", "event", "commitment", "origin")}
        only: dict[str, object] = {f"{name}__in": values for name, values in named.items() if values}
        if wanted.late is not None:
            only["late"] = wanted.late
        if (filtered := self._positions(only)) is not None:
            only = {"position__in": filtered}
        return Change.objects.filter(position__lte=self.clock.edition, **only).values_list(*COLUMNS)

    @cached_property
    def after(self) -> int:
        """The position after which entries are told: as it is named, or the last one by that day or moment."""
        asked = self.query
        if not asked.since:
            return int(asked.after)
        if asked.after:
            raise BadParameter("since", asked.since, "write `after`, or `since`, and not both")
        return last_position_by(asked.since)

    def _positions(self, only: Mapping[str, Any]) -> list[int] | None:
        """The positions that the rest of the filter lets through, as many as an answer takes; None without one."""
        asked = self.query
        named = {name: tuple(getattr(asked, name) or ()) for name in ("state", "kind", "stage")}
        wanted = LogFilter(**named, only=asked.only or "", minor=asked.minor, q=asked.q or "")
        if wanted == LogFilter(minor=True):
            return None
        entries = Change.objects.filter(position__gt=self.after, position__lte=self.clock.edition, **only)
        rows = wanted.narrow(entries).order_by("position").iterator(chunk_size=_AT_A_TIME)
        let_through = (row.position for row in rows if wanted.lets_through(topic_of(row)))
        return list(islice(let_through, asked.limit + 1))

    def number_of(self, row: Any) -> int:
        """The position of an entry."""
        return int(row[0])


def check_position(after: int, edition: int) -> None:
    """Refuse a position that the log has not reached: who has it is ahead of this site, and in sync with another."""
    if after > edition:
        because = f"the log ends at {edition} here; a copy that is ahead of it has to begin anew from the snapshot"
        raise BadParameter("after", str(after), because)


class ChangeDetail(DetailView):
    """One entry of the log."""

    parameters = parameters.TimelessParameters
    serializer_class = serializers.ChangeSerializer
    page = "/changes/"

    def alternate(self, key: str = "") -> str | None:
        """The page of the log that begins with this entry."""
        page = super().alternate()
        return page and f"{page}{'&' if '?' in page else '?'}before={int(key) + 1}#entry-{int(key)}"

    def row(self, **named: Any) -> Any:
        """The entry at that position."""
        if named["position"] > self.clock.edition:
            return None
        return Change.objects.filter(position=named["position"]).values_list(*COLUMNS).first()


class Snapshot(RecordView):
    """Everything public at one edition, in one file. With the changes after its edition it becomes the next one."""

    parameters = SnapshotParameters
    serializer_class = serializers.SnapshotSerializer

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """The snapshot, as canonical JSON."""
        return self.read(self._snapshot)

    def _snapshot(self) -> HttpResponse:
        # The page stands in a header only: the body is, byte for byte, what a client in sync makes by itself.
        headers = {"Link": '</data/>; rel="alternate"'}
        return HttpResponse(write_snapshot(self.edition.state), content_type="application/json", headers=headers)


class Compare(RecordView):
    """Rounds side by side: how many days after signature each ally reached a stage."""

    renderer_classes = OF_LISTS
    parameters = CompareParameters
    serializer_class = serializers.CompareSerializer
    page = "/compare/"
    page_takes = ("accession",)

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """Each round that the parameters ask for, by day of signature."""
        return self.read(self._rounds)

    def _rounds(self) -> Response:
        with self.in_its_language():
            rows = comparison_rows(self.edition, self.query.accession, self.query.stage, self.day)
        return self.answer(self.get_serializer(rows, many=True).data, alternate=self.alternate())


class Package(RecordView):
    """The data package: CSV, JSON Lines and SQLite of everything public, with checksums.

    Of the edition that is asked for, if its package is still kept, else of the newest that is built.
    """

    parameters = parameters.TimelessParameters
    serializer_class = serializers.PackageSerializer
    page = "/data/"
    # A package is built a little after its edition.
    follows_from_edition = False

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """The files of the package."""
        return self.read(self._package)

    def _package(self) -> Response:
        kept = packages()
        edition = self.clock.edition_name if self.query.known_at else next(iter(kept), "")
        if not kept:
            raise Problem(404, "No data package has been built yet; the job publish_snapshot builds it.")
        if edition not in kept:
            detail = f"There is no data package of edition {edition}; there are those of {', '.join(kept)}."
            raise Problem(404, detail, extra={"kept": kept})
        names = sorted(path.name for path in (package_folder() / edition).iterdir())
        row = {
            "edition": int(edition.partition("-")[0]),
            "files": {name: f"/data/package/{edition}/{name}" for name in names},
        }
        return self.answer(self.get_serializer(row).data, alternate=self.alternate())


class Status(RecordView):
    """How fresh this site is: the newest edition, the jobs, the watched sources, and every open ratification."""

    parameters = parameters.TimelessParameters
    serializer_class = serializers.StatusSerializer
    page = "/status/"
    # Jobs run without changing the edition.
    follows_from_edition = False

    def get(self, request: Request, **named: Any) -> HttpResponseBase:
        """The state of the log, of the jobs, and of what is watched, at this moment."""
        return self.read(self._status)

    def _status(self) -> Response:
        counts = {name: len(table) for name, table in self.edition.state.tables().items()}
        row = {
            "edition": self.clock.edition,
            "complete_up_to": str(newest) if (newest := newest_fact(self.edition)) else None,
            "published": asdict(compare_with_published(self.clock.edition, self.clock.root)),
            "counts": counts,
            **_freshness_row(freshness(timezone.now())),
        }
        return self.answer(self.get_serializer(row).data, alternate=self.alternate())


def _freshness_row(state: Freshness) -> Mapping[str, Any]:
    """What `/status/` shows, without the texts of faults, which are for operators."""
    row = _plain(state.document())
    for job in row["jobs"]:
        job["failed"] = bool(job.pop("error"))
    row["jobs_not_run"] = [job["name"] for job in row["jobs"] if job["started_at"] is None]
    row["jobs"] = [job for job in row["jobs"] if job["started_at"] is not None]
    for watch in row["watches"]:
        for name in ("failures", "failing_since", "reason"):
            del watch[name]
    del row["at"]
    return dict(row)


def _plain(value: Any) -> Any:
    """The value with its moments written as everywhere in the API."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return write_moment(value) if isinstance(value, datetime) else value
