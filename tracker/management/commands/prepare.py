"""Bring an instance up to date: tables, shipped data and watches, and an account for the first editor."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from tracker.operations.launch import write_secret

FIRST_EDITOR = "editor"


class Command(BaseCommand):
    """Migrate, load the shipped data, and create the first editor; a second run changes nothing."""

    help = "Migrate, load the shipped data, and create the first editor. A second run changes nothing."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step is idempotent, so an interrupted run is simply run again."""
        call_command("migrate", verbosity=0)
        call_command("load_dataset")
        call_command("load_watches")
        self.create_first_editor()

    def create_first_editor(self) -> None:
        """An account that may do everything, with a password that nobody else has ever known."""
        users = get_user_model()._default_manager
        if users.exists():
            return
        password = secrets.token_urlsafe(15)
        file = settings.VAR_DIR / "editor"
        # The file first: an account whose password is lost would be in the way of the next try.
        write_secret(file, f"{FIRST_EDITOR}\n{password}")
        users.create_superuser(FIRST_EDITOR, password=password)
        self.stdout.write(f"First editor: name {FIRST_EDITOR}, password {password} (kept in {file})")
