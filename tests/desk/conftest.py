"""People who come to the desk, in their roles, with and without the second factor."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import DjangoDbBlocker

from tracker.domain.dates import PartialDate
from tracker.exchange.dataset import Dataset, load_dataset, read_dataset

LogIn = Callable[..., Client]


def account(role: str) -> User:
    """An account of that role; `superuser` is one, `visitor` is staff without a role."""
    user, _ = User.objects.get_or_create(
        username=f"a-{role}", defaults={"is_staff": True, "is_superuser": role == "superuser"}
    )
    if role not in {"superuser", "visitor"}:
        if not Group.objects.filter(name=role).exists():
            # A test with real transactions ends by emptying all tables, those that a migration filled among them.
            import_module("tracker.migrations.0002_audit_trail_and_roles").make_roles(apps, None)
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
        client = Client()
        user = account(role)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        if verified:
            verify(client, user)
        return client

    return enter


def dataset_until(last: date) -> Dataset:
    """The shipped data as it might have been on that day."""
    whole = read_dataset()
    commitments = [
        one.model_copy(update={"assessments": tuple(claim for claim in one.assessments if over(claim.occurred, last))})
        for one in whole.commitments
        if over(PartialDate.parse(one.stems_from.date), last)
    ]
    return replace(whole, events=[one for one in whole.events if over(one.occurred, last)], commitments=commitments)


def over(occurred: PartialDate, last: date) -> bool:
    """Whether it had happened by that day."""
    return occurred.latest is not None and occurred.latest <= last


@pytest.fixture(scope="module")
def february(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The record as of 25 February 2024, the day before Hungary's vote; each test undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_dataset(dataset_until(date(2024, 2, 25)))
        yield
        transaction.set_rollback(True)
