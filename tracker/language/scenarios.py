"""What a scenario comes to, in one sentence that says that it is one."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.standing.scenario import Scenario
from tracker.language.words import name_allies, number_of, say_day

# More names than this are counted and not told one by one.
_NAMES_TOLD: Final = 5


def say_scenario(scenario: Scenario, names: Mapping[str, str]) -> str:
    """Who would still be missing, or from which day on nobody would. It never says how likely that is."""
    if not scenario.acting:
        return _("Scenario: no ally has been chosen to act.")
    words = {"acting": name_allies([one.ally for one in scenario.acting], names)}
    if scenario.missing:
        return _still_missing(scenario.missing, names) % words
    if scenario.complete is None:
        return _("Scenario: if %(acting)s acted, no ally would be missing; the days cannot be told.") % words
    words["day"] = say_day(scenario.complete)
    return _("Scenario: if %(acting)s acted as early as possible, no ally would be missing from %(day)s on.") % words


def _still_missing(codes: tuple[str, ...], names: Mapping[str, str]) -> str:
    """The sentence on the allies that would not have acted, but for those that would."""
    words = {"acting": "%(acting)s", "names": name_allies(codes, names), "count": len(codes)}
    if len(codes) > _NAMES_TOLD:
        pattern = ngettext(
            "Scenario: if %(acting)s acted as early as possible, %(count)s ally would still be missing.",
            "Scenario: if %(acting)s acted as early as possible, %(count)s allies would still be missing.",
            len(codes),
        )
        return pattern % words
    pattern = ngettext(
        "Scenario: if %(acting)s acted as early as possible, %(names)s would still be missing.",
        "Scenario: if %(acting)s acted as early as possible, %(names)s would still be missing.",
        number_of([names.get(code, code) for code in codes]),
    )
    return pattern % words
