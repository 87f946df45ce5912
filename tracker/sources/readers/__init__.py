"""The kinds of source that can be read, by the key an operator chooses them with."""

from collections.abc import Mapping
from typing import Final

from tracker.sources.readers.base import NotUnderstood, Options, Reader
from tracker.sources.readers.bundestag import BundestagReader
from tracker.sources.readers.feed import FeedReader
from tracker.sources.readers.html_part import HtmlPartReader
from tracker.sources.readers.mapping import CsvMappingReader, JsonMappingReader
from tracker.sources.readers.paging import left_out
from tracker.sources.readers.riksdag import RiksdagReader
from tracker.sources.readers.sejm import SejmReader
from tracker.sources.readers.uk_treaties import UkTreatiesReader
from tracker.sources.readers.us_congress import UsCongressReader

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
