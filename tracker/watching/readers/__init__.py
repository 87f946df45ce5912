"""The kinds of source that can be read, by the key an operator chooses them with."""

from collections.abc import Mapping
from typing import Final

from tracker.watching.readers.base import NotUnderstood, Options, Reader
from tracker.watching.readers.bundestag import BundestagReader
from tracker.watching.readers.feed import FeedReader
from tracker.watching.readers.html_part import HtmlPartReader
from tracker.watching.readers.mapping import CsvMappingReader, JsonMappingReader
from tracker.watching.readers.paging import left_out
from tracker.watching.readers.riksdag import RiksdagReader
from tracker.watching.readers.sejm import SejmReader
from tracker.watching.readers.uk_treaties import UkTreatiesReader
from tracker.watching.readers.us_congress import UsCongressReader

_ALL: Final[tuple[Reader, ...]] = (
    FeedReader(),
    HtmlPartReader(),
    JsonMappingReader(),
    CsvMappingReader(),
    UkTreatiesReader(),
    UsCongressReader(),
    RiksdagReader(),
    SejmReader(),
    BundestagReader(),
)

READERS: Final[Mapping[str, Reader]] = {reader.key: reader for reader in _ALL}

__all__ = ["READERS", "NotUnderstood", "Options", "Reader", "left_out"]
