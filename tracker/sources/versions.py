"""What a source said and what it says now under one name, set beside each other."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from tracker.sources.steady import steady

Said = Mapping[str, Any]

_TEXTS: Final = ("title", "summary")
_VALUES: Final = ("published", "date", "votes", "outcome")
# What one of two versions may leave untold.
_MAY_BE_UNTOLD: Final = frozenset({"published", "outcome"})


def changes(before: Said, now: Said, language: str) -> dict[str, tuple[Any, Any]]:
    """What the source says differently, by name, as it was and as it is; empty where it says the same.

    Times that go on by themselves and counters of readers are no difference, nor is a day of publication or an
    outcome that one of the two does not tell.
    """
    texts = {name: (before.get(name) or "", now.get(name) or "") for name in _TEXTS}
    values = {name: (before.get(name), now.get(name)) for name in _VALUES}
    changed: dict[str, tuple[Any, Any]] = {
        name: pair for name, pair in texts.items() if steady(pair[0], language) != steady(pair[1], language)
    }
    return changed | {name: pair for name, pair in values.items() if pair[0] != pair[1] and _counts(name, pair)}


def _counts(name: str, pair: tuple[Any, Any]) -> bool:
    return name not in _MAY_BE_UNTOLD or all(pair)


def digest(said: Said, language: str) -> str:
    """A short name of what is said, the same for two versions between which nothing has changed."""
    parts = [steady(said.get(name) or "", language) for name in _TEXTS], [said.get(name) for name in _VALUES]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def sentence(changed: Mapping[str, tuple[Any, Any]]) -> str:
    """What has changed, for a reviewer."""
    parts = [f"{name}: “{shown(was)}” → “{shown(now)}”" for name, (was, now) in changed.items()]
    return f"The source has changed what it says. {'; '.join(parts)}"


def shown(value: Any) -> str:
    """One thing that is said, as a line for a person."""
    if isinstance(value, Mapping):
        return ", ".join(f"{count} {name}" for name, count in value.items() if count is not None)
    return str(value) if value else "nothing"
