"""A PostgreSQL server of a test's own, which it may end and start again as a machine does."""

import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services.processes import free_port


def _programs() -> Path:
    """Where the newest of the server's programs are."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    return installed[-1] if installed else Path(shutil.which("initdb") or "initdb").parent


@dataclass(frozen=True)
class OwnPostgreSQL:
    """A server on a port of its own, in a folder that is thrown away. It refuses to be run by root."""

    folder: Path
    port: int
    #: What it is started with, besides: `-c`, a setting, and so on.
    settings: Sequence[str] = ()

    @property
    def data(self) -> Path:
        """Where all that it keeps lies."""
        return self.folder / "data"

    @property
    def url(self) -> str:
        """What goes into DATABASE_URL."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def begin(self) -> None:
        """Make the server and start it; it answers."""
        self._run("initdb", "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C")
        self.start()

    def restart(self, mode: str) -> None:
        """End it at once (`immediate`, as a power cut does) or with its connections (`fast`), and start it again."""
        self._control("restart", "--mode", mode)

    def start(self) -> None:
        """Start it on what it has kept."""
        self._control("start")

    def stop(self) -> None:
        """End it."""
        self._control("stop", "--mode", "immediate")

    def _control(self, *what: str) -> None:
        options = shlex.join(["-p", str(self.port), "-h", "127.0.0.1", "-k", str(self.folder), *self.settings])
        self._run("pg_ctl", "--wait", "--silent", "--log", str(self.folder / "log"), "--options", options, *what)

    def _run(self, program: str, *options: str) -> None:
        user = "postgres" if os.geteuid() == 0 else None
        command = [str(_programs() / program), "--pgdata", str(self.data), *options]
        subprocess.run(command, user=user, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)  # noqa: S603


@contextmanager
def own_postgresql(*settings: str) -> Iterator[OwnPostgreSQL]:
    """A running server with these settings, in which /wal is a folder of its own, until the block ends."""
    # Not the test's own folder, into which nobody but its user may look.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, pwd.getpwnam("postgres").pw_uid)
    server = OwnPostgreSQL(folder, free_port(), [one.replace("/wal", f"{folder}/wal") for one in settings])
    try:
        server.begin()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)
