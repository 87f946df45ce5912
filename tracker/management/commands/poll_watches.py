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
from tracker.watch.trying import try_patiently


class Command(BaseCommand):
    """Poll what is due, or one watch now, or only show what a poll of it, or of all, would propose."""

    help = "Poll the watches that are due, as the scheduled job does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which watch, and whether to propose or only to look."""
        parser.add_argument("watch", nargs="?", help="the key of one watch, to be polled now")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="ask it, or all, and show what they would bring",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Show progress, and say how each watch stands."""
        watch = self._watch(options["watch"]) if options["watch"] else None
        if options["dry_run"]:
            self._try_out(watch) if watch else self._try_all()
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
        for proposal in tried.proposed:
            self.stdout.write(f"{proposal.result.value:7} {proposal.finding.title}")

    def _try_all(self) -> None:
        """Ask every watch, paused or not, and say what each would bring; one after the other, as hosts want it."""
        brought = []
        for watch in tqdm(Watch.objects.order_by("key"), desc="Trying", unit="watch"):
            is_good, line = try_patiently(watch)
            brought.append(is_good)
            self.stdout.write(f"{watch.key}: {line}")
        self.stdout.write(f"{sum(brought)} of {len(brought)} watches were read.")

    def _poll(self) -> None:
        lines: list[str] = []
        with tqdm(total=due_watches(), desc="Polling", unit="watch") as bar:

            def tick(watch: Watch) -> None:
                bar.update()
                lines.append(f"{watch.key}: {WatchState(watch.state).label} {watch.detail}".rstrip())

            polled = poll_watches(tick)
        self.stdout.write("\n".join([*lines, f"{polled} watches polled."]))
