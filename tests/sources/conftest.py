"""The readers read pages as the fetcher gives them."""

from tests.fetch.conftest import PageOf, page_of

__all__ = ["PageOf", "page_of"]
