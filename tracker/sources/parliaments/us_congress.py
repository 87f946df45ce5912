"""Actions of the US Senate on a treaty, by the Congress.gov API: `/v3/treaty/{congress}/{number}/actions`."""

import re
from collections.abc import Iterator
from typing import Final

from tracker.domain.vocabulary import EventKind, Outcome
from tracker.fetch.outcomes import Fetched
from tracker.sources.findings import Tally
from tracker.sources.readers.base import Findings, Options, source_of
from tracker.sources.readers.paging import Paging, joined
from tracker.sources.readers.suggest import Find, House, address, each_find
from tracker.sources.readers.tree import Node, load

# The vote of the Senate is the vote of a chamber and the whole consent; to ratify is left to the President.
# Each pattern is the whole beginning of an action: what the Senate did with the resolution, and not with a motion on
# it, with an amendment to it, or with an earlier vote; “not agreed to” is another beginning.
_MEANINGS: Final = (
    (re.compile(r"resolution of advice and consent to ratification"
                r"(?:,? (?:as amended|as reported|with [\w, ]{1,80}?))?,? agreed to\b", re.I),
     (EventKind.CHAMBER_VOTE, EventKind.CONSENT), "Senate"),
    (re.compile(r"received in the senate and referred", re.I), (EventKind.SUBMITTED,), "President"),
    (re.compile(r"(?:committee on foreign relations\. )?ordered to be reported(?! (?:unfav|advers|without))", re.I),
     (EventKind.COMMITTEE_VOTE,), "Senate Foreign Relations Committee"),
    (re.compile(r"(?:committee on foreign relations\. )?reported by (?:senator|the committee)", re.I),
     (EventKind.COMMITTEE_REPORT,), "Senate Foreign Relations Committee"),
)  # fmt: skip
_NEGATED: Final = re.compile(r"\bnot\b|\bfailed\b|\brejected\b|\breconsider", re.I)
# A vote that was held and lost: of the chamber, and no consent.
_LOST: Final = re.compile(r"resolution of advice and consent to ratification(?:,? as amended)?,? not agreed to\b", re.I)
_NO_MEANING: Final = ((None,), "Senate")
_VOTES: Final = re.compile(r"yea-nay vote\.?\s*(\d{1,3})\s*-\s*(\d{1,3})", re.I)


class UsCongressReader:
    """What the Senate has done with one treaty document; the operator says which accessions it is about."""

    key = "us_congress"
    label = "US Congress: treaty actions"

    def read(self, page: Fetched, options: Options) -> Findings:
        """One find an action, and two for the vote that is the consent as well."""
        link, treaty = address(options, page), source_of(page, options).partition("?")[0]
        actions = load(page)["actions"].each()
        return each_find(actions, lambda action: _finds(action, link, treaty), House(self.key, "USA", "en"), options)

    def paging(self, page: Fetched, options: Options) -> Paging:
        """How many results the document holds, of how many, and where the next are."""
        return _paging(load(page), page)


def _finds(action: Node, link: str, treaty: str) -> Iterator[Find]:
    text = action["text"].text()
    day = action["actionDate"].day()
    kinds, office = _meaning(text)
    for kind in kinds:
        yield Find(
            identity=(treaty, day or "", action.text_at("actionCode"), text, kind or ""),
            title=text,
            topic=text,
            quote=text,
            place=action.where,
            url=link,
            summary=action["type"].text(),
            published=day,
            date=day,
            kind=kind,
            office=office,
            votes=_tally(text) if kind is EventKind.CHAMBER_VOTE else None,
            outcome=_outcome(text) if kind is EventKind.CHAMBER_VOTE else None,
        )


def _outcome(text: str) -> Outcome:
    return Outcome.LOST if _LOST.match(text.strip()) else Outcome.CARRIED


def _meaning(text: str) -> tuple[tuple[EventKind | None, ...], str]:
    decision = text.strip()
    if _LOST.match(decision):
        return (EventKind.CHAMBER_VOTE,), "Senate"
    meanings = ((kinds, office) for pattern, kinds, office in _MEANINGS if pattern.match(decision))
    return _NO_MEANING if _NEGATED.search(decision) else next(meanings, _NO_MEANING)


def _tally(text: str) -> Tally | None:
    votes = _VOTES.search(text)
    return Tally(int(votes[1]), int(votes[2])) if votes else None


def _paging(root: Node, page: Fetched) -> Paging:
    paging = root.get("pagination")
    held = len(list(root["actions"].each()))
    return Paging(held, paging["count"].number(), joined(page, paging.text_at("next"))) if paging else Paging(held)
