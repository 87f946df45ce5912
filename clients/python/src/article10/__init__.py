"""The record of Article 10 from Python: as of any day, in sync, or offline from a data package."""

from article10.client import Client, to_dataframe
from article10.http import Refused, Unreachable
from article10.mirroring import mirror, to_sqlite
from article10.package import Package

__all__ = ["Client", "Package", "Refused", "Unreachable", "mirror", "to_dataframe", "to_sqlite"]
