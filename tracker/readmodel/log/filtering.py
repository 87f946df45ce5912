"""The filter language of the log: one set of words for pages, API, feeds, calendars, webhooks and mail.

A filter is written as the parameters of an address (`accession=SWE&ally=TUR,HUN&only=stages`). Several values of one
parameter are alternatives, several parameters must all hold, and an empty filter lets everything through.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from tracker.domain.dates import PartialDate
from tracker.domain.exceptions import BadParameter
from tracker.domain.vocabulary import EVIDENCE, ChangeType, EventKind, Origin, Stage
from tracker.language.names import fold
from tracker.models import Change
from tracker.models.changes import ChangeQuerySet

_MOST_VALUES: Final = 60
_LONGEST_TEXT: Final = 200

# What moves somebody on the way to membership; everything else is about it.
STAGE_TYPES: Final = frozenset(
    {
        ChangeType.ACCESSION_OPENED,
        ChangeType.ACCESSION_CHANGED,
        ChangeType.REQUIREMENT_ADDED,
        ChangeType.REQUIREMENT_REMOVED,
        ChangeType.STAGE_CHANGED,
    }
)


class Only(StrEnum):
    """To what a filter is narrowed beside its words."""

    STAGES = "stages"
    PLANS = "plans"
    ACTS = "acts"


@dataclass(frozen=True, slots=True)
class Topic:
    """What one entry of the log, or one event, is about, as far as a filter asks."""

    type: str = ""
    accession: str = ""
    ally: str = ""
    commitment: str = ""
    states: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    is_plan: bool = False
    is_minor: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What a reader of the log wants to be told. Empty means: of everything."""

    accession: tuple[str, ...] = ()
    ally: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    commitment: tuple[str, ...] = ()
    only: str = ""
    # Small repairs, which are left out unless they are asked for.
    minor: bool = False
    q: str = ""
    _words: tuple[str, ...] = field(init=False, default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", tuple(fold(self.q).split()))

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> Self:
        """The filter that the parameters ask for; others among them are not looked at. Raises `BadParameter`."""
        given = {name: parameters[name] for name in PARAMETERS if parameters.get(name)}
        return cls(**{name: _READ[name](name, value) for name, value in given.items()})

    @property
    def query(self) -> str:
        """The filter as it stands in an address; `read` gives it back equal."""
        return urlencode({name: value for name in PARAMETERS if (value := _write(getattr(self, name)))}, safe=",")

    def lets_through(self, topic: Topic) -> bool:
        """Whether a reader with this filter is told of the topic."""
        return all(test(self, topic) for test in _TESTS)

    def narrow(self, entries: ChangeQuerySet) -> ChangeQuerySet:
        """The entries among which all that the filter lets through are; the database leaves out most of the others."""
        columns = {"accession": self.accession, "ally": self.ally, "type": self.type, "commitment": self.commitment}
        wanted = {f"{column}__in": values for column, values in columns.items() if values}
        narrowed = entries.filter(**wanted)
        if self.kind:
            narrowed = narrowed.filter(type__startswith="event.")
        return narrowed.filter(type__in=STAGE_TYPES) if self.only == Only.STAGES else narrowed


PARAMETERS: Final = tuple(one.name for one in fields(LogFilter) if one.init)


def topic_of(change: Change) -> Topic:
    """What an entry is about."""
    payload = change.payload
    events = [one for one in (payload.get(name) for name in ("event", "now", "was")) if isinstance(one, Mapping)]
    kinds = frozenset(str(one["kind"]) for one in events if "kind" in one)
    return Topic(
        type=change.type,
        accession=change.accession,
        ally=change.ally,
        commitment=change.commitment,
        states=frozenset(_states_in(change, payload)),
        kinds=kinds,
        stages=_stages_of(kinds) | _moved(change),
        is_plan=any(event.get("planned") for event in events) or _is_ahead(change.earliest, change.recorded_at.date()),
        # Shipped facts carry no mark of an editor, and are no repairs.
        is_minor=not change.notify and change.origin != Origin.DATASET,
        text=fold(" ".join(_texts_in(change, payload))),
    )


# Where documents of the log name parties: one, or a list of them.
_ONE_STATE: Final = ("accession", "actor", "by", "code", "ally")
_MANY_STATES: Final = ("with", "also", "asked_by", "owed_by")


def _states_in(change: Change, payload: Mapping[str, Any]) -> set[str]:
    codes = {change.accession, change.ally}
    for name in ("event", "now", "was", "assessment", "commitment", "party", "procedure"):
        document = payload.get(name)
        if isinstance(document, Mapping):
            codes |= _codes_in(document)
    return codes - {""}


def _codes_in(document: Mapping[str, Any]) -> set[str]:
    """The parties that a document of the log, or an event of the folded record, names in any part."""
    codes = {str(document[key]) for key in _ONE_STATE if document.get(key)}
    return codes.union(*(document.get(key) or () for key in _MANY_STATES))


def _moved(change: Change) -> frozenset[str]:
    if change.type != ChangeType.STAGE_CHANGED:
        return frozenset()
    return frozenset(str(change.payload[name]) for name in ("to", "moved") if change.payload.get(name))


def _stages_of(kinds: frozenset[str]) -> frozenset[str]:
    known = set(EventKind.values)
    return frozenset(EVIDENCE[EventKind(kind)].value for kind in kinds & known if EventKind(kind) in EVIDENCE)


def _is_ahead(earliest: date | None, recorded: date) -> bool:
    return earliest is not None and earliest > recorded


def _texts_in(change: Change, payload: Mapping[str, Any]) -> list[str]:
    texts = [change.note, change.event, change.commitment, *_states_in(change, payload)]
    for name in ("event", "now", "was", "assessment", "commitment"):
        document = payload.get(name)
        if isinstance(document, Mapping):
            texts += [str(document[key]) for key in ("title", "detail", "office", "note") if document.get(key)]
    return texts


def _among(name: str, topic_name: str = "") -> Callable[[LogFilter, Topic], bool]:
    def test(wanted: LogFilter, topic: Topic) -> bool:
        values = getattr(wanted, name)
        return not values or getattr(topic, topic_name or name) in values

    return test


def _sharing(name: str, topic_name: str) -> Callable[[LogFilter, Topic], bool]:
    def test(wanted: LogFilter, topic: Topic) -> bool:
        values = getattr(wanted, name)
        return not values or not getattr(topic, topic_name).isdisjoint(values)

    return test


def _fits_only(wanted: LogFilter, topic: Topic) -> bool:
    if wanted.only == Only.STAGES:
        return topic.type in STAGE_TYPES
    return not wanted.only or topic.is_plan is (wanted.only == Only.PLANS)


_TESTS: Final[tuple[Callable[[LogFilter, Topic], bool], ...]] = (
    _among("accession"),
    _among("ally"),
    _among("type"),
    _among("commitment"),
    _sharing("state", "states"),
    _sharing("kind", "kinds"),
    _sharing("stage", "stages"),
    _fits_only,
    lambda wanted, topic: wanted.minor or not topic.is_minor,
    lambda wanted, topic: all(word in topic.text for word in wanted._words),
)


def _read_codes(name: str, text: str) -> tuple[str, ...]:
    codes = _split(name, text.upper())
    for code in codes:
        if not (code.isascii() and code.isalpha() and 2 <= len(code) <= 8):
            raise BadParameter(name, text, _("it is a code of three letters such as TUR, or several with commas"))
    return codes


def _read_keys(name: str, text: str) -> tuple[str, ...]:
    keys = _split(name, text)
    if not all(key.isascii() and key.replace("-", "").isalnum() and len(key) <= 160 for key in keys):
        raise BadParameter(name, text, _("it is the key of a commitment, as in its address"))
    return keys


def _read_of(choices: type[Any]) -> Callable[[str, str], tuple[str, ...]]:
    def read(name: str, text: str) -> tuple[str, ...]:
        values = _split(name, text)
        known = [one.value for one in choices]
        if not set(values) <= set(known):
            raise BadParameter(name, text, _("it is one of %(choices)s") % {"choices": ", ".join(known)})
        return values

    return read


def _read_flag(name: str, text: str) -> bool:
    if text not in ("true", "false"):
        raise BadParameter(name, text, _("write true or false"))
    return text == "true"


def _read_text(name: str, text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise BadParameter(name, text, _("at most %(count)d letters are searched for") % {"count": _LONGEST_TEXT})
    return " ".join(text.replace("\0", " ").split())


def _split(name: str, text: str) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value.strip() for value in text.split(",") if value.strip()))
    if len(values) > _MOST_VALUES:
        raise BadParameter(name, text, _("at most %(count)d values are asked for at a time") % {"count": _MOST_VALUES})
    return values


_READ: Final[Mapping[str, Callable[[str, str], Any]]] = {
    "accession": _read_codes,
    "ally": _read_codes,
    "state": _read_codes,
    "type": _read_of(ChangeType),
    "kind": _read_of(EventKind),
    "stage": _read_of(Stage),
    "commitment": _read_keys,
    "only": lambda name, text: next(iter(_read_of(Only)(name, text)), ""),
    "minor": _read_flag,
    "q": _read_text,
}


def _write(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return "true" if value is True else str(value or "")


def topic_of_event(event: Mapping[str, Any], occurred: PartialDate, today: date) -> Topic:
    """What an event of the folded record is about; one that lies after today is a plan."""
    kinds = frozenset({str(event["kind"])})
    codes = _codes_in(event)
    texts = (event.get("title"), event.get("detail"), event.get("office"), event["key"], *codes)
    return Topic(
        type=ChangeType.EVENT_RECORDED,
        accession=event.get("accession") or "",
        ally=event["actor"],
        states=frozenset(codes),
        kinds=kinds,
        stages=_stages_of(kinds),
        is_plan=bool(event.get("planned")) or _is_ahead(occurred.earliest, today),
        text=fold(" ".join(str(text) for text in texts if text)),
    )
