"""What readers see while something breaks: one fault after another under steady reading and writing; a table.

    python bench/faults.py                    # all of them, some ten minutes
    python bench/faults.py --only "Redis is away for 10 s"

Starts everything that docker-compose.yml starts as processes of this machine (`bench/stand.py`; wants PostgreSQL, Redis
and nginx to be installed), two webs and two workers. Fifteen times a second a reader asks, in turn, for a page at hand,
the same as data, and a page of another day, all through the proxy; an editor records an act every two seconds and does
not give up. In the end the log must tell of each act once, and every entry of it is read and hashed anew.
"""

import argparse
import contextlib
import http.client
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from stand import Stand, running, wait_for

EVERY = 1 / 15
BEFORE, AFTER = 3.0, 9.0
Fault = Callable[[Stand], None]


@dataclass
class Seen:
    """What came back: how often each status in each second since the break, how long, and the last that was no 200."""

    by_second: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: list[float] = field(default_factory=list)
    last_bad: float | None = None

    def add(self, at: float, status: str, took: float) -> None:
        """One answer, asked for so many seconds after the break."""
        self.by_second[int(at // 1)][status] += 1
        self.seconds.append(took)
        if status != "200":
            self.last_bad = max(at, self.last_bad or 0.0)

    def totals(self) -> str:
        """How many of each."""
        all_of_it: Counter[str] = sum(self.by_second.values(), Counter())
        return ", ".join(f"{count} × {status}" for status, count in all_of_it.most_common())

    def seconds_not_well(self) -> str:
        """The seconds in which something else than 200 came, and what."""
        told = []
        for second, found in sorted(self.by_second.items()):
            if bad := {status: count for status, count in found.items() if status != "200"}:
                of_it = " ".join(f"{count} × {status}" for status, count in sorted(bad.items()))
                told.append(f"{second}: {of_it} of {found.total()}")
        return "; ".join(told) or "–"


def addresses(site: str) -> Iterator[str]:
    """A page at hand, the same as data, and a page of another day, for ever."""
    days = itertools.cycle(f"{year}-{month:02d}-11" for year in range(1996, 2025) for month in range(1, 13))
    for day in days:
        yield f"{site}/accessions/SWE/"
        yield f"{site}/api/v1/accessions/SWE/"
        yield f"{site}/accessions/SWE/?as_of={day}"


def ask(address: str, reader: int) -> str:
    """The status, or what kept it from coming. Each reader has an address of its own, as readers have."""
    where = urllib.parse.urlsplit(address)
    source = (f"127.1.{reader % 200}.{reader % 250 + 1}", 0)
    one = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60, source_address=source)
    try:
        one.request("GET", f"{where.path}?{where.query}".rstrip("?"))
        answer = one.getresponse()
        answer.read()
        return str(answer.status)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        one.close()


def trial(stand: Stand, asked: Iterator[str], break_it: Fault) -> Seen:
    """Read, break and mend, read on until some seconds after it was mended."""
    seen, threads, began = Seen(), [], time.monotonic()
    breaking = threading.Thread(target=break_it, args=(stand,))

    def note(address: str) -> None:
        at = time.monotonic()
        status = ask(address, len(threads))
        seen.add(at - began - BEFORE, status, time.monotonic() - at)

    mended = None
    while mended is None or time.monotonic() < mended + AFTER:
        now = time.monotonic()
        if breaking.ident is None and now >= began + BEFORE:
            breaking.start()
        if mended is None and breaking.ident is not None and not breaking.is_alive():
            mended = now
        one = threading.Thread(target=note, args=(next(asked),))
        one.start()
        threads.append(one)
        time.sleep(EVERY)
    for one in threads:
        one.join()
    return seen


# ── The faults ──


def nothing(_stand: Stand) -> None:
    """The line to compare the others with."""
    time.sleep(5)


def web_process_killed(stand: Stand) -> None:
    """One process of one web, as by the kernel that runs out of memory."""
    os.kill(stand["web1"].children()[0], signal.SIGKILL)


def master_killed(stand: Stand) -> None:
    """The whole of one web, and it starts again after four seconds."""
    stand["web1"].send(signal.SIGKILL, to_all=True)
    time.sleep(4)
    stand["web1"].start()
    wait_for(int(stand["web1"].environment["PORT"]))


def one_web_restarted(stand: Stand) -> None:
    """As an upgrade does with one after the other."""
    for name in ("web1", "web2"):
        stand[name].stop()
        stand[name].start()
        wait_for(int(stand[name].environment["PORT"]))


def all_webs_restarted(stand: Stand) -> None:
    """Both at a time: nobody is there until they have started."""
    for name in ("web1", "web2"):
        stand[name].stop()
    for name in ("web1", "web2"):
        stand[name].start()
    for name in ("web1", "web2"):
        wait_for(int(stand[name].environment["PORT"]))


def restarted(name: str, number: int = signal.SIGTERM) -> Fault:
    """A service ended in that way, and started."""

    def break_it(stand: Stand) -> None:
        stand[name].stop(number)
        stand[name].start()

    return break_it


def away(name: str, seconds: float, number: int = signal.SIGTERM) -> Fault:
    """A service ended, and started after so many seconds."""

    def break_it(stand: Stand) -> None:
        stand[name].stop(number)
        time.sleep(seconds)
        stand[name].start()

    return break_it


def silent(name: str, seconds: float) -> Fault:
    """A service whose processes stand still, as behind a partitioned network: it takes connections and says nothing."""

    def break_it(stand: Stand) -> None:
        pids = [stand[name].process.pid, *stand[name].children()]  # type: ignore[union-attr]
        for one in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGSTOP)
        time.sleep(seconds)
        for one in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGCONT)

    return break_it


def clock_ahead(stand: Stand) -> None:
    """One web whose clock is two hours ahead, for ten seconds."""
    stand["web1"].stop()
    stand["web1"].start("faketime", "-f", "+2h", FAKETIME_DONT_FAKE_MONOTONIC="1")
    wait_for(int(stand["web1"].environment["PORT"]))
    time.sleep(10)
    stand["web1"].stop()
    stand["web1"].start()
    wait_for(int(stand["web1"].environment["PORT"]))


def half_sent(stand: Stand) -> None:
    """Two hundred clients that begin a request and say no more, for ten seconds."""
    port = int(stand.site.rpartition(":")[2])
    with contextlib.ExitStack() as open_ones:
        for number in range(200):
            # Of as many addresses, so that it is not the limit of one that ends them.
            one = open_ones.enter_context(socket.socket())
            one.bind((f"127.0.1.{number + 1}", 0))
            one.connect(("127.0.0.1", port))
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
        time.sleep(10)


def disk_full(stand: Stand) -> None:
    """No room for data packages, while one is to be built; then there is room again."""
    files = stand.folder / "files"
    filler = files / "filler"
    with contextlib.suppress(OSError), filler.open("wb") as full:
        while True:
            full.write(bytes(1_000_000))
    with contextlib.suppress(subprocess.CalledProcessError):
        stand.manage("run_job", "publish_snapshot")
    left = [one.name for one in (files / "packages").glob(".new-*")]
    filler.unlink(missing_ok=True)
    stand.manage("run_job", "publish_snapshot")
    sys.stderr.write(f"left behind by the full disk: {left or 'nothing'}\n")


FAULTS: dict[str, Fault] = {
    "nothing": nothing,
    "a web process is killed": web_process_killed,
    "one of two webs is killed, back after 4 s": master_killed,
    "the webs are restarted one after the other": one_web_restarted,
    "both webs are restarted at a time": all_webs_restarted,
    "one of two webs stands still for 10 s": silent("web1", 10),
    "Redis is restarted": restarted("redis"),
    "Redis is away for 10 s": away("redis", 10),
    "Redis is silent for 10 s": silent("redis", 10),
    "PostgreSQL is restarted": restarted("db", signal.SIGINT),
    "PostgreSQL is killed": restarted("db", signal.SIGQUIT),
    "PostgreSQL is away for 10 s": away("db", 10, signal.SIGINT),
    "PostgreSQL is silent for 20 s": silent("db", 20),
    "a worker is killed": away("worker1", 3, signal.SIGKILL),
    "the scheduler is killed": away("beat", 3, signal.SIGKILL),
    "two hundred half-sent requests for 10 s": half_sent,
    "the clock of one web is two hours ahead": clock_ahead,
    "the disk of the data packages is full": disk_full,
}


@contextlib.contextmanager
def small_disk(stand: Stand) -> Iterator[None]:
    """The folder of the data packages on a disk of its own of 64 MB, where we may mount one."""
    files = str(stand.folder / "files")
    mount = shutil.which("mount") or "mount"
    command = [mount, "-t", "tmpfs", "-o", "size=64m", "tmpfs", files]
    if os.geteuid() or subprocess.run(command, check=False).returncode:  # noqa: S603
        FAULTS.pop("the disk of the data packages is full", None)
        yield
        return
    try:
        yield
    finally:
        subprocess.run([shutil.which("umount") or "umount", "-l", files], check=False)  # noqa: S603


@contextlib.contextmanager
def writing(stand: Stand) -> Iterator[list[dict[str, object]]]:
    """An editor who records an act every two seconds; what he has on record, once he has ended."""
    done: list[dict[str, object]] = []
    told = stand.folder / "editor.log"
    with told.open("wb") as output:
        command = [sys.executable, "bench/editor.py"]
        editor = subprocess.Popen(command, env=stand.environment, stdout=output, cwd=Path(__file__).parents[1])  # noqa: S603
        try:
            yield done
        finally:
            time.sleep(3)
            editor.terminate()
            editor.wait(20)
    done.extend(json.loads(line) for line in told.read_text().splitlines() if line.endswith("}"))


COUNT = """
from tracker.models import Change
keys = [one.payload["event"]["key"] for one in Change.objects.filter(type="event.recorded").order_by("position")]
trials = [key for key in keys if key.startswith("trial-")]
print(len(set(trials)), len(trials))
"""


def faults_in(stand: Stand) -> Iterator[str]:
    """The lines of the webs about what was a fault of the code."""
    for name in ("web1", "web2"):
        lines = (stand.folder / f"{name}.log").read_text().splitlines()
        yield from (f"{line[:2000]}\n" for line in lines if '"ERROR"' in line or ": 500 " in line)


def main() -> None:
    """Try each, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=FAULTS)
    given = parser.parse_args()
    with running() as stand, small_disk(stand):
        before, asked = stand.root(), addresses(stand.site)
        sys.stdout.write("| fault | answers | not 200, by the second | median, longest | whole again after |\n")
        sys.stdout.write("|---|---|---|---|---|\n")
        with writing(stand) as acts:
            for name, break_it in list(FAULTS.items()):
                if given.only and name not in given.only:
                    continue
                seen = trial(stand, asked, break_it)
                ordered = sorted(seen.seconds)
                times = f"{ordered[len(ordered) // 2]:.3f} s, {ordered[-1]:.2f} s"
                whole = "at once" if seen.last_bad is None else f"{seen.last_bad:.0f} s"
                sys.stdout.write(f"| {name} | {seen.totals()} | {seen.seconds_not_well()} | {times} | {whole} |\n")
                sys.stdout.flush()
        sys.stderr.write("".join(faults_in(stand)))
        counted = stand.manage("shell", "-v", "0", "-c", COUNT)
        sys.stdout.write(f"\nThe record before: {before}; after: {stand.root()}. ")
        sys.stdout.write(f"Acts told as saved: {len(acts)}; keys and entries of them in the log: {counted}.\n")


if __name__ == "__main__":
    main()
