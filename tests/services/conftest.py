"""A Redis server of the test's own, which it may stop and start again."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection
from redis import Redis
from redis.exceptions import ConnectionError

from tests.clock import CLOCK
from tests.services.processes import free_port, wait_for


@pytest.fixture(autouse=True)
def clock_of_the_machine(request: pytest.FixtureRequest) -> Iterator[None]:
    """The processes of these tests go by the machine's clock, and so do the tests, where they share a database."""
    with CLOCK.stopped() if request.node.get_closest_marker("services") else nullcontext():
        yield


@dataclass
class RedisServer:
    """A server on a port of its own, with nothing kept on disk."""

    directory: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What goes into REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and return when it answers."""
        program = shutil.which("redis-server") or "redis-server"
        command = [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.directory)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
        wait_for(self.answers, what="Redis")

    def answers(self) -> bool:
        """Whether it takes commands."""
        with Redis(port=self.port) as client:
            try:
                return bool(client.ping())
            except ConnectionError:
                return False

    def stop(self) -> None:
        """End it, as a machine would that goes down."""
        if self.process:
            self.process.kill()
            self.process.wait(10)


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A running Redis; the test that asks for it carries the marker `services("redis")`."""
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def deployment(redis_server: RedisServer, transactional_db: None, tmp_path: Path) -> dict[str, str]:
    """The environment of processes that share the test's database and Redis, set up as in production.

    The data packages that they build lie in a folder of the test's own.
    """
    database = connection.settings_dict
    if connection.vendor == "postgresql":
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    else:
        address = f"sqlite:///{database['NAME']}"
    return {
        "ARTICLE10_EMBEDDED": "false",
        "ARTICLE10_VAR": str(tmp_path),
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "LOG_LEVEL": "INFO",
        "REDIS_URL": redis_server.url,
        "SECRET_KEY": "a-key-for-processes-of-tests",
    }
