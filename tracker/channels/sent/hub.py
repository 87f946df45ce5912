"""Telling a hub (WebSub) that the feeds have something new; it fetches them and tells whoever asked it to.

Only the feeds without a filter name the hub to their readers: of every filter that there may be, it could not be told.
"""

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import override

from tracker.channels.sent.outbound import Sender
from tracker.models import FanOut

_VIEWS: Final = ("feed", "json-feed")
_FORM: Final = {"content-type": "application/x-www-form-urlencoded"}
# A hub that does not answer is told again after this.
_PAUSE: Final = timedelta(minutes=5)


def tell_hub(sender: Sender, now: datetime) -> bool:
    """Tell the hub of what is new since it was told last; whether it was. To be told twice costs it a look."""
    if not settings.WEBSUB_HUB:
        return False
    may_be_asked = Q(hub_next_at__isnull=True) | Q(hub_next_at__lte=now)
    mark = FanOut.objects.filter(may_be_asked, pk=1, hub_told_to__lt=F("position")).first()
    if mark is None:
        return False
    told = sender.post(settings.WEBSUB_HUB, _publish(), _FORM).arrived
    columns = {"hub_told_to": mark.position, "hub_next_at": None} if told else {"hub_next_at": now + _PAUSE}
    FanOut.objects.filter(pk=1).update(**columns)
    return told


def _publish() -> bytes:
    return urlencode([("hub.mode", "publish"), *(("hub.url", address) for address in _addresses())]).encode()


def _addresses() -> list[str]:
    """The feeds of the whole log, in each language."""
    addresses = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            addresses += [f"{settings.BASE_URL}{reverse(view)}" for view in _VIEWS]
    return addresses
