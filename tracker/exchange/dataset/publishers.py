"""Who publishes at an address: by its host, or the nearest host above it, and by its path where a host has several."""

import json
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class _Host:
    """What is known of a host: who publishes there, and on which paths somebody else does."""

    publisher: Publisher
    paths: Sequence[tuple[str, Publisher]] = ()
    is_exact: bool = False

    def at(self, path: str) -> Publisher:
        """Who publishes at that path; the longest beginning that fits decides."""
        fitting = [(prefix, found) for prefix, found in self.paths if path.startswith(prefix)]
        return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else self.publisher


def publisher_of(address: str) -> Publisher | None:
    """Who publishes at the address; None where we do not know."""
    try:
        host, path = host_of(address), urlsplit(address).path
    except ValueError:
        return None
    labels = host.split(".")
    for start in range(len(labels) - 1):
        found = _by_host().get(".".join(labels[start:]))
        if found and not (found.is_exact and start):
            return found.at(path)
    return None


def host_of(address: str) -> str:
    """The host of the address, as the list knows it: without `www.`, and without the dot that may end it."""
    return (urlsplit(address).hostname or "").rstrip(".").removeprefix("www.")


@cache
def _by_host() -> Mapping[str, _Host]:
    parliaments = [line["parliament"] for line in _lines("procedures.jsonl")]
    found = {
        host_of(one["website"] or ""): _Host(Publisher(one["name"], SourceClass.PARLIAMENT)) for one in parliaments
    }
    return found | {row["host"]: _host(row) for row in _lines("publishers.jsonl")}


def _host(row: Mapping[str, Any]) -> _Host:
    name, source_class = row["publisher"], row["class"]
    paths = [
        (one["prefix"], Publisher(one["publisher"] or name, SourceClass(one["class"] or source_class)))
        for one in row["paths"]
    ]
    return _Host(Publisher(name, SourceClass(source_class)), paths, row["match"] == "exact")


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHIPPED / name).read_text(encoding="utf-8").split("\n") if line]
