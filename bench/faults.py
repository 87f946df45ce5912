"""What readers see while something breaks: one fault after another under steady reading, a table at the end.

    docker compose up -d && python bench/faults.py --site https://localhost

Asks pages that are at hand and pages that have to be made, in turn, fifteen times a second, each in a thread of its
own; breaks one thing at a time for the seconds told, waits, and lets `manage.py check_record` work out the root of the
record before and after all of it. Only for an instance that nobody reads.
"""

import argparse
import itertools
import shlex
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field

EVERY = 1 / 15
BEFORE, AFTER = 3.0, 9.0


@dataclass
class Seen:
    """What came back: how often each status, how long, and when the last that was no answer was asked for."""

    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    last_bad: float = 0.0


def addresses(site: str) -> "itertools.cycle[str]":
    """A page at hand, the same as data, and a page of another day."""
    dates = [f"{year}-{month:02d}-11" for year in range(1996, 2025) for month in range(1, 13)]
    days = [f"{site}/accessions/SWE/?as_of={day}" for day in dates]
    mixed = [each for day in days for each in (f"{site}/accessions/SWE/", f"{site}/api/v1/accessions/SWE/", day)]
    return itertools.cycle(mixed)


def ask(address: str, seen: Seen, began: float) -> None:
    """Ask once, and note what came."""
    at, context = time.monotonic(), ssl._create_unverified_context()  # noqa: S323  # a certificate of this machine's own
    try:
        with urllib.request.urlopen(address, timeout=60, context=context) as answer:  # noqa: S310
            answer.read()
            status = str(answer.status)
    except urllib.error.HTTPError as error:
        status = str(error.code)
    except OSError as error:
        status = type(error).__name__
    seen.statuses[status] += 1
    seen.seconds.append(time.monotonic() - at)
    if status != "200":
        seen.last_bad = at - began


def trial(site: str, commands: list[str], lasts: float) -> tuple[Seen, float]:
    """Read, break, mend, read on; and at which second it was broken."""
    seen, threads, began, asked = Seen(), [], time.monotonic(), addresses(site)
    breaking = threading.Thread(target=do, args=(commands, lasts))
    while (now := time.monotonic() - began) < BEFORE + lasts + AFTER:
        if now >= BEFORE and breaking.ident is None:
            breaking.start()
        one = threading.Thread(target=ask, args=(next(asked), seen, began))
        one.start()
        threads.append(one)
        time.sleep(EVERY)
    for one in [*threads, breaking]:
        one.join()
    return seen, BEFORE


def do(commands: list[str], lasts: float) -> None:
    """Break it, wait, and mend it if it does not mend itself."""
    for number, command in enumerate(commands):
        if number:
            time.sleep(lasts)
        subprocess.run(shlex.split(command), check=False, capture_output=True)  # noqa: S603


def faults(compose: str) -> dict[str, tuple[list[str], float]]:
    """Each by name: how it is made and mended, and for how long it lasts."""
    inside = f"{compose} exec -T"
    # The youngest of them is no master.
    servers = "[int(f.split('/')[2]) for f in glob.glob('/proc/[0-9]*/cmdline') if b'gunicorn' in open(f,'rb').read()]"
    kill = f"import os,signal,glob;os.kill(max({servers}),signal.SIGKILL)"
    return {
        "nothing": ([], 5),
        "a web process is killed": ([f'{inside} web python -c "{kill}"'], 1),
        "the web container is restarted": ([f"{compose} restart web"], 12),
        "Redis is away for 10 s": ([f"{compose} stop -t 1 redis", f"{compose} start redis"], 10),
        "Redis is silent for 10 s": ([f"{compose} pause redis", f"{compose} unpause redis"], 10),
        "PostgreSQL is restarted": ([f"{compose} restart db"], 5),
        "PostgreSQL is away for 10 s": ([f"{compose} stop db", f"{compose} start db"], 10),
        "PostgreSQL is silent for 20 s": ([f"{compose} pause db", f"{compose} unpause db"], 20),
        "the worker is killed": ([f"{compose} kill worker", f"{compose} start worker"], 3),
        "the scheduler is killed": ([f"{compose} kill beat", f"{compose} start beat"], 3),
    }


def root(compose: str) -> str:
    """The edition, after every entry of the log has been read and hashed."""
    command = shlex.split(f"{compose} exec -T web python manage.py check_record")
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


def main() -> None:
    """Try each, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", default="https://localhost")
    parser.add_argument("--compose", default="docker compose")
    parser.add_argument("--only", nargs="*")
    given = parser.parse_args()
    before = root(given.compose)
    sys.stdout.write("| fault | answers | median, longest | whole again after |\n|---|---|---|---|\n")
    for name, (commands, lasts) in faults(given.compose).items():
        if given.only and name not in given.only:
            continue
        seen, broken = trial(given.site, commands, lasts)
        told = ", ".join(f"{count} × {status}" for status, count in seen.statuses.most_common())
        ordered = sorted(seen.seconds)
        times = f"{ordered[len(ordered) // 2]:.2f} s, {ordered[-1]:.1f} s"
        whole = f"{max(0.0, seen.last_bad - broken):.0f} s" if seen.last_bad else "–"
        sys.stdout.write(f"| {name} | {told} | {times} | {whole} |\n")
        sys.stdout.flush()
    after = root(given.compose)
    sys.stdout.write(f"\nThe record before: {before}; after: {after}.\n")


if __name__ == "__main__":
    main()
