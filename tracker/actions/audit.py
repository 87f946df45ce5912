"""Keeping the audit trail. It tells the operator who did what; the public log tells readers what is true."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from tracker.domain.vocabulary import AuditAction
from tracker.models import AuditEntry


def write_audit_entry(
    action: AuditAction,
    *,
    by: AbstractBaseUser | None,
    subject: str = "",
    detail: Mapping[str, Any] | None = None,
    address: str = "",
) -> AuditEntry:
    """Enter one thing that somebody did. Of the address only the network is kept.

    Called inside the transaction of what was done: then either both are there or neither.
    """
    return AuditEntry.objects.create(
        at=timezone.now(),
        by_id=by.pk if by else None,
        action=action,
        subject=subject[:200],
        detail=dict(detail or {}),
        network=network_of(address),
    )


def network_of(address: str) -> str:
    """The network that an address belongs to: a /24 of IPv4, a /48 of IPv6; empty for what is no address."""
    try:
        host = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{host}/{24 if host.version == 4 else 48}", strict=False))
