"""Which addresses may be asked: the public internet, ports 80 and 443, and nothing of our own network.

The name is resolved once and every address it has must be public; the connection then goes to an address
that was checked, so that a second answer of the name server changes nothing.
"""

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import httpx2

from tracker.fetch.outcomes import Reason

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
# A host and the seconds it may take, to the addresses it has.
Resolver = Callable[[str, float], Sequence[str]]

LONGEST_URL: Final = 2048
PORTS: Final = frozenset({80, 443})
DEFAULT_PORTS: Final = {"http": 80, "https": 443}

_HOST: Final = re.compile(rb"[a-zA-Z0-9_](?:[a-zA-Z0-9_.-]{0,251}[a-zA-Z0-9_])?\.?")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x20\x7f]")
# A last label of digits or 0x… is read as a number by some resolvers: 127.1, 2130706433, 0x7f000001.
_ENDS_IN_A_NUMBER: Final = re.compile(r"(?:^|\.)(?:[0-9]+|0[xX][0-9a-fA-F]*)\.?$")
_GLOBAL_UNICAST: Final = ipaddress.IPv6Network("2000::/3")
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
# `is_global` calls these public although they lead to an IPv4 address of the sender's choice.
_TUNNELS: Final = (ipaddress.IPv6Network("2002::/16"), ipaddress.IPv6Network("2001::/32"))
_RELAYS: Final = ipaddress.IPv4Network("192.88.99.0/24")


class NotAllowed(Exception):
    """The address is not one that may be asked."""

    def __init__(self, reason: Reason, detail: str) -> None:
        self.reason = reason
        self.detail = detail
        super().__init__(f"{reason}: {detail}")


class NoSuchHost(Exception):
    """The name has no address, or none was had in time."""


def system_resolver(host: str, seconds: float) -> Sequence[str]:
    """The addresses the operating system knows for a host. Raises `NoSuchHost`, in time even if it hangs."""
    addresses: list[str] = []

    def look_up() -> None:
        try:
            addresses.extend(str(entry[4][0]) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            addresses.clear()

    # getaddrinfo knows no time limit; the thread is left behind and ends with the system's own.
    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive() or not addresses:
        raise NoSuchHost(host)
    return tuple(addresses)


def embedded_ipv4(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that packets to this one end at, for the two forms a network may still use."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def is_public(address: Address) -> bool:
    """Whether the address belongs to somebody on the public internet, whatever it is wrapped in."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not (address.is_multicast or address.is_reserved or address in _RELAYS)
    if inner := embedded_ipv4(address):
        return is_public(inner)
    return address.is_global and address in _GLOBAL_UNICAST and not any(address in tunnel for tunnel in _TUNNELS)


def parse_address(text: str) -> Address:
    """The address without its zone, so that `fe80::1%eth0` cannot hide behind one."""
    return ipaddress.ip_address(text.partition("%")[0])


def parse_url(text: str) -> httpx2.URL:
    """The address as parts. Raises `NotAllowed` for what is none, or hides a blank or a line break."""
    if len(text) > LONGEST_URL or _UNPRINTABLE.search(text):
        raise NotAllowed(Reason.NOT_AN_ADDRESS, f"longer than {LONGEST_URL} characters, or with blanks in it")
    try:
        url = httpx2.URL(text)
    except (httpx2.InvalidURL, UnicodeError, ValueError) as error:
        raise NotAllowed(Reason.NOT_AN_ADDRESS, str(error)) from error
    if not (":" in url.host or _HOST.fullmatch(url.raw_host)):
        raise NotAllowed(Reason.NOT_AN_ADDRESS, f"{url.host!r} is no name of a host")
    return url


@dataclass(frozen=True, slots=True)
class Guard:
    """Decides about addresses. `opened` are networks, such as a test's own, that may be asked on any port."""

    opened: tuple[Network, ...] = ()
    resolver: Resolver = system_resolver

    def check_url(self, text: str) -> httpx2.URL:
        """The address, if its form allows it to be asked. Raises `NotAllowed`."""
        scheme = text.partition(":")[0].lower()
        if scheme not in DEFAULT_PORTS:
            raise NotAllowed(Reason.SCHEME, f"{scheme[:20]!r} is not http or https")
        url = parse_url(text)
        if url.userinfo:
            raise NotAllowed(Reason.CREDENTIALS, "a user name or password in the address")
        if not self.opened and (url.port or DEFAULT_PORTS[url.scheme]) not in PORTS:
            raise NotAllowed(Reason.PORT, str(url.port))
        self._check_host(url.host)
        return url

    def addresses(self, host: str, port: int, seconds: float) -> list[Address]:
        """The checked addresses of a host, to connect to and to no others. Raises `NotAllowed`, `NoSuchHost`."""
        addresses = [parse_address(text) for text in self.resolver(host, seconds)]
        if not addresses:
            raise NoSuchHost(host)
        if all(self._is_opened(address) for address in addresses):
            return addresses
        if closed := next((address for address in addresses if not is_public(address)), None):
            raise NotAllowed(Reason.NOT_PUBLIC, f"{host} has the address {closed}")
        if port not in PORTS:
            raise NotAllowed(Reason.PORT, str(port))
        return addresses

    def _check_host(self, host: str) -> None:
        try:
            address = parse_address(host)
        except ValueError:
            if _ENDS_IN_A_NUMBER.search(host):
                raise NotAllowed(Reason.NOT_PUBLIC, f"{host} is a number, not a name") from None
            return
        if not (is_public(address) or self._is_opened(address)):
            raise NotAllowed(Reason.NOT_PUBLIC, str(address))

    def _is_opened(self, address: Address) -> bool:
        return any(address in network for network in self.opened)
