"""What a feed holds, before it is written as Atom or as JSON: the newest entries, and archives that never change.

Archives cover fixed stretches of positions (RFC 5005, section 4), so that a reader who follows `prev-archive` from the
newest document reads the log without a gap, however long it was away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.channels import stream
from tracker.channels.describing import describe
from tracker.channels.items import Item, items_of
from tracker.domain.exceptions import BadParameter
from tracker.readmodel.clock import Clock
from tracker.readmodel.log.filtering import LogFilter
from tracker.readmodel.record import mark_of

# How many positions one archive covers, and how many entries the newest document has at least where there are as many.
ARCHIVE: Final = 200
NEWEST: Final = 50


@dataclass(frozen=True)
class Feed:
    """One document of a feed. `archive` is its number, None for the newest."""

    wanted: LogFilter
    view: str
    edition: int
    archive: int | None
    # The filter in words.
    about: str
    items: Sequence[Item]
    # When the last position that the document covers was recorded.
    changed: datetime | None

    @property
    def title(self) -> str:
        """What the feed is called in a list of feeds."""
        return f"Article 10: {self.about}"

    @property
    def page(self) -> str:
        """The same as a page."""
        return f"{settings.BASE_URL}{reverse('changes')}?{self.wanted.query}".rstrip("?")

    @property
    def language(self) -> str:
        """The language that it is written in."""
        return get_language() or settings.LANGUAGE_CODE

    def address(self, archive: int | None) -> str:
        """Where the newest document, or an archive, is."""
        parameters = self.wanted.query
        if archive is not None:
            parameters = "&".join(filter(None, [parameters, urlencode({"archive": archive})]))
        return f"{settings.BASE_URL}{reverse(self.view)}?{parameters}".rstrip("?")

    @property
    def hub(self) -> str:
        """The hub that is told of what is new in this document; empty where none is."""
        return "" if self.wanted.query or self.archive is not None else settings.WEBSUB_HUB

    @property
    def previous(self) -> str:
        """The archive before this document; empty where there is none."""
        last = complete_archives(self.edition) if self.archive is None else self.archive
        return self.address(last - 1) if last > 0 else ""


def complete_archives(edition: int) -> int:
    """How many archives are full, and will not change any more."""
    return edition // ARCHIVE


def read_feed(view: str, wanted: LogFilter, clock: Clock, archive: str) -> Feed:
    """The newest document of the feed, or one of its archives. Raises `BadParameter` for an archive there is not."""
    edition, about = clock.edition, describe(wanted, clock)
    if not archive:
        above = complete_archives(edition) * ARCHIVE
        # All since the last archive, so that nothing lies between the two; older ones only to fill the page.
        entries = list(stream.newest(wanted, edition, above))
        if len(entries) < NEWEST:
            entries += islice(stream.newest(wanted, above), NEWEST - len(entries))
        return Feed(wanted, view, edition, None, about, items_of(entries, clock), clock.recorded_at)
    number = _read_archive(archive, complete_archives(edition))
    last = (number + 1) * ARCHIVE
    entries = list(stream.newest(wanted, last, number * ARCHIVE))
    return Feed(wanted, view, edition, number, about, items_of(entries, clock), mark_of(last).recorded_at)


def _read_archive(text: str, complete: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) < complete):
        because = _("the archives are numbered from 0; the last one is %(last)d") % {"last": complete - 1}
        raise BadParameter("archive", text, because if complete else _("there is no archive yet"))
    return int(text)
