"""A protocol as its depositary would print it, and an accession in the order of time: each a page of its own."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.domain.facts import Source
from tracker.domain.standing import RatificationStanding, StageOnDay
from tracker.domain.statistics import Span
from tracker.domain.vocabulary import Milestone, Reached, Stage
from tracker.language.bounds import say_span
from tracker.language.collation import order_key
from tracker.pages.drawings.ladders import draw_ladder_of, draw_shapes
from tracker.pages.drawings.timelines import draw_timeline_of
from tracker.pages.views.accessions import OneAccession
from tracker.readmodel.events import EventOnDay
from tracker.readmodel.rounds import figures_of


@dataclass(frozen=True)
class Participant:
    """One ally in the table: its acts, each with its day, the days it took, and what the last act rests on."""

    code: str
    name: str
    ladder: SafeString
    signature: StageOnDay
    consent: StageOnDay
    assent: StageOnDay
    deposit: StageOnDay
    days: str
    days_sort: int
    reference: Source | None
    is_late: bool


class ProtocolTable(OneAccession):
    """Participant, signature, consent, deposit, reference; what is not on record is told as a gap."""

    template_name = "accessions/table.html"
    address = "accession-table"
    is_list = True

    @property
    def title(self) -> str:
        return _("%(state)s: table of the accession protocol") % {"state": self.names[self.code]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = figures_of(self.standing)
        return super().get_context_data(
            participants=self.participants(),
            median=figures.median,
            gaps=self.gaps(),
            shapes=draw_shapes(),
            signed=self.standing.on(Milestone.SIGNED),
            in_force=self.standing.on(Milestone.IN_FORCE),
            **kwargs,
        )

    def participants(self) -> list[Participant]:
        """The allies that the protocol needed on the day shown, by name."""
        taken = {one.ally: one.span for one in figures_of(self.standing).taken}
        rows = [self._participant(one, taken.get(one.ally)) for one in self.standing.required]
        return sorted(rows, key=lambda row: order_key(row.name))

    def _participant(self, standing: RatificationStanding, span: Span | None) -> Participant:
        signed = self.standing.milestones[Milestone.SIGNED].occurred
        return Participant(
            code=standing.ally,
            name=self.names[standing.ally],
            ladder=draw_ladder_of(standing, self.names[standing.ally], signed),
            signature=standing.on(Stage.SIGNED),
            consent=standing.on(Stage.APPROVED),
            assent=standing.on(Stage.ASSENTED),
            deposit=standing.on(Stage.DEPOSITED),
            days=say_span(span),
            days_sort=99_999 if span is None or span.at_most is None else span.at_most,
            reference=self._reference(standing),
            is_late=signed != standing.required_from.occurred,
        )

    def _reference(self, standing: RatificationStanding) -> Source | None:
        """What the last act of the ally rests on: the source nearest to it."""
        for stage in (Stage.DEPOSITED, Stage.ASSENTED, Stage.APPROVED, Stage.SUBMITTED):
            shown = standing.on(stage)
            keys = shown.evidence if shown.state is Reached.REACHED and not shown.inferred else ()
            event = self.record.event(keys[0]) if keys else None
            sources = event.on(self.clock.as_of).sources if event else ()
            if sources:
                return sources[0]
        return None

    def gaps(self) -> list[tuple[Stage, int, int]]:
        """For each stage how many days of those who had reached it are known, and how many are not."""
        found = []
        for stage in (Stage.APPROVED, Stage.ASSENTED, Stage.DEPOSITED):
            shown = [one.on(stage) for one in self.standing.required]
            dated = sum(one.state is Reached.REACHED and not one.inferred for one in shown)
            open_ended = sum(one.state is not Reached.NOT_REACHED for one in shown)
            found.append((stage, dated, open_ended - dated))
        return found


class Timeline(OneAccession):
    """Every event of one accession in the order of time, with the drawing of them."""

    template_name = "accessions/timeline.html"
    address = "accession-timeline"
    is_list = True

    @property
    def title(self) -> str:
        return _("Timeline: %(state)s") % {"state": self.names[self.code]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        acts, context = self.parts()
        drawn = draw_timeline_of(acts, context, self.clock.as_of, self.title, self.answer) if acts or context else ""
        return super().get_context_data(timeline=drawn, acts=by_year(acts), around=by_year(context), **kwargs)


def by_year(events: list[EventOnDay]) -> list[tuple[int, list[EventOnDay]]]:
    """The events of each year, newest first; one of no known year stands in the last that it may be of."""
    newest = sorted(events, key=_last_day, reverse=True)
    return [(year, list(those)) for year, those in groupby(newest, lambda event: _last_day(event).year)]


def _last_day(event: EventOnDay) -> date:
    return event.occurred.latest or event.occurred.earliest or date.min
