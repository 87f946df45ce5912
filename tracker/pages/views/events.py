"""One event: what happened, who says so, what others say, and how the entry has changed."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.domain.vocabulary import ALLY_ACTS, EVIDENCE, EventKind
from tracker.language.collation import codes_in_order
from tracker.models import Event, Rectification
from tracker.pages.context import absolute
from tracker.pages.drawings.votes import draw_vote
from tracker.pages.page import Page
from tracker.pages.parameters import read_choices, read_count
from tracker.readmodel.events import PROCEDURE, events_by, parts_at
from tracker.readmodel.log_entries import changes_at, tell_all
from tracker.readmodel.name_search import states_of


class OneEvent(Page):
    """An event as the edition knew it; one that was taken back says so."""

    template_name = "events/one.html"
    section = "accessions"
    # The name of the address; what is derived from this page has its own.
    address = "event"

    @cached_property
    def event(self) -> Event:
        """The last version that the edition knew of. Raises `Http404`."""
        key = self.kwargs["key"]
        versions = Event.objects.filter(key=key.lower(), recorded__lte=self.clock.edition)
        found = parts_at(versions, self.clock.edition).order_by("-version").first()
        if found is None:
            raise Http404(_("There is no event “%(key)s” on record at this edition.") % {"key": key})
        self.at_its_address(self.address, key=found.key)
        return found

    @property
    def title(self) -> str:
        return self.event.title

    def concerned(self) -> QuerySet[Event]:
        known = self.clock.record.events()
        if self.event.accession_id is None:
            return known.filter(accession__isnull=True)
        return known.filter(accession=self.event.accession_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event, edition = self.event, self.clock.edition
        rectified = Rectification.objects.filter(subject="event", key=event.key, position__lte=edition)
        has_tally = event.votes_yes is not None
        procedure = self.clock.record.procedures.get(event.actor_id) if has_tally else None
        rectifications = list(rectified.order_by("number"))
        taken_back = next((one for one in rectifications if one.event_id == event.pk), None)
        return super().get_context_data(
            event=event,
            share_image=absolute("event-share", self.clock, key=event.key),
            stage=EVIDENCE.get(EventKind(event.kind)) if event.accession_id else None,
            is_ally_act=bool(event.accession_id and event.kind in ALLY_ACTS and event.actor_id != event.accession_id),
            citations=list(event.citations.all()),
            conflicts=list(event.conflicts.all()),
            others=[one.pk for one in event.others.all()],
            vote=draw_vote(event, procedure),
            rectifications=rectifications,
            taken_back=taken_back,
            changes=tell_all(changes_at(edition, self.clock.today, event=event.key), self.names),
            state_codes=states_of(self.clock.record.parties),
            **kwargs,
        )


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
        record = self.clock.record
        by_name = codes_in_order(self.names)
        return {
            "accession": {code: self.names[code] for code in by_name if code in record.accessions},
            "actor": {code: self.names[code] for code in by_name},
            "kind": {one.value: str(one.label) for one in EventKind},
            "part": {"procedure": _("Acts of the procedure"), "context": _("What happened around it")},
            "unsourced": {"true": _("Source wanted")},
        }

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The filters asked for. Raises `BadParameter`."""
        return read_choices(self.request.GET, self.choices)

    def found(self) -> QuerySet[Event]:
        """The events that the filters leave, newest first."""
        chosen = self.chosen
        exact = {name: chosen[name] for name in ("accession", "actor", "kind") if name in chosen}
        found = events_by(self.clock.record, self.clock.as_of).filter(**exact)
        if "part" in chosen:
            acts = Q(kind__in=PROCEDURE)
            found = found.filter(acts if chosen["part"] == "procedure" else ~acts)
        if "unsourced" in chosen:
            found = found.filter(citations__isnull=True)
        return found.order_by("-latest", "-recorded")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.found()
        number, counted = read_count(self.request.GET, "page", 1), found.count()
        shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
        labels = {
            "accession": _("Accession"),
            "actor": _("Who acts"),
            "kind": _("Kind"),
            "part": _("Part"),
            "unsourced": _("Sources"),
        }
        return super().get_context_data(
            counted=counted,
            events=list(parts_at(shown, self.clock.edition)),
            filters=[(name, labels[name], words, self.chosen.get(name, "")) for name, words in self.choices.items()],
            newer=number - 1 if number > 1 else None,
            older=number + 1 if counted > number * _PER_PAGE else None,
            **kwargs,
        )
