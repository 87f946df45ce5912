"""What is served, next to a static file by the same server and next to Datasette over the same tables, in one run.

    DATABASE_URL=postgres://… REDIS_URL=redis://… python bench/serving.py --datasette PATH --rounds 5 --seconds 3

The database is loaded, and no other program asks it. `wrk` asks on the same machine with eight connections, for one
thing after another, round after round: each ratio is the median of the ratios within a round, so that a machine that is
busy for a while slows down both sides. `--servers` chooses how the application is served; those that are not installed
are left out (`pip install granian uvicorn`). Datasette may be installed in an environment of its own.
"""

import argparse
import contextlib
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = "/accessions/SWE/"
JSON = "/api/v1/events/?limit=100"
DATASETTE = "100 events by Datasette"
# Another day each time, so that nothing that is kept answers.
ANOTHER_DAY = """
local n = tonumber(os.getenv("SEED"))
request = function()
  n = n + 7
  local day = n % 10000
  local year, month, date = 1995 + math.floor(day / 336), 1 + math.floor(day / 28) % 12, 1 + day % 28
  local mark = os.getenv("ADDRESS"):find("?") and "&" or "?"
  return wrk.format("GET", string.format("%s%sas_of=%d-%02d-%02d", os.getenv("ADDRESS"), mark, year, month, date))
end
"""
_APP = "tracker.wsgi"
SERVERS = {
    "gunicorn sync": ["gunicorn", "-c", "gunicorn.conf.py", _APP],
    "gunicorn gthread": ["gunicorn", "-c", "gunicorn.conf.py", "-k", "gthread", "--threads", "4", _APP],
    "granian": ["granian", "--interface", "wsgi", "--blocking-threads", "1", "--workers", "4"],
    "uvicorn": ["uvicorn", "--interface", "wsgi", "--workers", "4", "--no-access-log", "--log-level", "error"],
}


@dataclass(frozen=True)
class Target:
    """What is asked for: by which name it is told, where it is, and whether on another day each time."""

    name: str
    server: str
    address: str
    is_made: bool = False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def serving(command: Sequence[str], environment: dict[str, str], address: str) -> Iterator[None]:
    """The server, from its first answer on."""
    with tempfile.TemporaryFile() as told:
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=told, stderr=told)  # noqa: S603
        try:
            for _ in range(300):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(address, timeout=60).read()  # noqa: S310
                    break
                time.sleep(0.2)
            yield
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def rate(target: Target, seconds: int, script: Path, seed: int) -> float:
    """Answers a second. Ends the run at anything but 2xx."""
    more = ["-s", str(script)] if target.is_made else []
    address = re.sub(r"^https?://[^/]+", "", target.address)
    done = subprocess.run(  # noqa: S603
        [
            shutil.which("wrk") or "wrk",
            "-t1",
            "-c8",
            f"-d{seconds}",
            "--timeout",
            "20",
            "-H",
            "Accept-Encoding: gzip",
            *more,
            target.address,
        ],
        env={**os.environ, "ADDRESS": address, "SEED": str(seed)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = float(re.findall(r"Requests/sec:\s+([\d.]+)", done.stdout)[0])
    if "Non-2xx" in done.stdout or not found:
        raise SystemExit(f"{target}: {done.stdout}")
    return found


@contextlib.contextmanager
def the_site(server: str, environment: dict[str, str]) -> Iterator[list[Target]]:
    """What the application serves by that server, with four processes."""
    port = free_port()
    command = [sys.executable, "-m", *SERVERS[server]]
    if not server.startswith("gunicorn"):
        command += ["--host", "127.0.0.1", "--port", str(port), f"{_APP}:application"]
    site = f"http://127.0.0.1:{port}"
    with serving(command, {**environment, "PORT": str(port), "WEB_CONCURRENCY": "4"}, site + "/healthz"):
        page = urllib.request.urlopen(site + PAGE, timeout=60).read().decode()  # noqa: S310
        static = re.findall(r'"(/static/css/[^"]+)"', page)[0]
        yield [
            Target("static file", server, site + static),
            Target("page, kept", server, site + PAGE),
            Target("JSON, kept", server, site + JSON),
            Target("page, made", server, site + PAGE, is_made=True),
            Target("JSON, made", server, site + JSON, is_made=True),
        ]


@contextlib.contextmanager
def datasette(program: str, folder: Path) -> Iterator[list[Target]]:
    """The same hundred events by Datasette from the data package."""
    port = free_port()
    package = sorted(folder.glob("packages/*/article10.sqlite"))[-1]
    command = [program, str(package), "-p", str(port), "--setting", "suggest_facets", "off"]
    address = f"http://127.0.0.1:{port}/article10/events.json?_size=100&_shape=objects"
    with serving(command, dict(os.environ), address):
        yield [Target(DATASETTE, "", address)]


def environment_of(folder: Path) -> dict[str, str]:
    """Settings of production over the given database, with no limit by address: there is but one here."""
    return {
        **os.environ,
        "SECRET_KEY": "a-key-for-benchmarks",
        "BASE_URL": "http://localhost",
        "ALLOWED_HOSTS": "*",
        "HTTPS": "false",
        "CONTACT": "bench",
        "LOG_LEVEL": "ERROR",
        "ARTICLE10_VAR": str(folder),
        "API_REQUESTS_PER_MINUTE": "1000000000",
        "PAGES_PER_MINUTE": "1000000000",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }


def prepare(environment: dict[str, str]) -> None:
    """The data package, which Datasette serves, and the static files, without which no page is written."""
    for command in (["run_job", "publish_snapshot"], ["collectstatic", "--noinput"]):
        told = subprocess.DEVNULL
        subprocess.run([sys.executable, "manage.py", *command], env=environment, cwd=ROOT, check=True, stdout=told)  # noqa: S603


def measure(targets: Sequence[Target], rounds: int, seconds: int) -> dict[Target, list[float]]:
    """The rate of each in each round; the first of all is not counted."""
    found: dict[Target, list[float]] = defaultdict(list)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(ANOTHER_DAY)
        script.flush()
        # Days that no run before this one has left in Redis, and that no server or round shares with another.
        seed = int(time.time()) % 9973
        for number in range(rounds + 1):
            for target in targets:
                seed += 1
                one = rate(target, seconds, Path(script.name), seed * 3331 % 10000)
                if number:
                    found[target].append(one)
    return found


def table(found: dict[Target, list[float]]) -> str:
    """Rates, and the medians of the ratios to Datasette and to the static file of the same round and server."""

    def over(target: Target, other: Target) -> float:
        return statistics.median(one / of for one, of in zip(found[target], found[other], strict=True))

    base = next(target for target in found if target.name == DATASETTE)
    lines = ["| | server | a second | × Datasette | × static file | lowest, highest |", "|---|---|---|---|---|---|"]
    for target, rates in found.items():
        static = next((one for one in found if one.server == target.server and one.name == "static file"), None)
        ratios = f"{over(target, base):.1f} | {over(target, static):.2f}" if static else "1.0 | "
        lines.append(
            f"| {target.name} | {target.server} | {statistics.median(rates):.0f} | {ratios} "
            f"| {min(rates):.0f}, {max(rates):.0f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--datasette", default=shutil.which("datasette") or "datasette")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--servers", nargs="+", choices=SERVERS, default=["gunicorn sync"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as running:
        environment = environment_of(Path(name))
        prepare(environment)
        targets = running.enter_context(datasette(given.datasette, Path(name)))
        for server in given.servers:
            if find_spec(SERVERS[server][0]):
                targets = [*targets, *running.enter_context(the_site(server, environment))]
        found = measure(targets, given.rounds, given.seconds)
    sys.stdout.write(table(found))


if __name__ == "__main__":
    main()
