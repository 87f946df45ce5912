"""What people leave at the desk: drafts and files that they did not come back to, and log-ins that are over."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.sessions.models import Session

from tracker.models import Draft, Upload
from tracker.models.desk.drafts import KEPT

# A file that was compared with the record and not confirmed.
_FILES_KEPT: Final = timedelta(days=14)


def prune(now: datetime) -> int:
    """Let go of them; how many."""
    left = (
        Draft.objects.filter(typed_at__lt=now - KEPT),
        Upload.objects.filter(uploaded_at__lt=now - _FILES_KEPT),
        Session.objects.filter(expire_date__lt=now),
    )
    return sum(rows.delete()[0] for rows in left)
