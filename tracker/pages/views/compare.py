"""Rounds on one scale: days to each stage, the curve, the medians."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.domain.exceptions import BadParameter
from tracker.domain.standing import AccessionStanding
from tracker.domain.vocabulary import AccessionStatus
from tracker.language.bounds import say_span
from tracker.language.words import list_names, say_days
from tracker.pages.drawings.curves import draw_rounds
from tracker.pages.drawings.days import draw_days_by_ally, draw_days_by_end
from tracker.pages.page import Page
from tracker.readmodel.rounds import Place, RoundFigures, figures_of, places_of, signed_rounds


class Compare(Page):
    """Every round on one scale, one of them in front."""

    template_name = "compare.html"
    is_list = True
    section = "compare"

    @property
    def title(self) -> str:
        return _("Accessions compared")

    @cached_property
    def rounds(self) -> list[AccessionStanding]:
        """The rounds signed by the day shown, newest first."""
        return signed_rounds(self.record.standings(self.clock.as_of).values())

    @cached_property
    def current(self) -> str:
        """The round in front: the one asked for, else the newest under way, or of all. Raises `BadParameter`."""
        codes = [standing.code for standing in self.rounds]
        asked = self.request.GET.get("accession", "").upper()
        if asked and asked not in self.record.accessions:
            raise BadParameter("accession", asked, _("it is a code such as SWE"))
        if asked in codes:
            return asked
        under_way = (one.code for one in self.rounds if one.status is AccessionStatus.SIGNED)
        return next(under_way, codes[0] if codes else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figures = [figures_of(standing) for standing in self.rounds]
        choices = {standing.code: self.names[standing.code] for standing in self.rounds}
        sentence = self.say_fastest(figures)
        places = places_of(figures)
        return super().get_context_data(
            answer=sentence,
            rounds=[(one, places.get(one.standing.code)) for one in figures],
            place=self.say_place(places.get(self.current)),
            ends=draw_days_by_end(figures, self.names, self.current),
            curve=draw_rounds(self.rounds, self.names, self.current, sentence),
            days=draw_days_by_ally(self.rounds, self.names, self.current),
            current=self.current,
            filters=[("accession", _("Highlighted accession"), choices, self.current)],
            **kwargs,
        )

    def say_place(self, place: Place | None) -> str:
        """Where the round in front stands among the others; nothing where there is none."""
        if place is None or not place.others:
            return ""
        return _(
            "%(state)s, day %(day)s after signature: of %(others)s other accessions, every ally had approved by that "
            "day in %(count)s."
        ) % {
            "state": self.names[self.current],
            "day": place.day,
            "others": place.others,
            "count": say_span(place.others_complete),
        }

    def say_fastest(self, rounds: list[RoundFigures]) -> str:
        """Which round took the fewest and which the most days from signature to entry into force."""
        days = {one.standing.code: one.to_force.exact for one in rounds if one.to_force}
        ended = {code: count for code, count in days.items() if count is not None}
        if not ended:
            return _("No protocol had entered into force by that day.")
        fewest, most = min(ended.values()), max(ended.values())
        return _(
            "From signature to entry into force it took between %(fewest)s (%(fastest)s) and %(most)s (%(slowest)s)."
        ) % {
            "fewest": say_days(fewest),
            "fastest": list_names([code for code, count in ended.items() if count == fewest], self.names),
            "most": say_days(most),
            "slowest": list_names([code for code, count in ended.items() if count == most], self.names),
        }
