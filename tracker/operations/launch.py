"""`make run`: make an instance of the embedded default out of the checkout, and become its server.

What can go wrong on somebody else's machine is told in one line each, before anything is changed.
"""

import argparse
import os
import secrets
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import django
from django.core.management import CommandError, call_command

BASE_DIR = Path(__file__).resolve().parents[2]


class CannotStart(Exception):
    """The machine does not allow it; the message says what to do."""


def say(text: str) -> None:
    """Tell the person at the terminal, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def read_port(text: str) -> int:
    """The port, if it is one that this user can listen on and nobody else does."""
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT is {text!r}, which is not a number from 1 to 65535.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} cannot be used ({error.strerror}); choose another: make run PORT={other_than(port)}"
            ) from error
    return port


def other_than(port: int) -> int:
    """A port next to one that is taken."""
    return port + 1 if 1023 < port < 65535 else 8001


def make_directory(var: Path) -> None:
    """The directory of the instance, which only its owner can enter."""
    try:
        var.mkdir(mode=0o700, parents=True, exist_ok=True)
        (var / ".writable").touch()
        (var / ".writable").unlink()
    except OSError as error:
        raise CannotStart(f"{var} cannot be written to ({error.strerror}).") from error


def write_secret(path: Path, text: str) -> None:
    """The text in a file of its own, which nobody but the owner could read at any moment."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")


def prepare_environment(port: int, var: Path) -> None:
    """Turn this process, and the server it becomes, into the embedded default."""
    # Set for some other project in this terminal, they would make this one write there.
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="tracker.settings", ARTICLE10_EMBEDDED="true", ARTICLE10_VAR=str(var), PORT=str(port)
    )
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
    key = var / "secret_key"
    if not os.environ.get("SECRET_KEY") and not key.is_file():
        write_secret(key, secrets.token_urlsafe(64))


def announce(port: str) -> None:
    """Where the site is, and what to look at first."""
    site = f"http://localhost:{port}"
    say(
        f"\nArticle 10 is at {site}/\n\n"
        "Who was missing for Sweden on 30 October 2023?\n"
        f"  {site}/accessions/SWE/?as_of=2023-10-30\n"
        f'  curl "{site}/api/v1/accessions/SWE/?as_of=2023-10-30"\n\n'
        f"Editors: {site}/admin/ (name and password are in {var_directory() / 'editor'})\n"
        "Ctrl-C stops it.\n"
    )


def var_directory() -> Path:
    """Where the instance keeps its files."""
    return Path(os.environ.get("ARTICLE10_VAR") or BASE_DIR / "var").resolve()


def start(arguments: Sequence[str]) -> None:
    """Check the machine, prepare the instance, and become the server; does not return."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000")
    port = read_port(parser.parse_args(arguments).port)
    var = var_directory()
    make_directory(var)
    prepare_environment(port, var)
    os.chdir(BASE_DIR)
    django.setup()
    call_command("prepare")
    sys.stdout.flush()
    command = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "tracker.wsgi"]
    os.execv(sys.executable, command)  # noqa: S606  # this process becomes the server; no shell takes part


def main() -> int:
    """The exit status, after one line about what stood in the way."""
    try:
        start(sys.argv[1:])
    except (CannotStart, CommandError) as obstacle:
        sys.stderr.write(f"{obstacle}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
