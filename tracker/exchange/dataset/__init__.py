"""The facts this project ships: reading the files, finding what is new, loading, and giving them back."""

from tracker.exchange.dataset.differences import Differences, find_differences
from tracker.exchange.dataset.exporting import export_dataset
from tracker.exchange.dataset.files import SHIPPED, Dataset, DatasetUnreadable, read_dataset
from tracker.exchange.dataset.loading import load_dataset, load_shipped, try_dataset

__all__ = [
    "SHIPPED",
    "Dataset",
    "DatasetUnreadable",
    "Differences",
    "export_dataset",
    "find_differences",
    "load_dataset",
    "load_shipped",
    "read_dataset",
    "try_dataset",
]
