"""One ally's acts on one protocol."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.domain.dates import PartialDate
from tracker.domain.standing import RatificationStanding
from tracker.domain.vocabulary import Milestone, Stage
from tracker.language.grammar import as_owner, as_subject
from tracker.pages.context import absolute
from tracker.pages.drawings.ladders import draw_ladder_of
from tracker.pages.drawings.maps import look_of, word_of
from tracker.pages.drawings.votes import draw_vote
from tracker.pages.page import Page
from tracker.pages.time_control import Turns
from tracker.pages.views.rows import later_turns
from tracker.readmodel.commitments import DatedCommitment, commitments_by, of_accession
from tracker.readmodel.events import EventOnDay, events_by
from tracker.readmodel.log.filtering import LogFilter
from tracker.readmodel.ratifications import date_procedure, day_of_signature, last_check, say_ratification

# The acts shown on the page itself; the others are folded.
_EVENTS_SHOWN = 3


class OneRatification(Page):
    """Where one ally stood with one protocol: its acts, its procedure, its votes, what it asked for."""

    template_name = "accessions/ratification.html"
    section = "accessions"
    # The name of the address; what is derived from this page has its own.
    address = "ratification"

    @property
    def title(self) -> str:
        code, ally = self.codes
        return _("%(of_state)s accession protocol: %(ally)s") % {
            "ally": as_subject(self.names[ally]),
            "of_state": as_owner(self.names[code]),
        }

    @cached_property
    def codes(self) -> tuple[str, str]:
        """The applicant's and the ally's code. Raises `Http404` and `Elsewhere`."""
        code = self.canonical_code(self.kwargs["accession"], self.record.accessions)
        ally = self.canonical_code(self.kwargs["ally"])
        self.at_its_address(self.address, accession=code, ally=ally)
        return code, ally

    @cached_property
    def standing(self) -> RatificationStanding:
        """Where the ally stood. Raises `Http404` if the protocol has never needed it."""
        code, ally = self.codes
        standing = self.record.standing(code, self.clock.as_of).ratifications.get(ally)
        if standing is None:
            raise Http404(_("This protocol has not needed that state."))
        return standing

    @property
    def signed(self) -> PartialDate | None:
        """When the protocol was signed."""
        return self.record.processes[self.codes[0]].milestones[Milestone.SIGNED].occurred

    @property
    def joined_later(self) -> bool:
        """Whether the ally did not sign the protocol, but was needed from the day it became a member itself."""
        return self.standing.dates[Stage.SIGNED].occurred != self.signed

    @property
    def answer(self) -> str:
        """Where the ally stood, in one sentence."""
        code, ally = self.codes
        signed = day_of_signature(self.record.processes[code])
        return say_ratification(self.standing, self.names[ally], self.names[code], signed)

    def turns(self) -> Turns:
        code, ally = self.codes
        events = self.record.events_by_accession.get(code, ())
        return self.turns_of(f"{code}/{ally}", (event for event in events if event.actor in (ally, code, "NATO")))

    def events(self) -> list[EventOnDay]:
        """What the ally had done by the day shown."""
        code, ally = self.codes
        events = self.record.events_by_accession.get(code, ())
        return events_by((event for event in events if event.actor == ally), self.clock.as_of)

    def asked_for(self) -> list[DatedCommitment]:
        """The commitments that this ally asked for in this accession."""
        code, ally = self.codes
        known = commitments_by(of_accession(self.record.commitments, code), self.clock.as_of)
        return [commitment for commitment in known if ally in commitment.fact.asked_by]

    @property
    def follow(self) -> LogFilter:
        accession, ally = self.codes
        return LogFilter(accession=(accession,), ally=(ally,))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (code, ally), events, look = self.codes, self.events(), look_of(self.standing)
        procedure = date_procedure(self.record, code, self.standing)
        rules = procedure.fact if procedure else None
        return super().get_context_data(
            code=code,
            ally=ally,
            name=self.names[ally],
            applicant=self.names[code],
            standing=self.standing,
            answer=self.answer,
            look=look,
            word=word_of(look),
            ladder=draw_ladder_of(self.standing, self.names[ally], self.signed),
            stages=[(stage, self.standing.on(stage)) for stage in Stage],
            joined_later=self.joined_later,
            later=later_turns(self.standing.dates, self.clock.as_of),
            procedure=procedure,
            events=events,
            votes=[(event.fact, draw_vote(event.fact, rules)) for event in events if event.fact.votes],
            commitments=self.asked_for(),
            last_events=events[: -_EVENTS_SHOWN - 1 : -1],
            share_image=absolute("ratification-share", self.clock, accession=code, ally=ally),
            last_checked_at=last_check(self.record, code, ally, self.clock.as_of),
            **kwargs,
        )
