"""What templates need beyond `if` and `for`: dates in words, addresses that keep the day, marks."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from babel import Locale
from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from tracker.domain.dates import PartialDate, Precision
from tracker.domain.fact_base import Differing
from tracker.domain.facts import SpeakerFact
from tracker.domain.standing import StageOnDay
from tracker.domain.statistics import Figure, Rank, Span
from tracker.domain.vocabulary import Claim, Reached, SourceClass
from tracker.language.bounds import say_figure, say_rank, say_span
from tracker.language.collation import codes_in_order
from tracker.language.commitments import say_ago, say_speaker
from tracker.language.grammar import inside
from tracker.language.offices import say_office
from tracker.language.words import in_turn, labelled, list_names, locale_name, say_date, say_day, say_number
from tracker.pages.figures.looks import Look, draw_mark

register = template.Library()

# The fields on which sources differ most, in words; of the others the word stands as it was entered.
_FIELDS: Final = {
    "date": gettext_lazy("Date"),
    "yes": gettext_lazy("For"),
    "no": gettext_lazy("Against"),
    "abstain": gettext_lazy("Abstained"),
    "kind": gettext_lazy("Kind"),
    "title": gettext_lazy("Event"),
}
_COUNTED: Final = frozenset({"yes", "no", "abstain"})


@register.simple_tag(takes_context=True)
def link(context: Context, view: str, *arguments: Any) -> str:
    """The address of a page at the day and the edition that this page shows."""
    clock = context.get("clock")
    address = reverse(view, args=arguments)
    return f"{address}?{urlencode(clock.query)}" if clock and clock.query else address


@register.filter
def when(occurred: PartialDate | None) -> str:
    """The date in words, readable for programs where it is one day, month or year."""
    if occurred is None:
        return ""
    if occurred.precision is Precision.INTERVAL:
        return say_date(occurred)
    return format_html('<time datetime="{}">{}</time>', str(occurred), say_date(occurred))


@register.filter
def day(value: date | None) -> str:
    """The day in words, readable for programs."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), say_day(value)) if value else ""


@register.filter
def name_in(code: str, names: dict[str, str]) -> str:
    """The name of a party."""
    return names.get(code, code)


@register.filter
def speaker(value: SpeakerFact, names: dict[str, str]) -> str:
    """Who speaks, as what, and by whom it is told."""
    return say_speaker(value, names)


@register.filter
def ago(occurred: PartialDate, shown: date) -> str:
    """How long before the day shown it was said."""
    return say_ago(occurred, shown)


@register.filter
def office(text: str) -> str:
    """An office, a chamber or a majority in the reader's language; what is English there says so."""
    words, language = say_office(str(text or ""))
    if language == (get_language() or "en"):
        return words
    return format_html('<span lang="{}">{}</span>', language, words)


@register.filter
def once(conflicts: Iterable[Differing]) -> list[Differing]:
    """The conflicts, each that says the same thing of the same source once."""
    return list({(one.field, one.value, one.url): one for one in conflicts}.values())


@register.filter
def conflict(one: Differing) -> SafeString:
    """What another source says, in the reader's language where there are words for it, else marked as English."""
    label = _FIELDS.get(one.field)
    if label is None:
        return format_html('<span lang="en">{}: {}</span>', one.field, one.value)
    if one.field in _COUNTED:
        return format_html(labelled("{}", "{}"), label, one.value)
    told = _told_date(one.value) if one.field == "date" else ""
    return format_html(labelled("{}", "{}"), label, told or format_html('<span lang="en">{}</span>', one.value))


def _told_date(text: str) -> str:
    """The date in words; nothing where a source says something else than a date."""
    try:
        return when(PartialDate.parse(text))
    except ValueError:
        return ""


@register.filter
def small(phrase: object) -> str:
    """The phrase with a small letter, for after a colon."""
    return inside(str(phrase))


@register.filter
def names_in(codes: list[str], names: dict[str, str]) -> str:
    """The names of several parties, as the language joins a list."""
    return list_names(codes, names)


@register.filter
def place(rank: Rank, others: int) -> str:
    """A place among so many others, or the places between which it lies."""
    return say_rank(rank, others + 1)


@register.filter
def by_name(codes: Iterable[str], names: dict[str, str]) -> list[str]:
    """The codes in the order of their names."""
    return codes_in_order(names, codes)


@register.filter
def labels_in_turn(choices: Iterable[Any]) -> str:
    """The words for the choices, one at least, as the language sets them apart."""
    return in_turn(str(one.label) for one in choices)


@register.filter
def number(value: int) -> str:
    """The number with the separators of the language; not for what is a name, such as an edition."""
    return say_number(value)


@register.filter
def language_name(code: str) -> str:
    """What the reader's language calls that language."""
    return Locale(code).get_display_name(locale_name()) or code


@register.filter
def date_text(text: str) -> str:
    """A date that a source gives, in words."""
    return when(PartialDate.parse(text))


@register.filter
def class_label(value: str) -> str:
    """Who publishes a source, in words."""
    return str(SourceClass(value).label)


@register.filter
def claim_label(value: str) -> str:
    """What a party says of a commitment, in words."""
    return str(Claim(value).label)


@register.filter
def host(address: str) -> str:
    """The host that an address leads to."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


@register.filter
def mark(look: str) -> SafeString:
    """The sign that stands before the word for a stage."""
    return draw_mark(Look(look))


@register.filter
def figure(value: Figure | None) -> str:
    """A number over allies, or its bounds."""
    return say_figure(value)


@register.filter
def span(value: Span | None) -> str:
    """A number of days, or its bounds."""
    return say_span(value)


@register.inclusion_tag("_stage_date.html", takes_context=True)
def stage_date(context: Context, shown: StageOnDay) -> dict[str, Any]:
    """When a stage was reached as of the day shown; inferred, unknown and not yet are said in words."""
    return {
        "clock": context["clock"],
        "shown": shown,
        "is_reached": shown.state is Reached.REACHED,
        "is_unknown": shown.state is Reached.UNKNOWN,
        "is_on_record": shown.state is not Reached.NOT_ON_RECORD,
        "key": shown.evidence[0] if shown.evidence else "",
    }
