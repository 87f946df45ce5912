"""Take a person's second factor away, so that the next log-in sets up another."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_otp.plugins.otp_totp.models import TOTPDevice

from tracker.actions import write_audit_entry
from tracker.domain.vocabulary import AuditAction


class Command(BaseCommand):
    """For who has lost the phone, where no operator is at hand."""

    help = "Take a person's second factor away, so that the next log-in sets up another."

    def add_arguments(self, parser: CommandParser) -> None:
        """The name of the account."""
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Safe to call again; says how many devices there were."""
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"There is no account “{options['name']}”.")
        count = TOTPDevice.objects.filter(user=user).delete()[0]
        write_audit_entry(AuditAction.FACTOR_RESET, by=None, subject=user.username)
        self.stdout.write(f"{user.username}: {count} second factors taken away.")
