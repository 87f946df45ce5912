"""A filter in a few words of the reader's language: what a feed is called, and what a mail says it is about."""

from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.domain.vocabulary import ChangeType, EventKind, Stage
from tracker.readmodel.clock import Clock
from tracker.readmodel.log.filtering import LogFilter, Only


def describe(wanted: LogFilter, clock: Clock) -> str:
    """What the filter lets through: `Sweden · Hungary · Parliament approved`."""
    names = clock.record.names_in(get_language() or "en", clock.today)
    states = (wanted.accession, wanted.ally, wanted.state)
    parts = [_joined(codes, lambda code: names.get(code, code)) for codes in states]
    parts += [_joined(wanted.commitment, lambda key: _title(key, clock))]
    parts += [
        _joined(wanted.type, lambda value: str(ChangeType(value).label)),
        _joined(wanted.kind, lambda value: str(EventKind(value).label)),
        _joined(wanted.stage, lambda value: str(Stage(value).label)),
    ]
    parts += [only_labels()[Only(wanted.only)] if wanted.only else "", f"“{wanted.q}”" if wanted.q else ""]
    parts += [_("small repairs too") if wanted.minor else ""]
    return " · ".join(filter(None, parts)) or _("all changes")


def only_labels() -> Mapping[Only, str]:
    """What nothing but a part of the log is called."""
    return {Only.STAGES: _("Changes of stage"), Only.PLANS: _("Plans"), Only.ACTS: _("Acts")}


def _joined(values: Sequence[str], say: Callable[[str], str]) -> str:
    return ", ".join(map(say, values))


def _title(key: str, clock: Clock) -> str:
    """What the commitment is, in a line; its key where nothing of the sort is on record."""
    for commitment in clock.record.commitments:
        if commitment.key == key and commitment.exists_by(clock.today):
            return commitment.on(clock.today).title or key
    return key
