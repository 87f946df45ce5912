"""The variables of the environment, read strictly: a value that is not understood stops the start, by its name.

A secret can come in a file instead, whose name stands in `NAME_FILE`; no message shows its value.
"""

import hashlib
import ipaddress
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.parse import SplitResult, quote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_YES: Final = frozenset({"true", "1", "yes", "on"})
_NO: Final = frozenset({"false", "0", "no", "off"})
_WEB: Final = ("http", "https")


def refuse(name: str, value: object, wanted: str) -> NoReturn:
    """Stop the start with the variable, its value and what would be right."""
    raise ImproperlyConfigured(f"{name} is {value!r}: write {wanted}.")


def release_of(folder: Path) -> str:
    """What tells this release from others: a hash over its static files and templates, the same on all hosts."""
    digest = hashlib.sha256()
    names = [folder / "staticfiles" / "staticfiles.json", *sorted((folder / "templates").rglob("*.html"))]
    for path in (name for name in names if name.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class Environment:
    """Variables by name; an empty one counts as not set."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, name: str, default: str = "") -> str:
        """The value as it stands, without blanks around it."""
        return self._values.get(name, "").strip() or default

    def secret(self, name: str) -> str:
        """The value, or the content of the file that `NAME_FILE` names; empty where neither is set."""
        value, file = self._values.get(name, ""), self.text(f"{name}_FILE")
        if value and file:
            raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one of them.")
        return _content(f"{name}_FILE", file) if file else value

    def flag(self, name: str, *, default: bool) -> bool:
        """Yes or no."""
        value = self.text(name)
        if value and value.lower() not in _YES | _NO:
            refuse(name, value, "true or false")
        return value.lower() in _YES if value else default

    def whole(self, name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
        """A whole number between the two."""
        return int(self._number(name, default, least, most, int, f"a whole number from {least} to {most}"))

    def number(self, name: str, default: float, *, least: float = 0, most: float = 1e9) -> float:
        """A number between the two."""
        return self._number(name, default, least, most, float, f"a number from {least:g} to {most:g}")

    def _number(self, name: str, default: float, least: float, most: float, read: Any, wanted: str) -> float:
        value = self.text(name)
        if not value:
            return default
        try:
            number: float = read(value)
        except ValueError:
            refuse(name, value, wanted)
        # Not a number is neither.
        if not least <= number <= most:
            refuse(name, value, wanted)
        return number

    def choice(self, name: str, default: str, among: Sequence[str]) -> str:
        """One of these words."""
        value = self.text(name, default)
        if value not in among:
            refuse(name, value, f"one of {', '.join(among)}")
        return value

    def listed(self, name: str, default: Sequence[str] = ()) -> list[str]:
        """The parts between commas."""
        parts = [part.strip() for part in self.text(name).split(",")]
        return [part for part in parts if part] or list(default)

    def mapping(self, name: str) -> dict[str, str]:
        """Names and secrets, as `name=value,name=value`."""
        pairs = [pair.partition("=") for pair in self.secret(name).split(",") if pair.strip()]
        if any(not key.strip() or not value.strip() for key, _, value in pairs):
            raise ImproperlyConfigured(f"{name} is not understood: write name=value,name=value.")
        return {key.strip(): value.strip() for key, _, value in pairs}

    def module(self, name: str, package: str) -> str:
        """The name of a module of a package that need not be installed, or nothing."""
        value = self.text(name)
        if value and not value.isidentifier():
            refuse(name, value, f"the name of a module of {package}")
        if value and find_spec(package.partition(".")[0]) is None:
            raise ImproperlyConfigured(f"{name} is set, and {package} is not installed (an extra of pyproject.toml).")
        if value and find_spec(f"{package}.{value}") is None:
            refuse(name, value, f"the name of a module of {package}")
        return value

    def networks(self, name: str) -> list[str]:
        """Networks such as 127.0.0.1/32."""
        networks = self.listed(name)
        for text in networks:
            try:
                ipaddress.ip_network(text)
            except ValueError:
                refuse(name, text, "networks such as 127.0.0.1/32, separated by commas")
        return networks

    def site(self, name: str, default: str) -> str:
        """The address of a site: scheme and host, perhaps a port, and no path."""
        value = self.text(name, default).rstrip("/")
        address = _split(name, value, "scheme and host, as in https://example.org")
        if address.scheme not in _WEB or not address.hostname or value != f"{address.scheme}://{address.netloc}":
            refuse(name, value, "scheme and host, as in https://example.org")
        return value

    def origins(self, name: str) -> list[str]:
        """Addresses of sites, separated by commas."""
        for value in (origins := self.listed(name)):
            address = _split(name, value, "origins such as https://example.org, separated by commas")
            if address.scheme not in _WEB or not address.hostname:
                refuse(name, value, "origins such as https://example.org, separated by commas")
        return origins

    def link(self, name: str) -> str:
        """A whole address on the web, or nothing."""
        value = self.text(name)
        if value and not (_split(name, value, "an address").hostname and value.startswith(("http://", "https://"))):
            refuse(name, value, "a whole address, as in https://hub.example.org/")
        return value

    def server(self, name: str, schemes: Sequence[str], password: str = "") -> str:
        """The address of a server with the password of its own variable in it; empty where it is not set."""
        value = self.secret(name)
        if not value or value.startswith("sqlite:"):
            return value
        wanted = f"an address that begins with {' or '.join(f'{scheme}://' for scheme in schemes)}"
        address = _split(name, value, wanted)
        if address.scheme not in schemes or "@" in address.path + address.query + address.fragment:
            raise ImproperlyConfigured(f"{name} is not understood: write {wanted}, without the password.")
        return _with_password(address, password) if password and not address.password else value

    def parsed(self, name: str, value: str, read: str) -> dict[str, Any]:
        """What django-environ reads from the value: `db_url_config` for a database, `email_url_config` for mail."""
        try:
            found: dict[str, Any] = getattr(environ.Env, read)(value)
        except (ValueError, KeyError, TypeError, ImproperlyConfigured) as error:
            raise ImproperlyConfigured(f"{name} is not understood ({type(error).__name__}).") from None
        if not found:
            raise ImproperlyConfigured(f"{name} is not understood.")
        return found


def _content(name: str, file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name} names {file!r}, which cannot be read ({type(error).__name__}).") from None


def _split(name: str, value: str, wanted: str) -> SplitResult:
    try:
        address = urlsplit(value)
        # A port that is no number is found only when it is asked for.
        address.port  # noqa: B018
    except ValueError:
        # Without the value, in which there may be a password.
        raise ImproperlyConfigured(f"{name} is not understood: write {wanted}.") from None
    return address


def _with_password(address: SplitResult, password: str) -> str:
    host = address.netloc.rpartition("@")[2]
    # In an address signs such as @ and / would mean something else.
    return address._replace(netloc=f"{quote(address.username or '')}:{quote(password, safe='')}@{host}").geturl()
