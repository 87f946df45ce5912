"""What the record learned since an edition: the log, told in words."""

from typing import Any

from api.mcp.answers import Call
from tracker.channels.items import items_of
from tracker.models import Change
from tracker.readmodel.clock import read_clock


def changes_since(call: Call) -> dict[str, Any]:
    """The entries of the log after that edition or moment, oldest first, each in a line."""
    asked = call.arguments
    since = read_clock({"known_at": asked.since}).edition
    entries = Change.objects.filter(position__gt=since, position__lte=call.clock.edition).order_by("position")
    if asked.accession:
        entries = entries.filter(accession=call.accession(asked.accession))
    total = entries.count()
    told = items_of(entries[: asked.limit], call.clock)
    rows = [{"position": item.position, "title": item.title, "url": item.url} for item in told]
    sentence = f"{total} entries of the log since edition {since}; shown are the first {len(rows)}."
    page = call.page("/changes/").partition("?")[0]
    cite_url = f"{page}?known_at={call.clock.edition_name}"
    return call.answer(sentence, cite_url, since=since, changes=rows, total=total)
