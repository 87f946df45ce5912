"""A PostgreSQL server of a test's own, which it may end and start again as a machine does."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
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

    @property
    def url(self) -> str:
        """What goes into DATABASE_URL."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def begin(self) -> None:
        """Make the server and start it; it answers."""
        self._run("initdb", "--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C")
        self._control("start")

    def restart(self, mode: str) -> None:
        """End it at once (`immediate`, as a power cut does) or with its connections (`fast`), and start it again."""
        self._control("restart", "--mode", mode)

    def stop(self) -> None:
        """End it."""
        self._control("stop", "--mode", "immediate")

    def _control(self, *what: str) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder}"
        self._run("pg_ctl", "--wait", "--silent", "--log", str(self.folder / "log"), "--options", options, *what)

    def _run(self, program: str, *options: str) -> None:
        user = "postgres" if os.geteuid() == 0 else None
        command = [str(_programs() / program), "--pgdata", str(self.folder / "data"), *options]
        subprocess.run(command, user=user, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)  # noqa: S603


@contextmanager
def own_postgresql() -> Iterator[OwnPostgreSQL]:
    """A running server, until the block ends."""
    # Not the test's own folder, into which nobody but its user may look.
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, pwd.getpwnam("postgres").pw_uid)
    server = OwnPostgreSQL(folder, free_port())
    try:
        server.begin()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)
