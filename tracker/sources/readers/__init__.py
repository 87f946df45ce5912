"""The kinds of source that can be read, by the key an operator chooses them with.

A reader is a class with a `key`, in a module of this package or of `tracker.sources.parliaments`; it is found there.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Final

from tracker.fetch.outcomes import Fetched
from tracker.sources import parliaments
from tracker.sources.readers.base import NotUnderstood, Options, Reader
from tracker.sources.readers.paging import Paging, left_out


def _readers(package: str, paths: list[str]) -> Iterator[Reader]:
    for found in iter_modules(paths):
        module = import_module(f"{package}.{found.name}")
        yield from (kind() for kind in vars(module).values() if _is_reader(kind, module))


def _is_reader(kind: object, module: ModuleType) -> bool:
    return isinstance(kind, type) and kind.__module__ == module.__name__ and isinstance(getattr(kind, "key", None), str)


READERS: Final[Mapping[str, Reader]] = {
    reader.key: reader
    for package, paths in ((__name__, __path__), (parliaments.__name__, parliaments.__path__))
    for reader in _readers(package, list(paths))
}


def reader_of(key: str) -> Reader:
    """The reader of that key. Raises `NotUnderstood` where there is none any more."""
    if key not in READERS:
        raise NotUnderstood("the reader", f"one of {', '.join(sorted(READERS))}", key)
    return READERS[key]


def paging_of(key: str, page: Fetched, options: Options) -> Paging:
    """Where the source goes on after the document, which its reader has understood."""
    paging = getattr(READERS[key], "paging", None)
    return paging(page, options) if paging else Paging()


__all__ = ["READERS", "NotUnderstood", "Options", "Paging", "Reader", "left_out", "paging_of", "reader_of"]
