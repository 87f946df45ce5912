"""How often one network or address may send a form or have a page made."""

import hashlib
from typing import Final

from django.http import HttpRequest

from tracker.actions import network_of
from tracker.http.client_address import address_of
from tracker.http.counting import count_one

HOUR: Final = 3600


def is_too_often(what: str, who: str, most: int, seconds: int = HOUR) -> bool:
    """Count one more of these, and say whether it is one too many. `who` is not kept, only what tells it apart."""
    key = f"form:{what}:{hashlib.sha256(who.encode()).hexdigest()}"
    return count_one(key, seconds) > most


def network(request: HttpRequest) -> str:
    """The network that a request came from: those who share it share the limit."""
    address = address_of(request)
    return network_of(address) or address
