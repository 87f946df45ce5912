"""Putting the package of the newest edition where it can be downloaded from."""

import re
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings

from tracker.exchange.package.building import build_package
from tracker.readmodel import open_edition
from tracker.readmodel.log.snapshot import write_log
from tracker.readmodel.record import Mark, current_mark, mark_of

# The newest and two before it: who is downloading one must be able to finish.
_KEPT: Final = 3
# A folder that is being filled; by a run that was ended in the middle, if it is as old as that.
_UNFINISHED: Final = ".new-"
_ABANDONED_AFTER: Final = timedelta(days=1)
_NAME: Final = re.compile(r"[0-9]{1,12}-[0-9a-f]{8}")
# One answer for the headers and for the page that names the files. Whatever else is in a package is plain text.
_TYPES: Final = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".zip": "application/zip",
    ".md": "text/markdown",
}


def media_type(name: str) -> str:
    """The type under which a file of a package is served and named, without a charset."""
    return _TYPES.get(Path(name).suffix, "text/plain")


def package_folder() -> Path:
    """Where the packages lie, one folder an edition, under its number and the short form of its root."""
    return Path(settings.VAR_DIR) / "packages"


def packages() -> list[str]:
    """The names of the editions that are there, newest first: those of the record that this site has now.

    After a restore from a backup some may be of entries that this record does not have.
    """
    folder = package_folder()
    names = [path.name for path in folder.iterdir() if _NAME.fullmatch(path.name)] if folder.is_dir() else []
    newest = current_mark().edition
    ours = [name for name in names if _number(name) <= newest and mark_of(_number(name)).name == name]
    return sorted(ours, key=_number, reverse=True)


def newest_package() -> str | None:
    """The name of the edition of the newest package; None before the first is built."""
    return next(iter(packages()), None)


def find_package(edition: int) -> str | None:
    """The name of the package of the edition of that number, if it is there."""
    return next((name for name in packages() if _number(name) == edition), None)


def publish_package() -> int:
    """Build the package of the newest edition if it is not there yet, and let go of old ones; how many were built.

    Safe to run late, twice or two at a time: a package appears whole, under its edition, and is never changed.
    """
    mark = current_mark()
    target = package_folder() / mark.name
    if mark.recorded_at is None or target.is_dir():
        return 0
    _sweep()
    _write(build_package(open_edition(mark.edition, mark.root), write_log(mark.edition)), target)
    _let_go(mark)
    return 1


def _let_go(newest: Mark) -> None:
    """Remove all but the newest few, and all that are of another record."""
    keep = {newest.name, *packages()[:_KEPT]}
    for path in package_folder().iterdir():
        if not path.name.startswith(".") and path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _number(name: str) -> int:
    return int(name.partition("-")[0])


def _write(files: dict[str, bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=target.parent))
    for name, body in files.items():
        (temporary / name).write_bytes(body)
    temporary.chmod(0o755)
    try:
        temporary.rename(target)
    except OSError:
        shutil.rmtree(temporary)
        # Another run was first, and built the same bytes; whatever else stands in the way, somebody should see.
        if not target.is_dir():
            raise


def _sweep() -> None:
    """Remove what runs have left that were ended in the middle."""
    for folder in package_folder().glob(f"{_UNFINISHED}*"):
        if time.time() - folder.stat().st_mtime > _ABANDONED_AFTER.total_seconds():
            shutil.rmtree(folder, ignore_errors=True)
