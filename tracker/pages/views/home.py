"""The first page: the alliance on that day, what is under way, and what has changed."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import AccessionStatus
from tracker.language.collation import codes_in_order
from tracker.language.sentences import answer
from tracker.operations.health import recent_freshness
from tracker.pages.context import absolute
from tracker.pages.drawings.maps import draw_alliance_map
from tracker.pages.page import Page
from tracker.pages.views.rows import count_rows, say_freshness, say_members
from tracker.readmodel.answers.ways import STEPS, late, newest, on_this_day, plans_ahead, way_of

_EVENTS_SHOWN = 5
_REMEMBERED = 3
_UNDER_WAY = (AccessionStatus.SIGNED, AccessionStatus.IN_FORCE, AccessionStatus.INVITED, AccessionStatus.APPLICANT)


class Home(Page):
    """The alliance on the day shown."""

    template_name = "home.html"

    @property
    def title(self) -> str:
        return _("NATO accessions: who is in, who is on the way")

    @cached_property
    def standings(self) -> dict[str, AccessionStanding]:
        """Where every accession stood on the day shown."""
        return self.record.standings(self.clock.as_of)

    @cached_property
    def members(self) -> list[str]:
        """The members on the day shown, by code."""
        return self.record.members(self.clock.as_of)

    @property
    def under_way(self) -> list[AccessionStanding]:
        """The accessions that wait for somebody, the furthest first."""
        standings = self.standings.values()
        return [standing for status in _UNDER_WAY for standing in standings if standing.status is status]

    def tell_answers(self) -> list[str]:
        """How many members there are, and a sentence on every accession under way."""
        return [say_members(len(self.members)), *(answer(standing, self.names) for standing in self.under_way)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on_members, *others = self.tell_answers()
        statuses = self.statuses
        rows = [
            {"standing": standing, "answer": sentence, "counts": count_rows(standing), "next": self._next(standing)}
            for standing, sentence in zip(self.under_way, others, strict=True)
        ]
        fresh = recent_freshness(timezone.now()) if self.clock.is_today else None
        day, events = self.clock.as_of, self.record.events
        last = newest(events, day, _EVENTS_SHOWN)
        return super().get_context_data(
            members=self.members,
            answer=" ".join([on_members, *others]),
            members_told=on_members,
            under_way=rows,
            aspirants=[code for code, status in statuses.items() if status is AccessionStatus.ASPIRANT],
            map=draw_alliance_map(self.members, statuses, self.names, on_members, self.clock.as_of),
            plans=plans_ahead(self.record, [standing.code for standing in self.under_way], day),
            member_rows=self._member_rows(),
            last_events=last,
            late=late(self.record, last),
            this_day=on_this_day(events, day, _REMEMBERED),
            ways=[way_of(self.record, code, day) for code in codes_in_order(self.names, self._on_the_way(statuses))],
            steps=STEPS,
            freshness=say_freshness(fresh) if fresh else "",
            fresh_at=fresh.at if fresh else None,
            share_image=absolute("home-share", self.clock),
            **kwargs,
        )

    def _member_rows(self) -> list[dict[str, Any]]:
        """The members by name, each with the day since which it has been one."""
        memberships = self.record.memberships
        return [
            {"code": code, "name": self.names[code], "membership": memberships[code]}
            for code in codes_in_order(self.names, self.members)
        ]

    @property
    def statuses(self) -> dict[str, AccessionStatus]:
        """What each accession that was on record had come to."""
        return {code: standing.status for code, standing in self.standings.items() if standing.is_on_record}

    def _on_the_way(self, statuses: Mapping[str, AccessionStatus]) -> list[str]:
        return [code for code, status in statuses.items() if status in (AccessionStatus.ASPIRANT, *_UNDER_WAY)]

    def _next(self, standing: AccessionStanding) -> str:
        """What can come next for an accession, whatever the day."""
        following = _NEXT.get(standing.status)
        return str(following) if following else ""


# What the treaty and the practice of the Council have come next after each status.
_NEXT: Final[Mapping[AccessionStatus, Any]] = {
    AccessionStatus.APPLICANT: gettext_lazy("an invitation by the North Atlantic Council, by consensus"),
    AccessionStatus.INVITED: gettext_lazy("accession talks, a letter of intent, and the signature of a protocol"),
    AccessionStatus.SIGNED: gettext_lazy("the acceptance of every ally, notified to the depositary"),
    AccessionStatus.IN_FORCE: gettext_lazy("the deposit of the instrument of accession"),
}
