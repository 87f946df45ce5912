"""The kinds of source that can be read, by the key an operator chooses them with."""

from collections.abc import Mapping
from typing import Final

from tracker.sources.parliaments.bundestag import BundestagReader
from tracker.sources.parliaments.riksdag import RiksdagReader
from tracker.sources.parliaments.sejm import SejmReader
from tracker.sources.parliaments.uk_treaties import UkTreatiesReader
from tracker.sources.parliaments.us_congress import UsCongressReader
from tracker.sources.readers.base import NotUnderstood, Options, Reader
from tracker.sources.readers.calendar import CalendarReader
from tracker.sources.readers.feed import FeedReader
from tracker.sources.readers.html_part import HtmlPartReader
from tracker.sources.readers.mapping import CsvMappingReader, JsonMappingReader
from tracker.sources.readers.paging import Paging, left_out, paging_of
from tracker.sources.readers.treaty_table import TreatyTableReader
from tracker.sources.readers.xml_mapping import XmlMappingReader

_ALL: Final[tuple[Reader, ...]] = (
    FeedReader(),
    HtmlPartReader(),
    JsonMappingReader(),
    CsvMappingReader(),
    XmlMappingReader(),
    CalendarReader(),
    TreatyTableReader(),
    UkTreatiesReader(),
    UsCongressReader(),
    RiksdagReader(),
    SejmReader(),
    BundestagReader(),
)

READERS: Final[Mapping[str, Reader]] = {reader.key: reader for reader in _ALL}

__all__ = ["READERS", "NotUnderstood", "Options", "Paging", "Reader", "left_out", "paging_of"]
