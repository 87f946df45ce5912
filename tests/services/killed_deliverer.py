"""A process whose children tell subscribers and are killed at random moments; the last one may finish.

    python -m tests.services.killed_deliverer KILLS SEED

Each child is forked from a process that has everything loaded, so that a kill costs milliseconds.
"""

import os
import random
import signal
import sys
import time
from datetime import timedelta
from ipaddress import ip_network

import django

# The models want a set-up Django, and this is a program of its own.
django.setup()

from tracker.channels.sent.delivery import Deliverer  # noqa: E402
from tracker.channels.sent.outbound import Sender  # noqa: E402
from tracker.fetch.guard import Guard  # noqa: E402
from tracker.models import Subscription  # noqa: E402

_LEASE = timedelta(seconds=1)
# From before the first message of a turn to after its end.
_LONGEST_LIFE = 0.4


def main() -> int:
    """Kill so many children, then tell all that is left; how many kills there were is printed."""
    kills, chance = int(sys.argv[1]), random.Random(sys.argv[2])  # noqa: S311
    for _kill in range(kills):
        child = os.fork()
        if child == 0:
            _tell_for_ever()
        time.sleep(chance.uniform(0.02, _LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    _tell_the_rest()
    sys.stdout.write(f"{kills}\n")
    return 0


def _deliverer() -> Deliverer:
    return Deliverer(Sender(Guard(opened=(ip_network("127.0.0.1/32"),)), total=3), threads=3, lease=_LEASE)


def _tell_for_ever() -> None:
    while True:
        _deliverer().run()
        time.sleep(0.01)


def _tell_the_rest() -> None:
    while Subscription.objects.waiting().exists():
        _deliverer().run()
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
