"""The ways to be told: a filter is built by choosing, what it would have brought is shown, and each channel offered."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.channels.describing import describe
from tracker.channels.preview import Preview, preview
from tracker.channels.sent.push import public_key
from tracker.domain.subscribing import ACCOUNTS, Shape
from tracker.domain.vocabulary import Milestone
from tracker.pages.choosing import filter_fields
from tracker.pages.forms import MailForm, WebhookForm
from tracker.pages.page import Page
from tracker.readmodel.log.filtering import PARAMETERS, LogFilter


@dataclass(frozen=True)
class Offer:
    """A channel that is fetched: what it is called, its address, and links that open it in a program at one click."""

    label: str
    address: str
    opens: tuple[tuple[str, str], ...]


class Subscribe(Page):
    """By which ways this site tells of changes, for the filter in the address."""

    template_name = "subscribe.html"
    section = "subscribe"
    is_citable = False
    # What the last thirty days brought changes with every day, and a form is answered for one reader.
    is_kept = False

    @property
    def title(self) -> str:
        return _("Ways to follow")

    @cached_property
    def wanted(self) -> LogFilter:
        """The filter that was chosen. Raises `BadParameter`."""
        return LogFilter.read({name: self.request.GET.get(name, "") for name in PARAMETERS})

    @property
    def follow(self) -> LogFilter:
        return self.wanted

    def last_round(self) -> str:
        """The accession whose protocol was signed last: what a quiet month is made up for with."""
        standings = self.clock.record.standings(self.clock.as_of)
        signed = {
            code: occurred.latest
            for code, standing in standings.items()
            if (occurred := standing.milestones[Milestone.SIGNED].occurred) is not None
            and occurred.latest is not None
            and occurred.latest <= self.clock.as_of
        }
        return max(signed, key=lambda code: (signed[code], code), default="")

    def preview(self) -> Preview:
        """What the filter would have brought."""
        return preview(self.wanted, self.clock, self.last_round())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        begun = {"query": self.wanted.query, "language": get_language()}
        return super().get_context_data(
            choices=filter_fields(self.clock, self.wanted),
            wanted=self.wanted,
            about=describe(self.wanted, self.clock),
            preview=self.preview(),
            offers=offers(self.wanted),
            push_key=public_key(),
            mail=MailForm(auto_id="mail-%s", initial=begun),
            webhook=WebhookForm(auto_id="webhook-%s", initial=begun | {"shape": self.request.GET.get("shape", "")}),
            chats=chats(self.wanted),
            asked=self.request.GET.get("asked") == "mail",
            **kwargs,
        )


def offers(wanted: LogFilter) -> list[Offer]:
    """The channels that are fetched, for this filter, in the language of the page."""
    feed, json_feed, calendar = (_address(name, wanted) for name in ("feed", "json-feed", "calendar"))
    webcal = f"webcal://{urlsplit(settings.BASE_URL).netloc}{_path('calendar', wanted)}"
    return [
        Offer(
            _("Atom feed, for any feed reader"),
            feed,
            (
                ("Feedly", f"https://feedly.com/i/subscription/feed/{quote(feed, safe='')}"),
                ("Inoreader", f"https://www.inoreader.com/?{urlencode({'add_feed': feed})}"),
            ),
        ),
        Offer(_("The same as JSON Feed"), json_feed, ()),
        Offer(
            _("Calendar with the dates on record"),
            calendar,
            (
                (_("Calendar on this device"), webcal),
                ("Google", f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}"),
                ("Outlook", f"https://outlook.live.com/calendar/0/addfromweb?{urlencode({'url': calendar})}"),
            ),
        ),
    ]


def chats(wanted: LogFilter) -> list[tuple[str, str]]:
    """Each chat with the address at which the form is set to it."""
    chosen = [shape for shape in Shape if shape not in (*ACCOUNTS, Shape.STANDARD)]
    begun = f"{wanted.query}&" if wanted.query else ""
    return [(str(shape.label), f"?{begun}shape={shape}#webhook") for shape in chosen]


def _path(view: str, wanted: LogFilter) -> str:
    return f"{reverse(view)}?{wanted.query}".rstrip("?")


def _address(view: str, wanted: LogFilter) -> str:
    return f"{settings.BASE_URL}{_path(view, wanted)}"
