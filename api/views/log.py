"""The log and what follows from it as a whole: changes, snapshot, comparison, status."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from api import parameters, shapes
from api.problems import Problem
from api.rendering import CSVRenderer, JSONRenderer
from api.views.base import KEPT_BY_EDITION, Asked, DetailView, RecordView, Row
from tracker.domain.exceptions import BadParameter
from tracker.exchange.package import newest_package, package_folder
from tracker.models import Change
from tracker.operations.health import Freshness, freshness
from tracker.readmodel.comparing import compare
from tracker.readmodel.fold import write_moment
from tracker.readmodel.log_entries import changes_at
from tracker.readmodel.release_entries import ENTRY_COLUMNS, entry_document, write_snapshot


class ChangeList(RecordView):
    """The public log after a position, oldest first and without gaps: who reads it to the end has missed nothing."""

    renderer_classes = [JSONRenderer, CSVRenderer]
    parameters = parameters.ChangesParameters
    shape = shapes.ChangeShape
    page = "/changes/"
    page_takes = ("accession", "ally", "type")

    def get(self, request: Request, **named: str) -> Response:
        """The entries after `after`; `links.next` is null when there are no more for now."""
        asked = self.ask(request)
        check_position(asked.parameters.after, asked.clock.edition)
        limit = asked.parameters.limit
        rows = change_rows(self._entries(asked)[: limit + 1])
        page = rows[:limit]
        following = asked.link(after=page[-1]["position"]) if len(rows) > limit else None
        return self.answer(asked, self.select(asked, page), next=following, alternate=self.twin(asked))

    def _entries(self, asked: Asked[Any]) -> QuerySet[Change]:
        wanted = asked.parameters
        asked_for = {name: getattr(wanted, name) for name in ("type", "accession", "ally", "event", "commitment")}
        only = {f"{name}__in": values for name, values in asked_for.items() if values}
        if wanted.as_of:
            told = changes_at(asked.clock.edition, asked.clock.as_of)
        else:
            # Without a day the log is whole, also with what is announced for days to come.
            told = Change.objects.filter(position__lte=asked.clock.edition)
        return told.filter(position__gt=wanted.after, **only).order_by("position")


def check_position(after: int, edition: int) -> None:
    """Refuse a position that the log has not reached: who has it is ahead of this site, and in sync with another."""
    if after > edition:
        because = f"the log ends at {edition} here; a copy that is ahead of it has to begin anew from the snapshot"
        raise BadParameter("after", str(after), because)


class ChangeDetail(DetailView):
    """One entry of the log."""

    shape = shapes.ChangeShape
    page = "/changes/"

    def twin(self, asked: Asked[Any], key: str = "") -> str | None:
        """The page of the log that begins with this entry."""
        page = super().twin(asked)
        return page and f"{page}{'&' if '?' in page else '?'}before={int(key) + 1}#entry-{int(key)}"

    def row(self, asked: Asked[Any], **named: Any) -> Row | None:
        """The entry at that position."""
        if named["position"] > asked.clock.edition:
            return None
        return next(iter(change_rows(Change.objects.filter(position=named["position"]))), None)


def change_rows(entries: QuerySet[Change]) -> list[Row]:
    """The entries as documents, each with the root of the log up to it. One query."""
    return [{**entry_document(entry), "root": entry["root"]} for entry in entries.values(*ENTRY_COLUMNS, "root")]


class Snapshot(RecordView):
    """Everything public at one edition, in one file. With the changes after its edition it becomes the next one."""

    parameters = parameters.SnapshotParameters
    shape = shapes.SnapshotShape

    def get(self, request: Request, **named: str) -> HttpResponseBase:
        """The snapshot, as canonical JSON."""
        asked = self.ask(request)
        response = HttpResponse(write_snapshot(asked.edition.state), content_type="application/json")
        # In a header only: the body is, byte for byte, what a client in sync makes by itself.
        response.headers["Link"] = '</data/>; rel="alternate"'
        setattr(response, KEPT_BY_EDITION, True)
        return response


class Compare(RecordView):
    """Rounds side by side: how many days after signature each ally reached a stage."""

    renderer_classes = [JSONRenderer, CSVRenderer]
    parameters = parameters.CompareParameters
    shape = shapes.CompareShape
    page = "/compare/"
    page_takes = ("accession",)

    def get(self, request: Request, **named: str) -> Response:
        """Each round that the parameters ask for, by day of signature."""
        asked = self.ask(request)
        rows = compare(asked.edition, asked.parameters.accession, asked.parameters.stage, asked.clock.as_of)
        return self.answer(asked, self.select(asked, rows), alternate=self.twin(asked))


class Package(RecordView):
    """The data package: CSV, JSON Lines and SQLite of everything public, with checksums; newest edition."""

    shape = shapes.PackageShape
    page = "/data/"

    def get(self, request: Request, **named: str) -> Response:
        """The files of the newest package that is built."""
        asked = self.ask(request)
        edition = newest_package()
        if edition is None:
            raise Problem(404, "No data package has been built yet; the job publish_snapshot builds it.")
        files = sorted((package_folder() / edition).iterdir())
        data = {
            "edition": int(edition.partition("-")[0]),
            "files": {one.name: f"/data/package/{edition}/{one.name}" for one in files},
        }
        [told] = self.select(asked, [data])
        response = self.answer(asked, told, alternate=self.twin(asked))
        # A package is built a little after its edition.
        setattr(response, KEPT_BY_EDITION, False)
        return response


class Status(RecordView):
    """How fresh this site is: the newest edition, the jobs, the watched sources, and every open ratification."""

    shape = shapes.StatusShape
    page = "/status/"

    def get(self, request: Request, **named: str) -> Response:
        """The state of the log, of the jobs, and of what is watched, at this moment."""
        asked = self.ask(request)
        counts = {name: len(table) for name, table in asked.edition.state.tables().items()}
        data = {"edition": asked.clock.edition, "counts": counts, **_freshness_rows(freshness(timezone.now()))}
        [told] = self.select(asked, [data])
        response = self.answer(asked, told, alternate=self.twin(asked))
        # Jobs run without changing the edition.
        setattr(response, KEPT_BY_EDITION, False)
        return response


def _freshness_rows(found: Freshness) -> Row:
    """What `/status/` shows, without the texts of faults, which are for operators."""
    told = _plain(found.document())
    for job in told["jobs"]:
        job["failed"] = bool(job.pop("error"))
    told["jobs_not_run"] = [job["name"] for job in told["jobs"] if job["started_at"] is None]
    told["jobs"] = [job for job in told["jobs"] if job["started_at"] is not None]
    for watch in told["watches"]:
        for name in ("failures", "failing_since", "reason"):
            del watch[name]
    del told["at"]
    return dict(told)


def _plain(value: Any) -> Any:
    """The value with its moments written as everywhere in the API."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return write_moment(value) if isinstance(value, datetime) else value
