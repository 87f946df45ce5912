"""A site that is asked: each list as an iterator over all of its pages, each answer as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, cast

from article10.http import address_of, fetch

Row = dict[str, Any]
ROOT: Final = "/api/v1/"


class Client:
    """One site. `as_of` and `known_at` given here hold for every question that does not say otherwise."""

    def __init__(self, site: str, *, as_of: str | None = None, known_at: str | None = None) -> None:
        self.site = site.rstrip("/")
        self._clocks = {name: value for name, value in (("as_of", as_of), ("known_at", known_at)) if value}

    def get(self, path: str, **parameters: Any) -> Any:
        """The whole answer at a path below the root of the API: data, meta and links."""
        return json.loads(fetch(address_of(self.site, ROOT + path, parameters)))

    def data(self, path: str, **parameters: Any) -> Any:
        """The data of the answer."""
        return self.get(path, **self._clocks, **parameters)["data"]

    def rows(self, path: str, **parameters: Any) -> Iterator[Row]:
        """All rows of a list, page after page, of the edition in which the walk began."""
        answer = self.get(path, **{"limit": 200, **self._clocks, **parameters})
        while True:
            yield from answer["data"]
            following = answer["links"].get("next")
            if not following:
                return
            answer = json.loads(fetch(self.site + following))

    def accessions(self, **filters: Any) -> Iterator[Row]:
        """The accessions: status, milestones, counts, and the answer in a sentence."""
        return self.rows("accessions/", **filters)

    def accession(self, code: str, **parameters: Any) -> Row:
        """One accession."""
        return cast(Row, self.data(f"accessions/{code}/", **parameters))

    def ratifications(self, **filters: Any) -> Iterator[Row]:
        """Where each ally stood on each protocol."""
        return self.rows("ratifications/", **filters)

    def states(self, **filters: Any) -> Iterator[Row]:
        """The states, with their names and their membership."""
        return self.rows("states/", **filters)

    def events(self, **filters: Any) -> Iterator[Row]:
        """The events, with their sources."""
        return self.rows("events/", **filters)

    def sources(self, **filters: Any) -> Iterator[Row]:
        """The citations, each with the fact that it supports."""
        return self.rows("sources/", **filters)

    def commitments(self, **filters: Any) -> Iterator[Row]:
        """The commitments, with what each party says of them."""
        return self.rows("commitments/", **filters)

    def procedures(self, **filters: Any) -> Iterator[Row]:
        """How a protocol becomes binding in each ally."""
        return self.rows("procedures/", **filters)

    def rectifications(self, **filters: Any) -> Iterator[Row]:
        """What was put right."""
        clocks, self_clocks = {"as_of": None}, self._clocks
        return Client(self.site, known_at=self_clocks.get("known_at")).rows("rectifications/", **clocks, **filters)

    def changes(self, *, after: int = 0, **filters: Any) -> Iterator[Row]:
        """The entries of the log after a position, in order."""
        known_at = self._clocks.get("known_at")
        return Client(self.site, known_at=known_at).rows("changes/", **{"limit": 1000, "after": after, **filters})

    def search(self, words: str, **filters: Any) -> Iterator[Row]:
        """What is on record under the words, the best first."""
        return self.rows("search/", q=words, **filters)

    def check(self, statement: str | None = None, **form: Any) -> Row:
        """The verdict on a statement in words, or on a form: `accession="SWE", ally="TUR", act="approved", by=…`."""
        return cast(Row, self.data("check/", q=statement, **form))

    def missing(self, accession: str, *, as_of: str | None = None, act: str = "approved") -> list[str]:
        """The allies that certainly had not done it by the day, by code."""
        return self._by_state(accession, as_of, act, "not_reached")

    def unknown(self, accession: str, *, as_of: str | None = None, act: str = "approved") -> list[str]:
        """The allies of which it is not known whether they had done it by the day, by code."""
        return self._by_state(accession, as_of, act, "unknown")

    def _by_state(self, accession: str, as_of: str | None, act: str, state: str) -> list[str]:
        clock = {"as_of": as_of} if as_of else {}
        rows = Client(self.site, **{**self._clocks, **clock}).ratifications(accession=accession)
        return sorted(row["ally"] for row in rows if row["stages"][act]["state"] == state)

    @staticmethod
    def to_dataframe(rows: Iterable[Mapping[str, Any]]) -> Any:
        """The rows as a frame of pandas."""
        return to_dataframe(rows)


def to_dataframe(rows: Iterable[Mapping[str, Any]]) -> Any:
    """The rows as a frame of pandas, nested values in columns of their own: `stages.approved.date`."""
    try:
        import pandas as pd  # pyright: ignore[reportMissingImports] - an extra
    except ImportError as error:
        raise RuntimeError("Install article10[pandas] for data frames.") from error
    return pd.json_normalize([dict(row) for row in rows])
