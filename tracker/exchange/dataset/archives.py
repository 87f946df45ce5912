"""What an address of an archive, a cache or a wrapper is a copy of: read out of the address, without asking anybody."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from tracker.exchange.dataset.files import SHIPPED
from tracker.exchange.dataset.publishers import host_of


@dataclass(frozen=True, slots=True)
class Wrapped:
    """An address that is not the publisher's own: the original in it, where it tells, and why it does not else."""

    original: str = ""
    # Whether the address itself is a copy that stays, and not only a detour.
    is_copy: bool = False
    # The host shortens addresses: nothing can be said of what is behind it.
    shortens: bool = False


def unwrapped(address: str) -> Wrapped | None:
    """What the address wraps; None for an address that is the publisher's own."""
    try:
        parts, host = urlsplit(address), host_of(address)
    except ValueError:
        return None
    rules = [rule for rule in _rules() if _concerns(rule, host)]
    return next((found for rule in rules if (found := _read(rule, parts, host))), None)


def _concerns(rule: Mapping[str, Any], host: str) -> bool:
    below = rule.get("match") == "suffix" or rule.get("labels")
    return host in rule["hosts"] or (bool(below) and any(host.endswith(f".{one}") for one in rule["hosts"]))


def _read(rule: Mapping[str, Any], parts: SplitResult, host: str) -> Wrapped | None:
    if rule.get("shortens"):
        return Wrapped(shortens=True)
    if rule.get("labels"):
        name = host.removesuffix(".translate.goog").replace("--", "\0").replace("-", ".").replace("\0", "-")
        return Wrapped(parts._replace(scheme="https", netloc=name, query="").geturl())
    for original, day in _originals(rule, parts):
        return Wrapped(_mended(original), is_copy=bool(day))
    if "short" in rule and re.match(rule["short"], parts.path):
        return Wrapped(is_copy=True)
    return None


def _originals(rule: Mapping[str, Any], parts: SplitResult) -> Iterator[tuple[str, str]]:
    """What stands for the original in the path or in the query, and the day of the copy; the first is right."""
    behind = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if "path" in rule and (found := re.match(rule["path"], behind)):
        yield found["original"], (found.groupdict().get("day") or "").strip("*")
    given = parse_qs(parts.query)
    for path, names in rule.get("query", {}).items():
        if parts.path.startswith(path):
            values = (value for name in names for value in given.get(name, []))
            yield from ((re.sub(f"^{rule.get('after', '')}", "", value), "") for value in values)


def _mended(original: str) -> str:
    """The original as an address: with a scheme, and with both slashes, of which copying loses one."""
    if not re.match(r"https?:", original):
        original = unquote(original) if re.match(r"https?%3A", original, re.I) else f"https://{original}"
    return re.sub(r"^(https?):/{1,2}", r"\1://", original)


@cache
def _rules() -> list[dict[str, Any]]:
    text = (SHIPPED / "archives.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]
