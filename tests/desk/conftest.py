"""People who come to the desk, in their roles, with and without the second factor."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

LogIn = Callable[..., Client]


class Browser(Client):
    """A client that goes on, as a browser does, to where the form is shown again that it has sent."""

    def post(self, path: str, *args: Any, **named: Any) -> Any:  # type: ignore[override]
        """The page of the form; or the answer, where that leads elsewhere."""
        answer = super().post(path, *args, **named)
        target = answer.headers.get("Location", "")
        is_back = "?draft=" in target or urlsplit(target).path == urlsplit(path).path
        return self.get(target) if answer.status_code == 302 and is_back else answer


def account(role: str) -> User:
    """An account of that role; `superuser` is one, `visitor` is staff without a role."""
    user, _ = User.objects.get_or_create(
        username=f"a-{role}", defaults={"is_staff": True, "is_superuser": role == "superuser"}
    )
    if role not in {"superuser", "visitor"}:
        user.groups.add(Group.objects.get(name=role))
    return user


def verify(client: Client, user: User) -> None:
    """Have the second factor given in the client's session."""
    device, _ = TOTPDevice.objects.get_or_create(user=user, name="phone", defaults={"confirmed": True})
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()


@pytest.fixture
def log_in(db: None) -> LogIn:
    """A function that gives the browser of a person in a role, with the second factor unless told otherwise."""

    def enter(role: str, *, verified: bool = True) -> Client:
        client = Browser()
        user = account(role)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        if verified:
            verify(client, user)
        return client

    return enter
