"""The envelope of every answer: the data, which edition and day they are of, and where to go on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from tracker.readmodel.clock import Clock
from tracker.readmodel.log.snapshot import meta

ROOT: Final = "/api/v1/"


def envelope(
    data: Any,
    clock: Clock,
    day: date | None,
    links: Mapping[str, str | None],
    later: Sequence[Any] | None = None,
    total: int | None = None,
) -> dict[str, Any]:
    """The data with what is needed to cite them and to ask for them again; what came after the day stands apart."""
    hindsight = {} if later is None else {"later": later}
    about = meta(day, clock.edition, clock.recorded_at, clock.root)
    counted = {} if total is None else {"total": total}
    return {"data": data, **hindsight, "meta": {**about, **counted}, "links": dict(links)}


def address(path: str, parameters: Mapping[str, object]) -> str:
    """The path with these parameters; those that are None are left out."""
    given = {name: value for name, value in parameters.items() if value is not None}
    bare, hash_sign, part = path.partition("#")
    return f"{bare}?{urlencode(given, safe=',:')}{hash_sign}{part}" if given else path
