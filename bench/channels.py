"""What telling costs as subscribers grow: `DATABASE_URL=… python bench/channels.py --subscribers 100 1000 10000`.

Half of the subscribers follow one of forty filters that some changes concern, half follow what nothing concerns. Their
receiver answers at once and costs nothing, so that what is measured is ours. `--worker` has a real worker tell, woken
through a Redis of its own, and its messages go to a server on this machine. The database must be empty; on PostgreSQL
make one for it (`createdb bench_channels`).
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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

from tests.channels.receivers import Receiver, receiving  # noqa: E402
from tests.facts import STATES, begin, event, record_event  # noqa: E402
from tests.services.conftest import RedisServer  # noqa: E402
from tests.services.processes import running, wait_for  # noqa: E402
from tests.services.test_workers import command_of, ping, wake  # noqa: E402
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
    parser.add_argument("--worker", action="store_true", help="tell by a real worker, through Redis and over HTTP")
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    begin()
    # What a process does once is no part of what a message costs.
    items_of(Change.objects.order_by("position"), current_clock())
    columns = ["subscribers", "recording, ms", "fan-out, s", "its queries", "messages", "telling, s", "ms each"]
    columns += ["queries each", "peak MB"]
    sys.stdout.write(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|\n")
    for number in given.subscribers:
        with by_worker() if given.worker else by_ourselves() as (address, tell):
            row = measure(number, address, tell)
        sys.stdout.write("| " + " | ".join("–" if value is None else f"{value:,.4g}" for value in row) + " |\n")
        sys.stdout.flush()


# Tells whoever is due: queries in all, where they can be counted, and the most megabytes that it took.
Tell = Callable[[], tuple[int | None, float]]


def measure(subscribers: int, address: str, tell: Tell) -> list[float | None]:
    """The figures of one row."""
    Subscription.objects.all().delete()
    fan_out(timezone.now())
    subscribe(subscribers, address)
    changes = tqdm(range(CHANGES), desc="changes", leave=False)
    seconds = [timed(lambda number=number: record(subscribers, number)) for number in changes]
    with CaptureQueriesContext(connection) as fanning:
        fan_out_seconds = timed(lambda: fan_out(timezone.now()))
    connection.force_debug_cursor = False
    began = time.perf_counter()
    queries, peak = tell()
    telling = time.perf_counter() - began
    messages = Delivery.objects.count()
    each = None if queries is None else queries / messages
    recording = statistics.median(seconds) * 1000
    first = [subscribers, recording, fan_out_seconds, len(fanning), messages, telling, telling * 1000 / messages]
    return [*first, each, peak]


@contextmanager
def by_ourselves() -> Iterator[tuple[str, Tell]]:
    """Tell in this thread, where queries can be counted."""

    def tell() -> tuple[int, float]:
        counter = Counter()
        with connection.execute_wrapper(counter):
            while Deliverer(AtOnce(), threads=1).run():
                pass
        # The most that the process has had so far: rows that grow show what the larger number needs.
        return counter.count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    yield "https://example.org", tell


@contextmanager
def by_worker() -> Iterator[tuple[str, Tell]]:
    """Have a worker tell, which is woken every ten seconds as by the scheduler, until nobody waits."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        redis = RedisServer(folder)
        redis.start()
        stack.callback(redis.stop)
        receiver: Receiver = stack.enter_context(receiving())
        environment = {
            "ARTICLE10_EMBEDDED": "false",
            "ARTICLE10_VAR": str(folder),
            "CHANNELS_OPENED": "127.0.0.1/32",
            "DJANGO_SETTINGS_MODULE": "tracker.settings",
            "REDIS_URL": redis.url,
        }
        command = [*command_of("worker"), "--hostname=celery@bench"]
        worker = stack.enter_context(running(command, log=folder / "log", environment=environment))
        wait_for(lambda: ping("celery@bench", environment), what="the worker")

        def tell() -> tuple[None, float]:
            while Subscription.objects.waiting().exists():
                wake(redis, "tracker.operations.jobs.deliver")
                wait_for_nobody(seconds=10)
            return None, most_megabytes(worker.pid)

        yield receiver.url, tell


def wait_for_nobody(seconds: float) -> None:
    """Wait until nobody waits any more, for so long at most."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and Subscription.objects.waiting().exists():
        time.sleep(0.2)


def most_megabytes(group: int) -> float:
    """The most that any process of the group has had."""
    peaks = [0]
    for status in Path("/proc").glob("[0-9]*/status"):
        if os.getpgid(int(status.parent.name)) == group:
            [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
            peaks.append(int(line.split()[1]))
    return max(peaks) / 1024


def subscribe(count: int, address: str) -> None:
    """So many subscribers, half of them to what nothing concerns."""
    now, head = timezone.now(), LogHead.objects.get().position
    Subscription.objects.bulk_create(
        Subscription(
            key=f"{number:024x}",
            channel=Channel.WEBHOOK,
            address=f"{address}/{number}",
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


class Counter:
    """Counts queries, and keeps none of them."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., object], *given: object) -> object:
        """What the query brings."""
        self.count += 1
        return execute(*given)


def timed(work: Callable[[], object]) -> float:
    """The seconds that it took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
