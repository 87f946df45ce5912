"""What a header likes best: `Accept` and `Accept-Encoding` list choices with weights (RFC 9110, section 12.4)."""

import re
from collections.abc import Sequence
from typing import Final

_WEIGHT: Final = re.compile(r"\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*", re.IGNORECASE)


def weights_in(header: str) -> dict[str, float]:
    """The choices in the header with their weights, in small letters and without other attributes."""
    found: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *attributes = part.split(";")
        if name := name.strip():
            found[name] = max(found.get(name, 0.0), _weight(attributes))
    return found


def _weight(attributes: Sequence[str]) -> float:
    weights = (float(told[1]) for one in attributes if (told := _WEIGHT.fullmatch(one)))
    return next(weights, 1.0)


def best_of(header: str, offered: Sequence[str]) -> str:
    """The offer that the header likes best, of equals the one offered first; empty where it takes none of them.

    A header that says nothing takes anything.
    """
    weights = weights_in(header) or {"*/*": 1.0}
    liked = {name: _liking(name, weights) for name in offered}
    best = max(liked.values(), default=0.0)
    return next((name for name, weight in liked.items() if weight == best and best > 0), "")


def _liking(name: str, weights: dict[str, float]) -> float:
    """How the header likes one offer: as the most exact of what it says."""
    ranges = (name, f"{name.partition('/')[0]}/*", "*/*", "*")
    return next((weights[one] for one in ranges if one in weights), 0.0)
