"""Everything that docker-compose.yml starts, as processes of this machine, for trials that break it.

A PostgreSQL cluster, a Redis and an nginx of its own in a temporary folder, and web, worker and scheduler by the
commands of the containers; nginx runs with the configuration of `deploy/nginx/`, in which only names of hosts, ports
and folders are others. PostgreSQL refuses to run as root and is given to the user `postgres` then.
"""

import itertools
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, below those that the system gives to outgoing connections."""
    return list(itertools.islice((port for port in range(21_000, 32_000) if not answers(port)), count))


def postgresql(program: str) -> str:
    """The newest program of that name."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(found[-1]) if found else program


@dataclass
class Service:
    """A process and all that it starts, and the command by which it starts again."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self, *before: str, **more: str) -> None:
        """Start it, with another program in front where one is given, and with more in its environment."""
        with (self.folder / f"{self.name}.log").open("ab") as told:
            self.process = subprocess.Popen(  # noqa: S603
                [*before, *self.command],
                env={**self.environment, **more},
                cwd=ROOT,
                stdout=told,
                stderr=told,
                start_new_session=True,
            )

    def send(self, number: int, *, to_all: bool = False) -> None:
        """A signal to the process, or to all of its group."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                (os.killpg if to_all else os.kill)(self.process.pid, number)

    def children(self) -> list[int]:
        """The processes that it has started itself."""
        if self.process is None:
            return []
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in told.split()]

    def stop(self, number: int = signal.SIGTERM, seconds: float = 40) -> None:
        """End it, and whatever is left of it after so many seconds."""
        if self.process is None:
            return
        self.send(number)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        self.send(signal.SIGKILL, to_all=True)
        self.process.wait(10)


@dataclass
class Stand:
    """What runs, by name, and where readers find it."""

    folder: Path
    site: str
    environment: dict[str, str]
    services: dict[str, Service] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Service:
        return self.services[name]

    def add(self, name: str, command: list[str], **more: str) -> Service:
        """A further service, not yet started."""
        self.services[name] = Service(name, command, {**self.environment, **more}, self.folder)
        return self.services[name]

    def manage(self, *command: str) -> str:
        """What a command says."""
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *command],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def root(self) -> str:
        """The edition, after every entry of the log has been read and hashed."""
        return self.manage("check_record").splitlines()[-1]


def environment_of(folder: Path, database: int, redis: int) -> dict[str, str]:
    """The settings of production behind one proxy that ends no TLS."""
    return {
        **os.environ,
        "SECRET_KEY": "a-key-for-trials-that-protects-nothing-and-is-known-to-everybody",
        "BASE_URL": "http://127.0.0.1",
        "ALLOWED_HOSTS": "*",
        "HTTPS": "false",
        "PROXY_HOPS": "1",
        "CONTACT": "trials@example.org",
        "ARTICLE10_VAR": str(folder / "files"),
        "DATABASE_URL": f"postgres://article10@127.0.0.1:{database}/article10",
        "REDIS_URL": f"redis://127.0.0.1:{redis}",
        "REDIS_PASSWORD": "a-password-of-trials",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "PAGES_PER_MINUTE": "1000000",
        "API_REQUESTS_PER_MINUTE": "1000000",
    }


def proxy_of(folder: Path, webs: Sequence[int], kind: str = "plain", **ports: int) -> list[str]:
    """nginx with the project's configuration of that kind, and in it the ports of this machine: `http`, and `https`.

    Certificate and key of the kind `tls` lie in `folder`, as in TLS_FOLDER; static files, too, if they are not those of
    this checkout.
    """
    at = folder / "nginx"
    at.mkdir()
    # Docker's names give the addresses of all containers, none of which is remembered as bad.
    servers = " ".join(f"server 127.0.0.1:{web} max_fails=0;" for web in webs)
    static = folder / "static" if (folder / "static").is_dir() else ROOT / "staticfiles"
    others = {
        "/tmp/": f"{at}/",  # noqa: S108
        "/etc/nginx/article10/": f"{at}/",
        "/etc/nginx/tls/": f"{folder}/",
        "/srv/static/": f"{static}/",
        "/srv/acme": f"{folder}/acme",
        "web:8000": "webs",
        "listen 8080": f"listen 127.0.0.1:{ports['http']}",
        "listen 8443": f"listen 127.0.0.1:{ports.get('https')}",
        "/dev/stdout": f"{at}/access.log",
        "/dev/stderr": f"{at}/error.log",
        "http {\n": f"http {{\n  upstream webs {{ {servers} }}\n",
    }
    for name in ("site.conf", f"{kind}.conf"):
        text = re.sub(r"^(resolver |\s*listen \[::\]).*$", "", (ROOT / "deploy/nginx" / name).read_text(), flags=re.M)
        for theirs, ours in others.items():
            text = text.replace(theirs, ours)
        (at / name).write_text("user root;\n" * (name != "site.conf" and os.geteuid() == 0) + text)
    return [shutil.which("nginx") or "nginx", "-c", f"{at}/{kind}.conf", "-e", f"{at}/error.log", "-g", "daemon off;"]


def _cluster(folder: Path, port: int) -> list[str]:
    """The command of an empty PostgreSQL, made beforehand."""
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres", "postgres")
    data = str(folder / "data")
    command = [*as_user, postgresql("initdb"), "-D", data, "-A", "trust", "-U", "article10", "--data-checksums"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return [*as_user, postgresql("postgres"), "-D", data, "-p", str(port), "-k", str(folder), "-h", "127.0.0.1"]


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


def wait_for(port: int, seconds: float = 120) -> None:
    """Wait until somebody listens."""
    until = time.monotonic() + seconds
    while not answers(port):
        if time.monotonic() > until:
            raise SystemExit(f"Nobody listens on {port}.")
        time.sleep(0.1)


def _fill(stand: Stand, database: int) -> None:
    """The shipped record, and the static files."""
    command = ["createdb", "-h", "127.0.0.1", "-p", str(database), "-U", "article10", "article10"]
    subprocess.run(command, check=True)  # noqa: S603
    for task in (("migrate", "--noinput"), ("load_dataset",), ("load_watches",)):
        stand.manage(*task)
    if not (ROOT / "staticfiles" / "staticfiles.json").is_file():
        stand.manage("collectstatic", "--noinput")


def _jobs(stand: Stand, workers: int) -> None:
    """Workers of one process each, and the scheduler."""
    celery = [sys.executable, "-m", "celery", "--app=tracker"]
    for number in range(1, workers + 1):
        options = ["--concurrency=1", "--without-mingle", "--without-gossip", "-n", f"worker{number}@trial"]
        stand.add(f"worker{number}", [*celery, "worker", *options], DATABASE_PATIENCE="240").start()
    stand.add("beat", [*celery, "beat", "--scheduler=celery.beat:Scheduler"]).start()


def _start(stand: Stand, ports: Sequence[int], workers: int) -> None:
    """All of it, in the order of docker-compose.yml."""
    database, redis, proxy, *webs = ports
    stand.add("db", _cluster(stand.folder / "pg", database)).start()
    options = ["--port", str(redis), "--save", "", "--dir", str(stand.folder)]
    stand.add("redis", ["redis-server", *options, "--requirepass", stand.environment["REDIS_PASSWORD"]]).start()
    wait_for(database)
    wait_for(redis)
    _fill(stand, database)
    for number, port in enumerate(webs, 1):
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "tracker.wsgi"]
        stand.add(f"web{number}", command, PORT=str(port), WEB_CONCURRENCY="2").start()
    _jobs(stand, workers)
    for port in webs:
        wait_for(port)
    stand.add("proxy", proxy_of(stand.folder, webs, http=proxy)).start()
    wait_for(proxy)


@contextmanager
def running(webs: int = 2, workers: int = 2) -> Iterator[Stand]:
    """The stand with the shipped record, from the first answers on until all of it is ended."""
    folder = Path(tempfile.mkdtemp(prefix="article10-stand-"))
    folder.chmod(0o755)
    for name in ("files", "pg"):
        (folder / name).mkdir()
    ports = free_ports(3 + webs)
    stand = Stand(folder, f"http://127.0.0.1:{ports[2]}", environment_of(folder, ports[0], ports[1]))
    try:
        _start(stand, ports, workers)
        yield stand
    except BaseException:
        for log in folder.glob("*.log"):
            sys.stderr.write(f"── {log.name}\n" + log.read_text(errors="replace")[-600:])
        raise
    finally:
        for service in reversed(stand.services.values()):
            service.send(signal.SIGCONT, to_all=True)
            service.stop(signal.SIGINT if service.name == "db" else signal.SIGTERM)
        shutil.rmtree(folder, ignore_errors=True)
