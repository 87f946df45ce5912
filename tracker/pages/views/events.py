"""One event: what happened, who says so, what others say, and how the entry has changed."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.domain.vocabulary import ALLY_ACTS, EVIDENCE, EventKind, PlanState, Reached, Subject
from tracker.language.collation import codes_in_order
from tracker.language.firmness import say_firmness
from tracker.language.words import labelled, say_date, say_day
from tracker.pages.context import absolute
from tracker.pages.drawings.votes import draw_vote
from tracker.pages.page import Page
from tracker.pages.parameters import read_choices, read_count
from tracker.pages.time_control import Turns
from tracker.readmodel.answers.documents import event_rows, rectifications_of
from tracker.readmodel.events import EventOnDay, RecordedEvent, by_date
from tracker.readmodel.filters import BY_THE_DAY, EVENTS, select
from tracker.readmodel.log.entries import changes_at, tell_entries


class OneEvent(Page):
    """An event as the edition knew it; one that was taken back says so."""

    template_name = "events/one.html"
    section = "accessions"
    # The name of the address; what is derived from this page has its own.
    address = "event"

    @cached_property
    def event(self) -> RecordedEvent:
        """The last version that the edition knew of. Raises `Http404`."""
        key = self.kwargs["key"]
        event = self.record.event(key.lower())
        if event is None:
            raise Http404(_("There is no event “%(key)s” on record at this edition.") % {"key": key})
        self.at_its_address(self.address, key=event.key)
        return event

    @property
    def is_ahead(self) -> bool:
        """Whether it had certainly not happened by the day shown, nor been announced: then only that is told of it."""
        return self.plan is None and not self.event.has_happened_by(self.clock.as_of)

    @property
    def plan(self) -> PlanState | None:
        """What had become of a plan that was announced by the day shown; None for what is none."""
        announced = self.event.act.announced
        is_known = announced is None or announced.by(self.clock.as_of) is Reached.REACHED
        return self.record.plan(self.event, self.clock.as_of) if is_known else None

    @property
    def title(self) -> str:
        if self.is_ahead:
            return _("Not happened by %(day)s") % {"day": say_day(self.clock.as_of)}
        return self.event.on(self.clock.as_of).title

    @property
    def sentence(self) -> str:
        """What happened and when, in one line."""
        event = self.event.on(self.clock.as_of)
        if self.is_ahead or event.occurred.earliest is None:
            return self.title
        return labelled(say_date(event.occurred), self.title)

    def turns(self) -> Turns:
        code = self.event.accession or ""
        return self.turns_of(f"own/{code}", self.record.events_by_accession.get(code, ()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shared = {"share_image": absolute("event-share", self.clock, key=self.event.key), "is_ahead": self.is_ahead}
        told = {"later": self.event} if self.is_ahead else self.tell()
        return super().get_context_data(**shared, **told, **kwargs)

    def tell(self) -> dict[str, Any]:
        """All that may be said of it on the day shown."""
        event = self.event.on(self.clock.as_of)
        rectifications = rectifications_of(self.record, Subject.EVENT, event.key)
        log = changes_at(self.record, self.clock.as_of, event=event.key)
        accession = self.event.accession
        return {
            "event": event,
            "plan": self.plan,
            "fact": event.fact,
            "firmness": say_firmness(event.fact.sources, event.fact.confidence),
            "stage": EVIDENCE.get(event.kind) if accession else None,
            "is_ally_act": bool(accession and event.kind in ALLY_ACTS and event.actor != accession),
            "vote": draw_vote(event.fact, self.record.procedures.get(event.actor)),
            "rectifications": rectifications,
            "taken_back": rectifications[-1] if self.record.is_withdrawn(event.key) else None,
            "changes": tell_entries(log, self.record, self.names, self.clock.as_of),
            "state_codes": self.record.states,
        }


_PER_PAGE = 60


class Events(Page):
    """Every event by the day shown, newest first, by accession, actor, kind, and whether a source is wanted."""

    template_name = "events/list.html"
    is_list = True
    section = "accessions"

    @property
    def title(self) -> str:
        return _("Events")

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """What each filter can be set to, with its words."""
        by_name = codes_in_order(self.names)
        return {
            "accession": {code: self.names[code] for code in by_name if code in self.record.accessions},
            "actor": {code: self.names[code] for code in by_name},
            "kind": {kind.value: str(kind.label) for kind in EventKind},
            "part": {"procedure": _("Acts of the procedure"), "context": _("Related events")},
            "unsourced": {"true": _("Source wanted")},
        }

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The filters asked for. Raises `BadParameter`."""
        return read_choices(self.request.GET, self.choices)

    def shown(self) -> list[EventOnDay]:
        """The events that the filters leave, newest first."""
        chosen = self.chosen
        asked: dict[str, Any] = {name: [chosen[name]] for name in ("accession", "actor", "kind") if name in chosen}
        asked |= {"state": BY_THE_DAY, "part": chosen.get("part"), "unsourced": True if "unsourced" in chosen else None}
        rows = select(event_rows(self.record, self.clock.as_of).values(), EVENTS, asked)
        events = [event for row in rows if (event := self.record.event(row["key"])) is not None]
        return [event.on(self.clock.as_of) for event in sorted(events, key=by_date, reverse=True)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        events = self.shown()
        number, counted = read_count(self.request.GET, "page", 1), len(events)
        labels = {
            "accession": _("Accession"),
            "actor": _("Who acts"),
            "kind": _("Kind"),
            "part": _("Part"),
            "unsourced": _("Sources"),
        }
        return super().get_context_data(
            counted=counted,
            events=events[(number - 1) * _PER_PAGE : number * _PER_PAGE],
            filters=[(name, labels[name], words, self.chosen.get(name, "")) for name, words in self.choices.items()],
            newer=number - 1 if number > 1 else None,
            older=number + 1 if counted > number * _PER_PAGE else None,
            **kwargs,
        )
