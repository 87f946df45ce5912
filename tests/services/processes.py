"""Real processes for tests: started in a group of their own, waited for, and ended with all they have started."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]

# A process takes its time to start on a machine that is busy; how long, in seconds, is no part of what is tested.
PATIENCE = 180.0

Answer = TypeVar("Answer")


# Below those that the system gives to outgoing connections: while a server of ours is away, no client gets its port,
# and none that keeps trying can end up connected to itself.
_PORTS = range(20_000, 32_000)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    # Not from the seed of the test run, which is the same in all its processes.
    for port in secrets.SystemRandom().sample(_PORTS, 50):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")


def wait_for(question: Callable[[], Answer], *, what: str, seconds: float = PATIENCE, pause: float = 0.1) -> Answer:
    """The first true answer; fails when there is none in that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(pause)
    raise AssertionError(f"waited {seconds:g} s in vain for {what}")


def is_alive(group: int) -> bool:
    """Whether any process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def running(command: Sequence[str], *, log: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process of this project's Python; afterwards nothing of its group is left, whatever happened."""
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  # our own commands
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if is_alive(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
