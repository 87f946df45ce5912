"""The address of a watch on a day: some sources have the year, or the day, in theirs."""

from datetime import datetime


def address_on(url: str, now: datetime) -> str:
    """The address with `{year}` and `{date}` (as 2022-07-05) filled in."""
    return url.replace("{year}", f"{now.year}").replace("{date}", now.date().isoformat())
