"""The timeline of an accession: what moved it, and what happened around it."""

from collections.abc import Iterable, Sequence
from datetime import date

from babel.dates import get_month_names
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.domain.vocabulary import MILESTONE_OF
from tracker.language.words import labelled, locale_name, say_date
from tracker.pages.figures.timeline import Moment, TimelineWords, draw_timeline
from tracker.readmodel.events import EventOnDay


def draw_timeline_of(
    acts: Sequence[EventOnDay], context: Sequence[EventOnDay], day: date, title: str, desc: str
) -> SafeString:
    """Acts above the line, context below; the milestones are numbered and told beneath."""
    months = [get_month_names("abbreviated", locale=locale_name())[month] for month in range(1, 13)]
    words = TimelineWords(_("Procedure"), _("Related events"), months)
    return draw_timeline(list(_moments(acts, day)), list(_moments(context, day)), title, desc, words)


def _moments(events: Iterable[EventOnDay], day: date) -> Iterable[Moment]:
    for event in events:
        first = event.occurred.earliest
        if first:
            words = labelled(say_date(event.occurred), event.title)
            mark = f"{event.kind.label}, {say_date(event.occurred)}" if event.kind in MILESTONE_OF else ""
            yield Moment(first, min(event.occurred.latest or day, day), words, mark)
