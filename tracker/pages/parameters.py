"""Parameters of an address: read, or refused with what would be right."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tracker.domain.exceptions import BadParameter

_LARGEST = 10_000


def read_choices(parameters: Mapping[str, str], choices: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The choices that were made. Raises `BadParameter` for one that there is not."""
    asked = {name: value for name in choices if (value := parameters.get(name, ""))}
    for name, value in asked.items():
        if value not in choices[name]:
            raise BadParameter(name, value, _("it is one of %(choices)s") % {"choices": ", ".join(choices[name])})
    return asked


def read_count(parameters: Mapping[str, str], name: str, default: int) -> int:
    """A number from one on. Raises `BadParameter`."""
    text = parameters.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= _LARGEST and len(text) <= 9):
        raise BadParameter(name, text, _("it is a number from 1 to %(largest)d") % {"largest": _LARGEST})
    return int(text)


def read_position(parameters: Mapping[str, str], name: str) -> int | None:
    """A position of the log, or the number of a correction; None where none is given. Raises `BadParameter`."""
    text = parameters.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise BadParameter(name, text, _("it is a position of the log, such as 100"))
    return int(text)
