"""The maps: one accession ally by ally, and the alliance as a whole."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.domain.standing import AccessionStanding, RatificationStanding
from tracker.domain.vocabulary import AccessionStatus, Reached, Stage
from tracker.language.grammar import capitalised
from tracker.language.words import labelled
from tracker.pages.figures.looks import Look
from tracker.pages.figures.map import LegendEntry, MapMark, draw_map, load_shapes

# More names than this would cover the map.
_LABELS: Final = 5
# The day on which the newest of the borders that the map shows came about: Kosovo's.
_NEWEST_BORDER: Final = date(2008, 2, 17)

_STATUS_LOOK: Final = {
    AccessionStatus.ASPIRANT: Look.ASPIRANT,
    AccessionStatus.APPLICANT: Look.APPLICANT,
    AccessionStatus.INVITED: Look.INVITED,
    AccessionStatus.SIGNED: Look.INVITED,
    AccessionStatus.IN_FORCE: Look.INVITED,
    AccessionStatus.MEMBER: Look.MEMBER,
    AccessionStatus.WITHDRAWN: Look.WITHDRAWN,
}


def look_of(standing: RatificationStanding) -> Look:
    """The look of one ally: its stage, or unknown where its approval is."""
    return Look.UNKNOWN if standing.approval is Reached.UNKNOWN else Look(standing.stage.value)


def word_of(look: Look) -> str:
    """The words for the look of an ally."""
    if look is Look.UNKNOWN:
        return _("Approval unknown")
    return str(Stage(look.value).label)


def accession_looks(standing: AccessionStanding, members: Iterable[str]) -> dict[str, Look]:
    """The look of every required ally, before there are any of every member, and of the applicant."""
    looks = {one.ally: look_of(one) for one in standing.required} or dict.fromkeys(members, Look.MEMBER)
    return {**looks, standing.code: _STATUS_LOOK[standing.status]} if standing.is_on_record else looks


def alliance_looks(members: Iterable[str], statuses: Mapping[str, AccessionStatus]) -> dict[str, Look]:
    """The look of every member, and of who is on the way in."""
    others = {code: _STATUS_LOOK[status] for code, status in statuses.items()}
    return {**others, **dict.fromkeys(members, Look.MEMBER)}


def draw_accession_map(
    standing: AccessionStanding, members: Iterable[str], names: Mapping[str, str], answer: str
) -> SafeString:
    """Every required ally in the look of its stage, and the applicant; before a protocol is signed, the members."""
    looks = {one.ally: look_of(one) for one in standing.required}
    written = standing.pending if len(standing.pending) <= _LABELS else ()
    states = {
        code: MapMark(look, labelled(names[code], word_of(look)), names[code] if code in written else "")
        for code, look in looks.items()
    }
    applicant, waiting = names[standing.code], [] if standing.required else list(members)
    states |= {code: _member(code, names) for code in waiting}
    entries = [LegendEntry(Look.MEMBER, _("Member"), len(waiting))] if waiting else _legend(looks.values())
    legend = entries
    if standing.is_on_record:
        look, word = _STATUS_LOOK[standing.status], str(standing.status.label)
        states[standing.code] = MapMark(look, labelled(applicant, word), capitalised(applicant))
        legend = [*entries, LegendEntry(look, word)]
    title = _("Map of the allies by stage: %(state)s") % {"state": applicant}
    return draw_map(load_shapes(), states, title, answer, legend, note=_say_borders(standing.as_of))


def _legend(looks: Iterable[Look]) -> list[LegendEntry]:
    counted = Counter(looks)
    order = [*(Look(stage.value) for stage in reversed(Stage)), Look.UNKNOWN]
    return [LegendEntry(look, word_of(look), counted[look]) for look in order if counted[look]]


def _member(code: str, names: Mapping[str, str]) -> MapMark:
    return MapMark(Look.MEMBER, _("%(state)s: member") % {"state": names[code]})


def draw_alliance_map(
    members: Iterable[str], statuses: Mapping[str, AccessionStatus], names: Mapping[str, str], answer: str, day: date
) -> SafeString:
    """The members, and who is on the way in."""
    states = {code: _member(code, names) for code in members}
    for code, look in alliance_looks((), statuses).items():
        if code not in states:
            states[code] = MapMark(look, labelled(names[code], str(statuses[code].label)), capitalised(names[code]))
    legend = _alliance_legend(states.values())
    return draw_map(load_shapes(), states, _("Map of the alliance"), answer, legend, note=_say_borders(day))


def _say_borders(day: date) -> str:
    """That the map is of another time than the day shown, if a border on it is newer."""
    return _("The map has the borders of today, whatever day is shown.") if day < _NEWEST_BORDER else ""


def _alliance_legend(marks: Iterable[MapMark]) -> list[LegendEntry]:
    counted = Counter(one.look for one in marks)
    words = {
        Look.MEMBER: _("Member"),
        Look.INVITED: _("Invited or protocol signed"),
        Look.APPLICANT: _("Applicant"),
        Look.ASPIRANT: _("Aspirant"),
        Look.WITHDRAWN: _("Withdrawn"),
    }
    return [LegendEntry(look, word, counted[look]) for look, word in words.items() if counted[look]]
