"""One ally's acts on one protocol."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.domain.standing import (
    Process,
    RatificationStanding,
    StageDate,
    date_ally,
    required_allies,
    stand_ratification,
)
from tracker.domain.vocabulary import Stage
from tracker.language.grammar import as_owner
from tracker.models import Event, Ratification
from tracker.pages.context import absolute
from tracker.pages.drawings.ladders import draw_ladder_of
from tracker.pages.drawings.maps import look_of, word_of
from tracker.pages.drawings.votes import draw_vote
from tracker.pages.page import Page
from tracker.readmodel.commitments import ToldCommitment, commitments_by
from tracker.readmodel.events import by_key, events_by, parts_at
from tracker.readmodel.log_entries import changes_at, tell_all
from tracker.readmodel.ratifications import ToldProcedure, day_of_signature, say_ratification, tell_procedure

_CHANGES_TOLD = 8


class OneRatification(Page):
    """Where one ally stood with one protocol: its acts, its procedure, its votes, what it asked for."""

    template_name = "accessions/ratification.html"
    section = "accessions"
    # The name of the address; what is derived from this page has its own.
    address = "ratification"

    @property
    def title(self) -> str:
        code, ally = self.codes
        return _("%(ally)s on %(of_state)s protocol") % {
            "ally": self.names[ally],
            "of_state": as_owner(self.names[code]),
        }

    @cached_property
    def codes(self) -> tuple[str, str]:
        """The applicant's and the ally's code. Raises `Http404` and `Elsewhere`."""
        record = self.clock.record
        code = self.canonical_code(self.kwargs["accession"], record.accessions)
        ally = self.canonical_code(self.kwargs["ally"])
        self.at_its_address(self.address, accession=code, ally=ally)
        return code, ally

    @cached_property
    def process(self) -> Process:
        """All that is on record of the accession."""
        return self.clock.record.process(self.codes[0])

    @cached_property
    def standing(self) -> RatificationStanding:
        """Where the ally stood. Raises `Http404` if the protocol has never needed it."""
        record, ally = self.clock.record, self.codes[1]
        needed = required_allies(self.process, record.memberships).get(ally)
        if needed is None:
            raise Http404(_("This protocol has not needed that state."))
        return stand_ratification(ally, needed, date_ally(self.process, ally, record.rules.get(ally)), self.clock.as_of)

    def concerned(self) -> QuerySet[Event]:
        code, ally = self.codes
        return self.clock.record.events().filter(accession=code, actor__in=[ally, code, "NATO"])

    def events(self) -> list[Event]:
        """What the ally had done by the day shown."""
        code, ally = self.codes
        own = events_by(self.clock.record, self.clock.as_of).filter(accession=code, actor=ally)
        return list(parts_at(own, self.clock.edition))

    def procedure(self, events: list[Event]) -> ToldProcedure | None:
        """The ally's procedure with what is done, if it is on record."""
        record, ally = self.clock.record, self.standing.ally
        fact = record.procedures.get(ally)
        if fact is None:
            return None
        return tell_procedure(fact, record.rules[ally], self.process, self.standing, by_key(events))

    def asked_for(self) -> list[ToldCommitment]:
        """The commitments that this ally asked for in this accession."""
        code, ally = self.codes
        known = commitments_by(self.clock.record, self.clock.as_of, accession=code)
        return [one for one in known if ally in one.fact.asked_by]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (code, ally), events = self.codes, self.events()
        procedure = self.procedure(events)
        name, applicant = self.names[ally], self.names[code]
        return super().get_context_data(
            code=code,
            ally=ally,
            name=name,
            applicant=applicant,
            standing=self.standing,
            answer=say_ratification(self.standing, name, applicant, day_of_signature(self.process)),
            look=look_of(self.standing),
            word=word_of(look_of(self.standing)),
            ladder=draw_ladder_of(self.standing, name),
            stages=[(one, found, found.on(self.clock.as_of).is_seen) for one, found in self._stages()],
            procedure=procedure,
            events=events,
            votes=[(one, draw_vote(one, procedure.fact if procedure else None)) for one in events if _is_vote(one)],
            commitments=self.asked_for(),
            changes=tell_all(self._changes(), self.names),
            share_image=absolute("ratification-share", self.clock, accession=code, ally=ally),
            checked=Ratification.objects.filter(accession=code, ally=ally).first() if self.clock.is_current else None,
            **kwargs,
        )

    def _stages(self) -> list[tuple[Stage, StageDate]]:
        return [(stage, self.standing.dates[stage]) for stage in Stage]

    def _changes(self) -> Any:
        code, ally = self.codes
        return changes_at(self.clock.edition, self.clock.as_of, accession=code, ally=ally)[:_CHANGES_TOLD]


def _is_vote(event: Event) -> bool:
    return event.votes_yes is not None
