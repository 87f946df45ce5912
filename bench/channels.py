"""What telling costs as subscribers grow: `DATABASE_URL=… python bench/channels.py --subscribers 100 1000 10000`.

Half of the subscribers follow one of forty filters that some changes concern, half follow what nothing concerns. Their
receiver answers at once and costs nothing, so that what is measured is ours. The database must be empty; on PostgreSQL
make one for it (`createdb bench_channels`).
"""

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from tqdm import tqdm  # noqa: E402

from tests.facts import STATES, begin, event, record_event  # noqa: E402
from tracker.channels.items import items_of  # noqa: E402
from tracker.channels.sent.delivery import Deliverer  # noqa: E402
from tracker.channels.sent.fan_out import fan_out  # noqa: E402
from tracker.channels.sent.outbound import Answer, Sender  # noqa: E402
from tracker.channels.sent.reading import current_clock  # noqa: E402
from tracker.domain.subscribing import Channel, SubscriptionState  # noqa: E402
from tracker.models import Change, Delivery, LogHead, Subscription  # noqa: E402

CHANGES = 100
WORDS = [f"word{number}" for number in range(8)]


class AtOnce(Sender):
    """Answers at once."""

    def post(self, url: str, body: bytes, headers: object) -> Answer:
        """It arrived."""
        return Answer(arrived=True, detail="status 200", status=200)


def main() -> None:
    """Measure each number of subscribers, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--subscribers", type=int, nargs="+", default=[100, 1000, 10_000])
    call_command("migrate", verbosity=0)
    begin()
    # What a process does once is no part of what a message costs.
    items_of(Change.objects.order_by("position"), current_clock())
    columns = ["subscribers", "recording, ms", "fan-out, s", "its queries", "messages", "telling, s", "ms each"]
    columns += ["queries each", "peak MB"]
    sys.stdout.write(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|\n")
    for number in parser.parse_args().subscribers:
        sys.stdout.write("| " + " | ".join(f"{value:,.4g}" for value in measure(number)) + " |\n")
        sys.stdout.flush()


def measure(subscribers: int) -> list[float]:
    """The figures of one row."""
    Subscription.objects.all().delete()
    fan_out(timezone.now())
    subscribe(subscribers)
    changes = tqdm(range(CHANGES), desc="changes", leave=False)
    seconds = [timed(lambda number=number: record(subscribers, number)) for number in changes]
    with CaptureQueriesContext(connection) as fanning:
        fan_out_seconds = timed(lambda: fan_out(timezone.now()))
    connection.force_debug_cursor = False
    telling = timed(lambda: Deliverer(AtOnce(), threads=1).run())
    # The most that the process has had so far: rows that grow show what the larger number needs.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    messages = Delivery.objects.count()
    return [
        subscribers,
        statistics.median(seconds) * 1000,
        fan_out_seconds,
        len(fanning),
        messages,
        telling,
        telling * 1000 / messages,
        queries_of_one(),
        peak,
    ]


def subscribe(count: int) -> None:
    """So many subscribers, half of them to what nothing concerns."""
    now, head = timezone.now(), LogHead.objects.get().position
    Subscription.objects.bulk_create(
        Subscription(
            key=f"{number:024x}",
            channel=Channel.WEBHOOK,
            address=f"https://example.org/{number}",
            secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",  # noqa: S106
            query=f"q={WORDS[number % 8]}&state={STATES[number % 5]}" if number % 2 else "accession=FIN",
            state=SubscriptionState.ACTIVE,
            position=head,
            told_to=head,
            next_at=now,
            created_at=now,
            confirmed_at=now,
        )
        for number in range(count)
    )


def record(run: int, number: int) -> None:
    """One change that some of the filters let through."""
    title = f"Statement with {WORDS[number % 8]}"
    record_event(event(f"s{run}-{number}", "statement", STATES[number % 5], "2023-01-01", title=title))


def queries_of_one() -> float:
    """How many queries one message costs, over one subscriber's turn of two."""
    subscription = Subscription.objects.filter(query__startswith="q=").order_by("pk").first()
    if subscription is None:
        raise SystemExit("Nobody subscribed.")
    back = Delivery.objects.filter(subscription=subscription).order_by("position").first()
    Subscription.objects.filter(pk=subscription.pk).update(position=back.position - 1 if back else 0)
    before = Delivery.objects.count()
    with CaptureQueriesContext(connection) as counted:
        Deliverer(AtOnce(), threads=1).run()
    return len(counted) / (Delivery.objects.count() - before)


def timed(work: Callable[[], object]) -> float:
    """The seconds that it took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
