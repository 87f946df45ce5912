"""Who publishes at which host, as far as the shipped sources and procedures show it."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from tracker.domain.vocabulary import SourceClass
from tracker.exchange.dataset.files import SHIPPED


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes, and how near to the act it is."""

    name: str
    source_class: SourceClass


def publisher_of(address: str) -> Publisher | None:
    """Who publishes at the address, by its host or the nearest host above it; None where we do not know."""
    try:
        host = _host(address)
    except ValueError:
        return None
    labels = host.split(".")
    above = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((found for one in above if (found := _by_host().get(one))), None)


@cache
def _by_host() -> dict[str, Publisher]:
    parliaments = [line["parliament"] for line in _lines("procedures.jsonl")]
    found = {_host(one["website"] or ""): Publisher(one["name"], SourceClass.PARLIAMENT) for one in parliaments}
    shipped = {_host(f"//{row['host']}"): row for row in _lines("publishers.jsonl")}
    return found | {host: Publisher(row["publisher"], SourceClass(row["class"])) for host, row in shipped.items()}


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHIPPED / name).read_text(encoding="utf-8").split("\n") if line]


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
