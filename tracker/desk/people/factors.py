"""The second factors of a person: apps on phones, passkeys and recovery codes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django_otp import match_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

CODES: Final = 10
_CODES: Final = "recovery codes"


@dataclass(frozen=True, slots=True)
class Factor:
    """One second factor, for a list."""

    kind: str
    device: Device
    left: int | None = None

    @property
    def reference(self) -> str:
        """What names it in a form."""
        return str(self.device.persistent_id)


def factors_of(user: User) -> list[Factor]:
    """What the person can give as the second factor."""
    return list(_factors(user))


def _factors(user: User) -> Iterator[Factor]:
    for app in TOTPDevice.objects.filter(user=user, confirmed=True).order_by("pk"):
        yield Factor("App", app)
    for passkey in WebAuthnCredential.objects.filter(user=user, confirmed=True).order_by("pk"):
        yield Factor("Passkey", passkey)
    for codes in StaticDevice.objects.filter(user=user, confirmed=True):
        yield Factor("Recovery codes", codes, codes.token_set.count())


def has_factor(user: User) -> bool:
    """Whether a second factor is set up; recovery codes alone are none."""
    return any(one.left is None for one in _factors(user))


@transaction.atomic
def device_for(user: User, code: str) -> Device | None:
    """The person's device that the code is of: an app, or a recovery code, which is used up by it."""
    found: Device | None = match_token(user, code)
    return found


@transaction.atomic
def make_codes(user: User) -> list[str]:
    """New recovery codes in place of the old ones; they are shown this once."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=_CODES, confirmed=True)
    codes = [StaticToken.random_token() for _ in range(CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def take_factors_away(user: User) -> None:
    """All second factors of the person: the next log-in sets up another."""
    for model in (TOTPDevice, StaticDevice, WebAuthnCredential):
        model.objects.filter(user=user).delete()
