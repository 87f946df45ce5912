"""The watch asks the same bad server as the fetcher, by the same moment."""

from tests.fetch.conftest import AGENT, NOW, fetcher, hasty, server

__all__ = ["AGENT", "NOW", "fetcher", "hasty", "server"]
