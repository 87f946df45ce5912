"""Poll the watches that are due, as the scheduled job does."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from tracker.domain.vocabulary import WatchState
from tracker.models import Watch
from tracker.operations.jobs import due_watches, poll_watches
from tracker.watch.ending import PollError
from tracker.watch.operating import run_now, try_out


class Command(BaseCommand):
    """Poll what is due, or one watch now, or only show what a poll would propose."""

    help = "Poll the watches that are due, as the scheduled job does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which watch, and whether to propose or only to look."""
        parser.add_argument("watch", nargs="?", help="the key of one watch, to be polled now")
        parser.add_argument("--dry-run", action="store_true", help="ask, and show what would be proposed; keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show progress, and say how each watch stands."""
        watch = self._watch(options["watch"]) if options["watch"] else None
        if options["dry_run"]:
            if watch is None:
                raise CommandError("A dry run is of one watch: give its key.")
            self._try_out(watch)
            return
        if watch:
            run_now(watch, timezone.now())
        self._poll()

    def _watch(self, key: str) -> Watch:
        watch = Watch.objects.filter(key=key).first()
        if watch is None:
            raise CommandError(f"There is no watch “{key}”.")
        return watch

    def _try_out(self, watch: Watch) -> None:
        try:
            tried = try_out(watch, timezone.now())
        except PollError as trouble:
            raise CommandError(str(trouble)) from trouble
        self.stdout.write(f"{len(tried.proposed)} finds. {tried.left_out}".rstrip())
        for one in tried.proposed:
            self.stdout.write(f"{one.weight.value:7} {one.finding.title}")

    def _poll(self) -> None:
        told: list[str] = []
        with tqdm(total=due_watches(), desc="Polling", unit="watch") as bar:

            def tick(watch: Watch) -> None:
                bar.update()
                told.append(f"{watch.key}: {WatchState(watch.state).label} {watch.detail}".rstrip())

            polled = poll_watches(tick)
        self.stdout.write("\n".join([*told, f"{polled} watches polled."]))
