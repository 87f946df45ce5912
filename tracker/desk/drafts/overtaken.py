"""Telling what has come between a preview and the click that was to save it."""

from typing import Final

from django.utils import timezone

from tracker.desk.drafts.keeping import Answered
from tracker.desk.drafts.preview import Preview
from tracker.desk.forms.fields import Directory
from tracker.models import Change
from tracker.readmodel import open_newest
from tracker.readmodel.log.entries import tell_entries

_MOST: Final = 10


def overtaken(before: Preview, now: Preview, directory: Directory) -> Answered:
    """The preview as it is now, what happened meanwhile that it concerns, and which of its lines are new or gone."""
    texts = [[*one.lines, *(warning.text for warning in one.warnings)] for one in (before, now)]
    new = [line for line in texts[1] if line not in texts[0]]
    gone = [line for line in texts[0] if line not in texts[1]]
    told = _since(before, directory)
    return Answered(now, meanwhile=told, new=new or ["It rests on another account of the record."], gone=gone)


def _since(before: Preview, directory: Directory) -> list[str]:
    entries = Change.objects.filter(position__gt=before.position, accession__in=before.codes).select_related("by")
    told = tell_entries(entries.order_by("position")[:_MOST], open_newest(), directory.names, timezone.now().date())
    return [
        f"{entry.sentence} ({entry.change.recorded_at:%H:%M} UTC{f', {entry.change.by}' if entry.change.by else ''})"
        for entry in told
    ]
