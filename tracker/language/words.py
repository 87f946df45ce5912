"""Numbers, days and lists as the active language writes them: what every sentence is made of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, reduce
from typing import Final

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tracker.domain.dates import PartialDate, Precision
from tracker.language.collation import codes_in_order
from tracker.language.grammar import as_subject, is_plural, language_of

# Which parts of a date are told; each language has its own order and endings for them.
_SKELETONS: Final = {Precision.MONTH: "yMMMM", Precision.YEAR: "y"}


def number_of(names: Sequence[str]) -> int:
    """How many the verb takes the names for; some languages treat the name of one state as many."""
    return 2 if len(names) == 1 and is_plural(names[0]) else len(names)


def after_signature(clause: str, days: int | None) -> str:
    """The clause with the days since signature, where they are known."""
    if days is None:
        return clause
    after = ngettext("%(count)s day after signature", "%(count)s days after signature", days)
    told = after % {"count": say_number(days)} if days else _("as of the day of signature")
    return _("%(told)s, %(after)s") % {"told": clause, "after": told}


def say_number(number: float) -> str:
    """The number with the separators of the language."""
    return format_decimal(number, locale=locale_name())


def say_days(days: int) -> str:
    """A number of days, in words and a figure."""
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": say_number(days)}


def name_allies(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """The states by name, as those who act, in the order of the language and joined as it joins a list."""
    return join([as_subject(names.get(code, code)) for code in codes_in_order(names, codes)])


def list_names(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """The bare names in the order of the alphabet, joined as the language joins a list."""
    return join([names.get(code, code) for code in codes_in_order(names, codes)])


def join(told: Sequence[str]) -> str:
    """The parts in the order given, joined as the language joins a list."""
    return format_list(told, locale=locale_name())


def labelled(name: str, told: str) -> str:
    """What is told, after what it is told of."""
    return _("%(name)s: %(told)s") % {"name": name, "told": told}


def in_turn(clauses: Iterable[str]) -> str:
    """The clauses, one at least, one after the other as the language sets them apart."""
    return reduce(lambda first, second: _("%(first)s; %(second)s") % {"first": first, "second": second}, clauses)


def say_date(occurred: PartialDate) -> str:
    """The date to the precision it is known, as the language writes it."""
    if occurred.earliest is None or occurred.latest is None:
        return _say_open(occurred.earliest, occurred.latest)
    if occurred.precision is Precision.DAY:
        return say_day(occurred.earliest)
    if occurred.precision in _SKELETONS:
        # A year that stands by itself has no full stop in Hungarian, whatever the locale data say.
        return format_skeleton(_SKELETONS[occurred.precision], occurred.earliest, locale=locale_name()).rstrip(".")
    return _("between %(earliest)s and %(latest)s") % {
        "earliest": say_day(occurred.earliest),
        "latest": say_day(occurred.latest),
    }


def say_day(day: date) -> str:
    """The day as the language writes it."""
    return _say_day(day, locale_name())


# A page names a hundred days, and to write one down by the locale data takes longer than its place in the page.
@lru_cache(maxsize=20_000)
def _say_day(day: date, locale: str) -> str:
    told = format_date(day, "long", locale=locale)
    if locale != "fr":
        return told
    # French keeps a figure with its unit, and counts the first of a month alone with an ordinal, which the locale
    # data have no pattern for.
    figure, month = told.split(" ", 1)
    return f"{'1er' if day.day == 1 else figure}\N{NO-BREAK SPACE}{month}"


def say_on_day(day: date) -> str:
    """The day as the language writes it where something happened on it."""
    ending = language_of().on_day(day.day)
    return say_day(day).rstrip(".") + ending if ending else say_day(day)


def _say_open(earliest: date | None, latest: date | None) -> str:
    if earliest is not None:
        return _("on or after %(date)s") % {"date": say_day(earliest)}
    return _("by %(date)s") % {"date": say_day(latest)} if latest else _("on an unknown day")


def locale_name() -> str:
    """The locale of the active language."""
    # NATO writes the day before the month.
    return {"en": "en_GB"}.get(language := get_language() or "en", language)
