"""Reviewing reports: beside the record, accepted in one of four ways, or rejected with a reason."""

from typing import Any, ClassVar, Final, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from pydantic import ValidationError

from tracker.actions import (
    LogTransaction,
    accept_as_conflicts,
    accept_as_rectification,
    accept_as_sources,
    accept_report,
    amend_report,
    correct_event,
    matches_report,
    new_sources,
    record_events,
)
from tracker.desk.access.permissions import REVIEW
from tracker.desk.drafts.change_requests import QUEUE, ground_of
from tracker.desk.drafts.enter import EventDraft
from tracker.desk.drafts.keeping import Answered
from tracker.desk.drafts.parts import Parts
from tracker.desk.drafts.preview import Plan
from tracker.desk.drafts.rectify import page_of
from tracker.desk.forms.citations import CitationRows, ConflictRows, citation_initial
from tracker.desk.forms.events import EventForm
from tracker.desk.forms.fields import Directory
from tracker.desk.forms.saving import GroundForm, NothingForm, SavingForm
from tracker.desk.review.in_hand import in_hand
from tracker.desk.review.versions import versions_of
from tracker.domain.facts import Differing, EventFact, Source
from tracker.domain.vocabulary import AuditAction, Origin, Proposes
from tracker.exchange.dataset.comparing import OnRecord, compare
from tracker.models import Report

# Where the form says what a part of an event is, if not in the field of its name.
_FIELDS: Final = {"votes": ("votes_yes",), "with": ("others",)}
_UNSEEN: Final = (
    "treaty",
    "tags",
    "also",
    "planned",
    "announced",
    "follows",
    "step",
    "outcome",
    "referendum",
    "ordinal",
)


class OfAReport(EventDraft):
    """A page that accepts one report, in one way."""

    permission = REVIEW
    action = AuditAction.ACCEPTED
    save_label: ClassVar[str] = "Accept"
    way: ClassVar[str]
    report: Report
    compared: OnRecord
    # What the report is beside the record is read first.
    focuses = False
    # Whether the reviewer has made something else of the report, which another has to see.
    amends = False

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        events = Report.objects.select_related("filed_by", "taken_by").filter(proposes=Proposes.EVENT)
        self.report = get_object_or_404(events, pk=options["pk"])
        self.compared = compare([self.report.proposal])[0]

    def sources(self) -> list[Source]:
        """What the report rests on, as far as it is complete."""
        return [source for one in _rows(self.report.proposal, "sources") if (source := _source(one))]

    def subject(self, parts: Parts) -> str:
        return f"{self.report.pk}: {super().subject(parts)}"

    def saved(self, parts: Parts) -> str:
        return reverse(QUEUE) if self.only_files else page_of(self.facts[0].key)

    def beside(self) -> dict[str, Any]:
        beside = {"compared": self.compared, "report": self.report, "way": self.way, "ways": self._ways()}
        hand = in_hand(self.report, self.user)
        return {**beside, "versions": versions_of(self.report), "hand": hand, "cited": self.sources()}

    def draw(
        self, parts: Parts, saving: SavingForm, answered: Answered | None = None, number: int | None = None
    ) -> HttpResponse:
        """The page; where report and record differ, the field says what the other has."""
        if isinstance(form := parts.get("draft"), EventForm):
            for one in self.compared.differences:
                for name in _FIELDS.get(one.field, (one.field,)):
                    if name in form.fields:
                        form.fields[name].beside = one  # type: ignore[attr-defined]
        return super().draw(parts, saving, answered, number)

    def read(self, parts: Parts) -> list[EventFact]:
        facts = super().read(parts)
        facts[0] = _with_unseen(facts[0], self.report.proposal)
        self.amends = bool(settings.TWO_PAIRS_OF_EYES) and not matches_report(self.report, facts[0])
        return facts

    def _ways(self) -> list[tuple[str, str]]:
        """The ways open for this report, with their addresses."""
        names = [AsEvent] if self.compared.event is None else [AsSource, AsConflict, AsRectification, AsEvent]
        pages = [(f"tracker_report_{page.way}", page.title) for page in names]
        return [(reverse(f"admin:{name}", args=[self.report.pk]), title) for name, title in pages]

    def planned(self, work: Any, saving: SavingForm, **options: Any) -> Plan:
        """The plan to do that work as the acceptance of a report."""
        data = saving.cleaned_data
        return Plan(work, self.user, note=data["note"], notify=not data["minor"], origin=Origin.REPORT, **options)

    @property
    def only_files(self) -> bool:
        """Whether the draft, once it is understood, goes before another reviewer."""
        return self.amends

    def do_file(self, plan: Plan) -> None:
        amend_report(self.report.pk, self.facts[0], by=self.user)

    def on_record(self) -> EventFact:
        """The event that the report is beside. Raises `Http404` where there is none."""
        if self.compared.fact is None:
            raise Http404
        return self.compared.fact


class AsEvent(OfAReport):
    """Accept as an event of its own, completed by the reviewer."""

    title = "Accept as a new event"
    way = "event"

    def empty(self) -> Parts:
        told = self.report.proposal
        parts: Parts = {
            "draft": EventForm(initial=initial_of(told, self.directory), directory=self.directory),
            "citations": CitationRows(initial=[dict(one) for one in _sources_initial(told)], prefix="citations"),
            "conflicts": ConflictRows(initial=_rows(told, "conflicts"), prefix="conflicts"),
        }
        return self._without_second(parts)

    def filled(self, data: Any) -> Parts:
        return self._without_second(super().filled(data))

    def parts_for(self, fact: EventFact) -> Parts:
        return self._without_second(super().parts_for(fact))

    def _without_second(self, parts: Parts) -> Parts:
        """The forms; a report holds one event, so where another person has to accept it, one is all there can be."""
        if settings.TWO_PAIRS_OF_EYES:
            cast(EventForm, parts["draft"]).fields.pop("completes", None)
        return parts

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        self.facts = self.read(parts)
        return self.planned(self._work, saving, warnings=self.warnings)

    def _work(self, log: LogTransaction) -> None:
        # The consent that a vote completes comes first, as where an act is entered.
        record_events(log, self.facts[:0:-1])
        if self.amends:
            record_events(log, self.facts)
        else:
            accept_report(log, self.report.pk, self.facts[0])


class AsRectification(OfAReport):
    """Accept as putting the record right."""

    title = "Accept as a rectification"
    way = "rectification"

    def setup(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().setup(request, *args, **options)
        self.original = self.on_record()

    def parts_for(self, fact: EventFact) -> Parts:
        justification = GroundForm(initial={"reason": self.report.message}, label_suffix="")
        return {"ground": justification, **super().parts_for(fact)}

    def empty(self) -> Parts:
        parts = self.parts_for(self.on_record())
        told = {
            name: value
            for name, value in initial_of(self.report.proposal, self.directory).items()
            if value not in (None, "")
        }
        cast(EventForm, parts["draft"]).initial.update(told)
        # What the event says from now on rests on the source of the report as well.
        sources = [*self.on_record().sources, *new_sources(self.sources(), self.on_record().sources)]
        return {**parts, "citations": CitationRows(initial=citation_initial(sources), prefix="citations")}

    def filled(self, data: Any) -> Parts:
        return {"ground": GroundForm(data, label_suffix=""), **super().filled(data)}

    def canonical(self, parts: Parts) -> Parts:
        return {**super().canonical(parts), "ground": parts["ground"]}

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        self.facts = self.read(parts)
        justification, version = ground_of(parts), self.compared.event.version if self.compared.event else None

        def work(log: LogTransaction) -> None:
            if self.amends:
                correct_event(log, self.facts[0].key, self.facts[0], justification, version)
            else:
                accept_as_rectification(log, self.report.pk, self.facts[0], justification, version)

        return self.planned(work, saving, warnings=self.warnings)


class WithoutDraft(OfAReport):
    """A way in which nothing is left to fill in."""

    def empty(self) -> Parts:
        self.on_record()
        return {"nothing": NothingForm(label_suffix="")}

    def filled(self, data: Any) -> Parts:
        return {"nothing": NothingForm(data, label_suffix="")}

    def canonical(self, parts: Parts) -> Parts:
        return parts


class AsSource(WithoutDraft):
    """The record says so already: cite what the report rests on beside its sources."""

    title = "Accept as a further source"
    way = "source"

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        self.facts = [self.on_record()]
        key, sources = self.facts[0].key, self.sources()
        return self.planned(lambda log: accept_as_sources(log, self.report.pk, key, sources), saving)


class AsConflict(WithoutDraft):
    """The record stays as it is, and says that another source tells it differently."""

    title = "Accept as a conflicting value"
    way = "conflict"

    def plan(self, parts: Parts, saving: SavingForm) -> Plan:
        self.facts, sources = [self.on_record()], self.sources()
        url = sources[0].url if sources else ""
        new = [Differing(field=one.field, value=one.proposed, url=url) for one in self.compared.differences if url]
        key, version = self.facts[0].key, self.compared.event.version if self.compared.event else None
        return self.planned(lambda log: accept_as_conflicts(log, self.report.pk, key, new, version), saving)


def _with_unseen(fact: EventFact, proposal: dict[str, Any]) -> EventFact:
    """The fact with those parts of the proposal for which the form has no field, as far as they fit what it became."""
    for name in _UNSEEN:
        if proposal.get(name):
            fact = _with(fact, name, proposal[name])
    return fact


def _with(fact: EventFact, name: str, value: Any) -> EventFact:
    try:
        return EventFact.model_validate(fact.document() | {name: value})
    except ValidationError:
        return fact


def initial_of(proposal: dict[str, Any], directory: Directory) -> dict[str, Any]:
    """What the proposal says, as the first content of the form; it may be incomplete."""
    votes, others = proposal.get("votes"), proposal.get("with")
    plain = {name: proposal.get(name) for name in ("kind", "date", "office", "title", "detail", "key")}
    named = {name: _named(proposal.get(name), directory) for name in ("accession", "actor")}
    return {
        **plain,
        **named,
        **({f"votes_{name}": count for name, count in votes.items()} if isinstance(votes, dict) else {}),
        "others": ", ".join(str(_named(one, directory)) for one in others) if isinstance(others, list) else "",
    }


def _named(told: Any, directory: Directory) -> Any:
    return directory.text(told) if isinstance(told, str) else told


def _sources_initial(proposal: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**one, "source_class": one.get("class", "")} for one in _rows(proposal, "sources")]


def _rows(proposal: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The rows of a part of the proposal; a program may have sent something else there."""
    told = proposal.get(name)
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _source(told: Any) -> Source | None:
    try:
        return Source.model_validate(told)
    except ValidationError:
        return None
