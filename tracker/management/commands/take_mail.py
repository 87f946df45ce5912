"""Take one mail that came back, from standard input, as mail servers hand it to a program: `manage.py take_mail`."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from tracker.channels.returned.bounces import take_mail


class Command(BaseCommand):
    """What the mail reports is done; what is no report is thrown away. A server keeps it while the database is away."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the mail, and say how many subscriptions it was about."""
        raw = sys.stdin.buffer.read()
        try:
            about = take_mail(raw, timezone.now())
        except DatabaseError as error:
            # By this status a mail server knows to try again later.
            self.stderr.write(f"The database is away: {type(error).__name__}")
            sys.exit(os.EX_TEMPFAIL)
        self.stdout.write(f"{about}")
