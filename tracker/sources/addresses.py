"""The spellings of one address, told as one."""

import re
from typing import Final
from urllib.parse import quote, unquote, urlsplit, urlunsplit

# How a reader came, or which visit it is: nothing of what is read.
_TRACKING: Final = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|custom\d*)|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|xtor|ref_src|cmpid"
    r"|phpsessid|jsessionid|sid|sessionid|cftoken|cfid|aspsessionid\w*)(?:=|$)",
    re.IGNORECASE,
)
_SESSION_IN_PATH: Final = re.compile(r";(?:jsessionid|phpsessid)=[^/?#;]*", re.IGNORECASE)
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_PORTS: Final = frozenset({":80", ":443"})


def one_spelling(address: str) -> str:
    """The address by which a page is known, whatever its scheme, host's capitals, order and aims of its parameters."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    if parts.scheme.lower() not in {"http", "https"}:
        return address.strip()
    path = _INDEX.sub("/", _even(_SESSION_IN_PATH.sub("", parts.path))).rstrip("/")
    pairs = sorted(_even(pair) for pair in parts.query.split("&") if pair and not _TRACKING.match(pair))
    fragment = "" if _TRACKING.match(parts.fragment) else parts.fragment
    # A site that moves to https says the same as before.
    return urlunsplit(("https", _host(parts.netloc), path, "&".join(pairs), fragment))


def _host(netloc: str) -> str:
    host = netloc.lower().rpartition("@")[2]
    for port in _PORTS:
        host = host.removesuffix(port)
    return host.removesuffix(".").removeprefix("www.")


def _even(text: str) -> str:
    """The text with only those characters escaped that have to be."""
    try:
        return quote(unquote(text, errors="strict"), safe="/=:@!$'()*+,;~-._")
    except UnicodeDecodeError:
        return text
