"""Replay Sweden's way into NATO through the watch, in a database of its own, with the pages moving."""

import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from tracker.demo import Replay, ReplayDiverged
from tracker.demo.story import APPLICANT, FIRST, LAST
from tracker.domain.standing import AccessionStanding
from tracker.exchange.dataset import read_dataset
from tracker.language.sentences import answer
from tracker.models import Party
from tracker.readmodel.record import current_edition

_SCRATCH = "ARTICLE10_REPLAY"
_DAYS_A_MONTH = 30


class Command(BaseCommand):
    """Replay day by day; the record of the instance is not touched."""

    help = "Replay Sweden’s way into NATO through the watch, in a database of its own, with the pages moving."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which days, how fast, and where the pages are."""
        parser.add_argument("--since", type=date.fromisoformat, default=FIRST, help="the first day")
        parser.add_argument("--until", type=date.fromisoformat, default=LAST, help="the last day")
        parser.add_argument("--pace", type=float, default=4.0, help="at least so many seconds a month")
        parser.add_argument("--port", type=int, default=0, help="serve the pages there while it runs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Start again over a database of its own, or be that second process."""
        if options["since"] > options["until"] or options["since"] < FIRST:
            raise CommandError(f"The replay runs from {FIRST} or a later day to a day after that.")
        if _SCRATCH not in os.environ:
            self._start_aside(options)
        elif str(settings.VAR_DIR) != os.environ[_SCRATCH] or settings.DATABASES["default"].get("HOST"):
            raise CommandError("The replay has no database of its own and leaves this one alone.")
        else:
            self._replay(options)

    def _start_aside(self, options: dict[str, Any]) -> None:
        with tempfile.TemporaryDirectory(prefix="article10-replay-") as folder:
            given = [f"--{name}={options[name]}" for name in ("since", "until", "pace", "port")]
            ended = subprocess.run(  # noqa: S603  # our own command
                [sys.executable, "-m", "django", "replay", *given],
                env={**os.environ, **_environment(folder, options["port"])},
                cwd=settings.BASE_DIR,
                check=False,
            )
        if ended.returncode:
            raise CommandError("The replay did not come to its end.")

    def _replay(self, options: dict[str, Any]) -> None:
        call_command("migrate", verbosity=0)
        if current_edition():
            raise CommandError("The database of the replay is not empty.")
        replay = Replay(read_dataset(), options["since"], options["until"])
        if options["port"]:
            serve(options["port"])
            self.stdout.write(f"The pages: {settings.BASE_URL}/accessions/{APPLICANT}/?as_of=<day>")
        try:
            with replay.prepared():
                self._run(replay, options["pace"])
        except ReplayDiverged as diverged:
            raise CommandError(str(diverged)) from diverged
        if options["until"] == LAST:
            self.stdout.write(
                f"{replay.compare_all()} days compared with all shipped facts: every standing is the same."
            )

    def _run(self, replay: Replay, pace: float) -> None:
        total = (replay.story.last - replay.story.first).days + 1
        published, month = 0, ""
        with tqdm(total=total, desc="Replaying", unit="day") as bar:
            for day in replay.days():
                started = time.monotonic()
                bar.update()
                published += day.published
                if month != f"{day.on:%Y-%m}":
                    month = f"{day.on:%Y-%m}"
                    bar.write(f"{day.on}  {sentence(day.standing)}")
                time.sleep(max(0.0, pace / _DAYS_A_MONTH - (time.monotonic() - started)))
        self.stdout.write(f"{total} days, {published} facts published, noticed, reviewed and put on record.")


def sentence(standing: AccessionStanding) -> str:
    """The answer of that day, in English."""
    names = {
        party.code: party.name_on(standing.as_of, "en")
        for party in Party.objects.filter(code__in=[standing.code, *standing.ratifications]).for_display()
    }
    return answer(standing, names)


def serve(port: int) -> None:
    """The pages, from a thread of this process."""
    server = make_server("127.0.0.1", port, WSGIHandler(), _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Not worth a line."""


def _environment(folder: str, port: int) -> dict[str, str]:
    """What makes a process an instance of its own in that folder, which may ask this machine."""
    return {
        _SCRATCH: str(Path(folder)),
        "ARTICLE10_VAR": folder,
        "ARTICLE10_EMBEDDED": "true",
        "BASE_URL": f"http://127.0.0.1:{port or 8000}",
        "DATABASE_URL": "",
        "REDIS_URL": "",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "WATCH_GAP": "0",
        "WATCH_OPENED": "127.0.0.1/32",
    }
