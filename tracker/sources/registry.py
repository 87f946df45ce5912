"""The kinds of source that can be read, by the key an operator chooses them with.

A reader is a class with a `key`, in a module of `tracker.sources.readers` or `tracker.sources.parliaments`; it is found
there.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Final

from tracker.fetch.outcomes import Fetched
from tracker.sources import parliaments, readers
from tracker.sources.readers.base import NotUnderstood, Options, Reader
from tracker.sources.readers.paging import Paging


def _readers(package: ModuleType) -> Iterator[Reader]:
    for found in iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{found.name}")
        yield from (kind() for kind in vars(module).values() if _is_reader(kind, module))


def _is_reader(kind: object, module: ModuleType) -> bool:
    return isinstance(kind, type) and kind.__module__ == module.__name__ and isinstance(getattr(kind, "key", None), str)


READERS: Final[Mapping[str, Reader]] = {
    reader.key: reader for package in (readers, parliaments) for reader in _readers(package)
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
