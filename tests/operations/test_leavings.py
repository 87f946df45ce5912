"""What is left lying at the desk goes with the job, and nothing that somebody may still come back to."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone

from tracker.models import Draft, Upload
from tracker.operations.leavings import prune

pytestmark = pytest.mark.django_db


def test_what_nobody_came_back_to_is_let_go_once() -> None:
    now, owner = timezone.now(), User.objects.create(username="somebody")
    for days in (59, 61):
        Draft.objects.create(owner=owner, page="/", data="", title=f"{days}", typed_at=now - timedelta(days=days))
    for days in (13, 15):
        upload = Upload.objects.create(name=f"{days}", text="", uploaded_by=owner)
        Upload.objects.filter(pk=upload.pk).update(uploaded_at=now - timedelta(days=days))
    for hours in (-1, 1):
        Session.objects.create(session_key=f"{hours}", session_data="", expire_date=now + timedelta(hours=hours))

    assert (prune(now), prune(now)) == (3, 0)
    assert [one.title for one in Draft.objects.all()] == ["59"]
    assert [one.name for one in Upload.objects.all()] == ["13"]
    assert [one.session_key for one in Session.objects.all()] == ["1"]
