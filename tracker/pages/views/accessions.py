"""The accessions: all of them, and one."""

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import AccessionStatus, Reached, Stage
from tracker.language.collation import order_key
from tracker.language.excerpts import excerpts
from tracker.language.sentences import answer
from tracker.pages.context import absolute
from tracker.pages.drawings.curves import draw_rounds
from tracker.pages.drawings.maps import draw_accession_map
from tracker.pages.page import Page
from tracker.pages.time_control import Turns
from tracker.pages.views.rows import AllyRow, ally_rows, count_rows, later_turns, milestones_of, open_and_silent
from tracker.readmodel.answers.waiting import waiting_for
from tracker.readmodel.commitments import commitments_by, of_accession
from tracker.readmodel.events import EventOnDay, events_by, split_by_part
from tracker.readmodel.log.filtering import LogFilter
from tracker.readmodel.ratifications import last_check

# The events shown on the page itself; the timeline has the others.
_EVENTS_SHOWN = 3


class Accessions(Page):
    """Every accession on record, those under way first."""

    template_name = "accessions/list.html"
    is_list = True
    section = "accessions"

    @property
    def title(self) -> str:
        return _("Accessions to NATO")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standings = [
            self.record.standing(code, self.clock.as_of) for code in self.record.accessions_by(self.clock.as_of)
        ]
        rows = [_row(standing, answer(standing, self.names)) for standing in standings]
        rows.sort(key=lambda row: order_key(self.names[row["code"]]))
        groups = [(status.value, status.label, [row for row in rows if row["status"] is status]) for status in _GROUPS]
        unheard = [row for row in rows if row["status"] is None]
        groups.append((Reached.NOT_ON_RECORD.value, _("No wish to join on record yet"), unheard))
        return super().get_context_data(groups=[group for group in groups if group[2]], counted=len(rows), **kwargs)


# Ratification first, then the way back to the aspirants; members and withdrawn at the end.
_GROUPS: Final = (
    AccessionStatus.SIGNED,
    AccessionStatus.IN_FORCE,
    AccessionStatus.INVITED,
    AccessionStatus.APPLICANT,
    AccessionStatus.ASPIRANT,
    AccessionStatus.MEMBER,
    AccessionStatus.WITHDRAWN,
)


def _row(standing: AccessionStanding, sentence: str) -> dict[str, Any]:
    approved = standing.counts[Stage.APPROVED][Reached.REACHED]
    return {
        "code": standing.code,
        "status": standing.status if standing.is_on_record else None,
        "standing": standing,
        "approved": approved,
        "answer": sentence,
    }


class OneAccession(Page):
    """Where one accession stood: the sentence, the map, the allies, the timeline, the commitments, the changes."""

    template_name = "accessions/one.html"
    section = "accessions"
    # The name of the address; what is derived from this page has its own.
    address = "accession"

    @property
    def title(self) -> str:
        return _("%(state)s: accession to NATO") % {"state": self.names[self.code]}

    @cached_property
    def code(self) -> str:
        """The applicant's code. Raises `Http404` and `Elsewhere`."""
        code = self.canonical_code(self.kwargs["accession"], self.record.accessions)
        self.at_its_address(self.address, accession=code)
        return code

    @cached_property
    def standings(self) -> dict[str, AccessionStanding]:
        """Where every accession stood on the day shown."""
        return self.record.standings(self.clock.as_of)

    @cached_property
    def standing(self) -> AccessionStanding:
        """Where this one stood."""
        return self.standings[self.code]

    @property
    def members(self) -> list[str]:
        """The members on the day shown, by code."""
        return self.record.members(self.clock.as_of)

    def turns(self) -> Turns:
        by_accession = self.record.events_by_accession
        return self.turns_of(f"accession/{self.code}", [*by_accession.get(self.code, ()), *by_accession.get("", ())])

    def accession_shown(self) -> str:
        return self.code

    @property
    def follow(self) -> LogFilter:
        return LogFilter(accession=(self.code,))

    @cached_property
    def answer(self) -> str:
        """Where it stood, in a sentence."""
        return answer(self.standing, self.names)

    @cached_property
    def rows(self) -> list[AllyRow]:
        """The allies that the protocol needed, those it waits for first."""
        checked = {
            ally: last_check(self.record, self.code, ally, self.clock.as_of) for ally in self.standing.ratifications
        }
        return ally_rows(self.standing, self.names, checked)

    def parts(self) -> tuple[list[EventOnDay], list[EventOnDay]]:
        """The acts of the procedure by the day shown, and what happened around it."""
        return split_by_part(events_by(self.record.events_by_accession.get(self.code, ()), self.clock.as_of))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record, day = self.record, self.clock.as_of
        acts, context = self.parts()
        done = [row for row in self.rows if row.is_done]
        remaining, silent = open_and_silent(self.rows)
        return super().get_context_data(
            code=self.code,
            name=self.names[self.code],
            standing=self.standing,
            answer=self.answer,
            excerpts=excerpts(self.standing, self.names),
            counts=count_rows(self.standing),
            milestones=milestones_of(self.standing),
            later=later_turns(self.standing.milestones, day),
            waiting=waiting_for(record, self.standing, self.names),
            rows=self.rows,
            open_rows=remaining,
            silent_rows=silent,
            is_complete=len(done) == len(self.rows),
            done_rows=done,
            last_row=max(done, key=lambda row: row.days_sort, default=None),
            has_checks=any(row.last_checked_at for row in self.rows),
            map=draw_accession_map(self.standing, self.members, self.names, self.answer),
            curve=draw_rounds(self.standings.values(), self.names, self.code, self.answer) if self.rows else "",
            last_events=sorted([*acts, *context], key=_newest, reverse=True)[:_EVENTS_SHOWN],
            event_count=len(acts) + len(context),
            share_image=absolute("accession-share", self.clock, accession=self.code),
            embed=f"{settings.BASE_URL}{reverse('accession-embed', args=[self.code])}",
            badge=f"{settings.BASE_URL}{reverse('accession-badge', args=[self.code])}",
            badge_path=reverse("accession-badge", args=[self.code]),
            commitments=commitments_by(of_accession(record.commitments, self.code), day),
            **kwargs,
        )


def _newest(event: EventOnDay) -> tuple[date, int]:
    return event.occurred.latest or event.occurred.earliest or date.min, event.recorded.recorded
