"""Pause a channel on which messages go out, or open it again: `manage.py switch_channel mail pause`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.channels.lag import switch
from tracker.domain.subscribing import Channel


class Command(BaseCommand):
    """Nothing is lost while a channel is paused: what waits goes out when it is opened."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Which channel, and what to do."""
        parser.add_argument("channel", choices=Channel.values)
        parser.add_argument("do", choices=["pause", "open"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Turn the switch."""
        switch(Channel(options["channel"]), is_paused=options["do"] == "pause")
        self.stdout.write(f"{options['channel']}: {'paused' if options['do'] == 'pause' else 'open'}")
