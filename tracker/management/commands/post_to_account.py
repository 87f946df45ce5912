"""Post what changes on an account of the site: `manage.py post_to_account mastodon https://server.example`.

The proof is read from standard input, so that it stands in no list of processes: for Mastodon an access token that may
write statuses, for Bluesky the handle and an app password with a colon between them. `--stop` ends it.
"""

import sys
from getpass import getpass
from typing import Any
from urllib.parse import parse_qsl

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from tracker.channels.sent.links import manage_link
from tracker.channels.sent.outbound import Sender
from tracker.channels.sent.subscriptions import Wish, begin_account, stop
from tracker.domain.exceptions import BadParameter
from tracker.domain.subscribing import ACCOUNTS, Channel, Shape
from tracker.fetch.guard import NotAllowed
from tracker.models import Subscription
from tracker.readmodel.log.filtering import LogFilter


class Command(BaseCommand):
    """Begin with the next entry of the log, or end."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, what, and in which language."""
        parser.add_argument("where", choices=[shape.value for shape in ACCOUNTS])
        parser.add_argument("server", help="https://mastodon.example, or https://bsky.social")
        parser.add_argument("--filter", default="only=stages", help="as in the address of a feed")
        parser.add_argument("--language", default="en")
        parser.add_argument("--stop", action="store_true", help="end it and forget the proof")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say where it is managed."""
        server = options["server"].rstrip("/")
        if options["stop"]:
            self._stop(options["where"], server, options["language"])
            return
        try:
            Sender().check(server)
            wanted = LogFilter.read(dict(parse_qsl(options["filter"])))
        except (NotAllowed, BadParameter) as refusal:
            raise CommandError(str(refusal)) from refusal
        wish = Wish(Channel.ACCOUNT, server, wanted, options["language"], shape=Shape(options["where"]))
        subscription = begin_account(wish, _read_proof(), timezone.now())
        self.stdout.write(f"It is posted from the next entry on. To manage it:\n{manage_link(subscription)}")

    def _stop(self, where: str, server: str, language: str) -> None:
        here = {"channel": Channel.ACCOUNT, "shape": where, "address": server, "language": language}
        accounts = Subscription.objects.filter(**here)
        if not accounts:
            raise CommandError("Nothing is posted there.")
        for account in accounts:
            stop(account)
        self.stdout.write("Nothing more is posted there.")


def _read_proof() -> str:
    proof = getpass("Token, or handle:password: ") if sys.stdin.isatty() else sys.stdin.readline()
    if not proof.strip():
        raise CommandError("Without a proof nothing can be posted.")
    return proof.strip()
