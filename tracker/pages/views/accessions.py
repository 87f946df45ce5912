"""The accessions: all of them, and one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import AccessionStatus, Reached, Stage
from tracker.language.collation import order_key
from tracker.language.sentences import answer
from tracker.models import Event, Ratification
from tracker.pages.context import absolute
from tracker.pages.drawings.curves import draw_rounds
from tracker.pages.drawings.maps import draw_accession_map
from tracker.pages.drawings.timelines import draw_timeline_of
from tracker.pages.page import Page
from tracker.pages.views.rows import ally_rows, count_rows, milestones_of
from tracker.readmodel.commitments import commitments_by
from tracker.readmodel.events import citations_at, events_by, split_by_part
from tracker.readmodel.log_entries import changes_at, tell_all
from tracker.readmodel.waiting import waiting_for

# The changes told on the page itself; the log has the others.
_CHANGES_TOLD = 8
# The events told on the page itself; the list of events has the others.
_EVENTS_TOLD = 8


def last_checks(accession: str) -> Mapping[str, datetime | None]:
    """When each ally's part was last checked, by code. One query."""
    return dict(Ratification.objects.filter(accession=accession).values_list("ally_id", "last_checked_at"))


class Accessions(Page):
    """Every accession on record, those under way first."""

    template_name = "accessions/list.html"
    is_list = True
    section = "accessions"

    @property
    def title(self) -> str:
        return _("Accessions to NATO")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.clock.record
        standings = record.standings(record.accessions, self.clock.as_of)
        order = list(AccessionStatus)
        rows = [_row(one, answer(one, self.names)) for one in standings.values()]
        rows.sort(key=lambda row: order_key(self.names[row["code"]]))
        groups = [(status, [row for row in rows if row["status"] is status]) for status in _groups(order)]
        told = [(status, found) for status, found in groups if found]
        return super().get_context_data(groups=told, counted=len(rows), **kwargs)


def _row(standing: AccessionStanding, told: str) -> dict[str, Any]:
    approved = standing.counts[Stage.APPROVED][Reached.REACHED]
    return {
        "code": standing.code,
        "status": standing.status,
        "standing": standing,
        "approved": approved,
        "answer": told,
    }


def _groups(order: list[AccessionStatus]) -> list[AccessionStatus]:
    """Ratification first, then the way back to the aspirants; members and withdrawn at the end."""
    first = [
        AccessionStatus.SIGNED,
        AccessionStatus.IN_FORCE,
        AccessionStatus.INVITED,
        AccessionStatus.APPLICANT,
        AccessionStatus.ASPIRANT,
    ]
    return [*first, *(one for one in order if one not in first)]


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
        code = self.canonical_code(self.kwargs["accession"], self.clock.record.accessions)
        self.at_its_address(self.address, accession=code)
        return code

    @cached_property
    def standings(self) -> dict[str, AccessionStanding]:
        """Where every accession stood on the day shown."""
        return self.clock.record.standings(self.clock.record.accessions, self.clock.as_of)

    @cached_property
    def standing(self) -> AccessionStanding:
        """Where this one stood."""
        return self.standings[self.code]

    @property
    def members(self) -> list[str]:
        """The members on the day shown, by code."""
        return [code for code, one in self.clock.record.memberships.items() if one.on(self.clock.as_of)]

    def concerned(self) -> QuerySet[Event]:
        return self.clock.record.events().filter(Q(accession=self.code) | Q(accession__isnull=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record, day, told = self.clock.record, self.clock.as_of, answer(self.standing, self.names)
        acts, context = split_by_part(list(events_by(record, day).filter(accession=self.code)))
        name = self.names[self.code]
        checked = last_checks(self.code) if self.clock.is_current else {}
        rows = ally_rows(self.standing, self.names, checked)
        return super().get_context_data(
            code=self.code,
            name=name,
            standing=self.standing,
            answer=told,
            counts=count_rows(self.standing),
            milestones=milestones_of(self.standing),
            waiting=waiting_for(record, self.standing, self.names),
            rows=rows,
            has_checks=any(row.last_checked_at for row in rows),
            map=draw_accession_map(self.standing, self.members, self.names, told),
            curve=draw_rounds(self.standings.values(), self.names, self.code, told) if rows else "",
            timeline=draw_timeline_of(acts, context, _("Timeline: %(state)s") % {"state": name}, told),
            act_count=len(acts),
            around_count=len(context),
            acts=self.with_sources(acts),
            around=self.with_sources(context),
            share_image=absolute("accession-share", self.clock, accession=self.code),
            embed=f"{settings.BASE_URL}{reverse('accession-embed', args=[self.code])}",
            badge=f"{settings.BASE_URL}{reverse('accession-badge', args=[self.code])}",
            badge_path=reverse("accession-badge", args=[self.code]),
            commitments=commitments_by(record, day, accession=self.code),
            changes=tell_all(changes_at(self.clock.edition, day, accession=self.code)[:_CHANGES_TOLD], self.names),
            **kwargs,
        )

    def with_sources(self, events: list[Event]) -> list[Event]:
        """The last of the events, newest first, with what a table shows of them. One query."""
        last = events[: -_EVENTS_TOLD - 1 : -1]
        prefetch_related_objects(last, citations_at(self.clock.edition))
        return last
