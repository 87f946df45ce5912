"""The filter of the log, put together by choosing: on the page of the log, to subscribe, to change a subscription."""

from collections.abc import Container, Mapping
from typing import NamedTuple

from django.utils.translation import get_language, gettext

from tracker.channels.describing import only_labels
from tracker.domain.vocabulary import ChangeType, EventKind, Stage
from tracker.language.collation import codes_in_order
from tracker.readmodel.clock import Clock
from tracker.readmodel.log.filtering import LogFilter


class Choice(NamedTuple):
    """One thing to choose: the parameter, what it is called, the values with their words, and what was chosen."""

    name: str
    label: str
    words: Mapping[str, str]
    chosen: str


def filter_choices(names: Mapping[str, str], accessions: Container[str], chosen: Mapping[str, str]) -> list[Choice]:
    """What the filter of the log can be set to by choosing."""
    states = {code: names[code] for code in codes_in_order(names)}
    only = {value.value: label for value, label in only_labels().items()}
    tables: list[tuple[str, str, dict[str, str]]] = [
        ("accession", gettext("Accession"), {code: name for code, name in states.items() if code in accessions}),
        ("ally", gettext("Who acts"), states),
        ("stage", gettext("Stage"), {stage.value: str(stage.label) for stage in Stage}),
        ("kind", gettext("Kind of act"), {kind.value: str(kind.label) for kind in EventKind}),
        ("type", gettext("Type of entry"), {type_.value: str(type_.label) for type_ in ChangeType}),
        ("only", gettext("Nothing but"), only),
    ]
    return [Choice(name, label, words, chosen.get(name, "")) for name, label, words in tables]


def filter_fields(clock: Clock, wanted: LogFilter) -> list[Choice]:
    """Everything that a subscription can be set to, with what it is set to, also where that is several values."""
    names = clock.record.names_in(get_language() or "en", clock.as_of)
    chosen = {
        name: ",".join(getattr(wanted, name))
        for name in ("accession", "ally", "state", "stage", "kind", "type", "commitment")
    }
    chosen |= {"only": wanted.only, "minor": "true" if wanted.minor else ""}
    states = {code: names[code] for code in codes_in_order(names)}
    commitments = {
        commitment.key: commitment.on(clock.as_of).title
        for commitment in clock.record.commitments
        if commitment.exists_by(clock.as_of)
    }
    choices = [
        *filter_choices(names, clock.record.accessions, chosen),
        Choice("state", gettext("Whom it concerns"), states, chosen["state"]),
        Choice("commitment", gettext("Commitment"), commitments, chosen["commitment"]),
        Choice("minor", gettext("Small repairs too"), {"true": gettext("Yes")}, chosen["minor"]),
    ]
    return [choice._replace(words=_with_several(choice)) for choice in choices]


def _with_several(choice: Choice) -> Mapping[str, str]:
    """The words, with the values that were chosen together as one more choice: an address may name several."""
    if "," not in choice.chosen:
        return choice.words
    parts = choice.chosen.split(",")
    return {choice.chosen: ", ".join(choice.words.get(part, part) for part in parts), **choice.words}
