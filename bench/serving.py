"""What is served, next to a static file by the same server and next to Datasette over the same tables, in one run.

    DATABASE_URL=postgres://… REDIS_URL=redis://… python bench/serving.py --datasette PATH --seconds 5

The database is loaded, and no other program asks it. Each rate is the median of three runs by `wrk` on the same
machine, so only the ratios mean something. `--server` chooses how the application is served; `--all-servers` measures
the choice.
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
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = "/accessions/SWE/"
JSON = "/api/v1/events/?limit=100"
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
SERVERS = {
    "gunicorn sync": ["gunicorn", "-c", "gunicorn.conf.py", "tracker.wsgi"],
    "gunicorn gthread": ["gunicorn", "-c", "gunicorn.conf.py", "-k", "gthread", "--threads", "4", "tracker.wsgi"],
    "granian": ["granian", "--interface", "wsgi", "--blocking-threads", "1", "tracker.wsgi:application"],
}


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
            for _ in range(200):
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(address, timeout=30).read()  # noqa: S310
                    break
                time.sleep(0.2)
            yield
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(40)


def rate(address: str, seconds: int, script: Path | None = None, seed: int = 0) -> float:
    """Answers a second with eight connections; the median of three. Ends the run at anything but 2xx."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}", "-H", "Accept-Encoding: gzip"]
    found = []
    for run in range(3):
        more = ["-s", str(script)] if script else []
        told = {**os.environ, "ADDRESS": re.sub(r"^https?://[^/]+", "", address), "SEED": str(seed + run * 3331)}
        done = subprocess.run([*command, *more, address], env=told, capture_output=True, text=True, check=True)  # noqa: S603
        if "Non-2xx" in done.stdout:
            raise SystemExit(f"{address}: {done.stdout}")
        found.append(float(re.findall(r"Requests/sec:\s+([\d.]+)", done.stdout)[0]))
    return statistics.median(found)


def of_the_site(server: str, seconds: int, environment: dict[str, str]) -> dict[str, float]:
    """What the application serves by that server."""
    port = free_port()
    told = {**environment, "PORT": str(port), "WEB_CONCURRENCY": "4"}
    command = [sys.executable, "-m", *SERVERS[server]]
    if server == "granian":
        command[-1:-1] = ["--host", "127.0.0.1", "--port", str(port), "--workers", "4"]
    site = f"http://127.0.0.1:{port}"
    with serving(command, told, site + "/healthz"), tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(ANOTHER_DAY)
        script.flush()
        page = urllib.request.urlopen(site + PAGE, timeout=60).read().decode()  # noqa: S310
        urllib.request.urlopen(site + JSON, timeout=60).read()  # noqa: S310
        static = re.findall(r'"(/static/css/[^"]+)"', page)[0]
        seed = int(time.time()) % 9973
        return {
            "static file": rate(site + static, seconds),
            "page, kept": rate(site + PAGE, seconds),
            "JSON, kept": rate(site + JSON, seconds),
            "page, made": rate(site + PAGE, seconds, Path(script.name), seed),
            "JSON, made": rate(site + JSON, seconds, Path(script.name), seed),
        }


def of_datasette(program: str, folder: Path, seconds: int) -> float:
    """The same hundred events by Datasette from the data package."""
    port = free_port()
    package = sorted(folder.glob("packages/*/article10.sqlite"))[-1]
    command = [program, str(package), "-p", str(port), "--setting", "suggest_facets", "off"]
    address = f"http://127.0.0.1:{port}/article10/events.json?_size=100&_shape=objects"
    with serving(command, dict(os.environ), address):
        return rate(address, seconds)


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


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--datasette", default=shutil.which("datasette") or "datasette")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--server", choices=SERVERS, default="gunicorn sync")
    parser.add_argument("--all-servers", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = environment_of(folder)
        prepare = [sys.executable, "manage.py", "run_job", "publish_snapshot"]
        subprocess.run(prepare, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        rows = {
            server: of_the_site(server, given.seconds, environment)
            for server in (SERVERS if given.all_servers else [given.server])
        }
        datasette = of_datasette(given.datasette, folder, given.seconds)
    sys.stdout.write("| | server | a second | × Datasette | × static file |\n|---|---|---|---|---|\n")
    for server, found in rows.items():
        for what, number in found.items():
            ratios = f"{number / datasette:.1f} | {number / found['static file']:.2f}"
            sys.stdout.write(f"| {what} | {server} | {number:.0f} | {ratios} |\n")
    sys.stdout.write(f"| 100 events | Datasette | {datasette:.0f} | 1.0 | |\n")


if __name__ == "__main__":
    main()
