"""The states: all of them, and one, as an ally through all rounds and as an applicant."""

from typing import Any, Final

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.exceptions import BadParameter
from tracker.domain.facts import PartyFact
from tracker.domain.standing import AccessionStanding, Membership
from tracker.domain.vocabulary import PartyKind, Stage
from tracker.language.bounds import say_rank, say_span
from tracker.language.collation import order_key
from tracker.language.grammar import as_subject, capitalised
from tracker.language.sentences import answer, say_member
from tracker.pages.drawings.days import draw_days_by_round
from tracker.pages.drawings.maps import look_of, word_of
from tracker.pages.page import Page
from tracker.pages.time_control import Turns
from tracker.pages.views.rows import say_members
from tracker.readmodel.commitments import commitments_by
from tracker.readmodel.days.hindsight import later_of
from tracker.readmodel.log.filtering import LogFilter
from tracker.readmodel.rounds import figures_of, signed_rounds
from tracker.readmodel.search.parties import find_parties

# The protocols shown on the page itself, newest first; the others are folded.
_ROUNDS_SHOWN: Final = 12


class States(Page):
    """The members on the day shown, and the other states on record."""

    template_name = "states/list.html"
    is_list = True
    section = "states"

    @property
    def title(self) -> str:
        return _("States")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = self.clock.as_of
        members = {code: one for code, one in self.record.memberships.items() if one.on(day)}
        rows = [self._row(party, members.get(party.code)) for party in self._called()]
        rows.sort(key=lambda row: (row["membership"] is None, order_key(row["name"])))
        wanted = self._member()
        shown = [row for row in rows if wanted is None or (row["membership"] is not None) == wanted]
        filters = [("member", _("Member"), {"true": _("Yes"), "false": _("No")}, self.request.GET.get("member", ""))]
        return super().get_context_data(
            answer=say_members(len(members)), rows=shown, filters=filters, query=self._query(), **kwargs
        )

    @cached_property
    def accessions(self) -> frozenset[str]:
        """The codes of the accessions that an act by the day shown tells of."""
        return frozenset(self.record.accessions_by(self.clock.as_of))

    def _query(self) -> str:
        return self.request.GET.get("q", "")[:80]

    def _member(self) -> bool | None:
        text = self.request.GET.get("member", "")
        if text not in ("", "true", "false"):
            raise BadParameter("member", text, _("it is true or false"))
        return None if text == "" else text == "true"

    def _called(self) -> list[PartyFact]:
        # A state that is younger than the day shown is not among its states.
        names = {code for code in self.record.states if self.record.names(code, self.clock.as_of)}
        states = [party for code, party in self.record.parties.items() if code in names]
        return find_parties(states, self._query()) if self._query() else states

    def _row(self, party: PartyFact, membership: Membership | None) -> dict[str, Any]:
        return {
            "code": party.code,
            "alpha2": party.alpha2,
            "name": self.names[party.code],
            "capital": party.capital,
            "membership": membership,
            "has_accession": party.code in self.accessions,
        }


class OneState(Page):
    """One state: its membership, its names, and every protocol it has had to ratify."""

    template_name = "states/one.html"
    section = "states"

    @property
    def title(self) -> str:
        return self.names[self.code]

    @cached_property
    def code(self) -> str:
        """The state's code. Raises `Http404` and `Elsewhere`."""
        code = self.canonical_code(self.kwargs["state"])
        if self.record.parties[code].kind is not PartyKind.STATE:
            raise Http404(_("“%(code)s” is not a state.") % {"code": code})
        self.at_its_address("state", state=code)
        return code

    @cached_property
    def standings(self) -> dict[str, AccessionStanding]:
        """Where every accession stood on the day shown."""
        return self.record.standings(self.clock.as_of)

    @property
    def membership(self) -> Membership | None:
        """Its membership, if it was a member on the day shown."""
        membership = self.record.memberships.get(self.code)
        return membership if membership and membership.on(self.clock.as_of) else None

    @property
    def own(self) -> AccessionStanding | None:
        """Where its own accession stood, if an act by the day shown tells of one."""
        own = self.standings.get(self.code)
        return own if own and own.is_on_record else None

    def turns(self) -> Turns:
        own = self.record.events_by_accession.get(self.code, ())
        return self.turns_of(f"state/{self.code}", [*own, *self.record.events_by_actor.get(self.code, ())])

    @property
    def follow(self) -> LogFilter:
        return LogFilter(state=(self.code,))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record, day = self.record, self.clock.as_of
        rounds = signed_rounds(self.standings.values())
        own = self.own
        rows = [row for standing in rounds if (row := self._row(standing)) is not None]
        commitments = [one for one in record.commitments if self.code in one.parties]
        party = record.party_on(self.code, day)
        return super().get_context_data(
            code=self.code,
            name=self.names[self.code],
            party=party,
            later_sources=later_of(record.parties[self.code].sources, party.sources),
            answer=self.say_membership(),
            own=own,
            own_answer=answer(own, self.names) if own else "",
            membership=self.membership,
            rows=rows[:_ROUNDS_SHOWN],
            earlier_rows=rows[_ROUNDS_SHOWN:],
            counted=ngettext("%(count)d protocol", "%(count)d protocols", len(rows)) % {"count": len(rows)},
            days=draw_days_by_round(rounds, self.names, self.code),
            commitments=commitments_by(commitments, day),
            **kwargs,
        )

    def say_membership(self) -> str:
        """Whether and since when the state is a member, in one sentence."""
        if self.membership:
            return say_member(self.names[self.code], self.membership.since)
        if self.own is not None:
            return answer(self.own, self.names)
        sentence = _("%(state)s is not a member of NATO, and no accession is on record.")
        return capitalised(sentence % {"state": as_subject(self.names[self.code])})

    def _row(self, standing: AccessionStanding) -> dict[str, Any] | None:
        taken = next((taken for taken in figures_of(standing).taken if taken.ally == self.code), None)
        if taken is None:
            return None
        look = look_of(taken.ratification)
        return {
            "accession": standing.code,
            "approved": taken.ratification.on(Stage.APPROVED),
            "deposited": taken.ratification.on(Stage.DEPOSITED),
            "look": look,
            "word": word_of(look),
            "days": say_span(taken.span),
            "rank": say_rank(taken.rank, len(standing.required)),
        }
