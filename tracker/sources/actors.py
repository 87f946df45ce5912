"""Who a headline speaks of: whose accession it is, and which ally acts."""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Final

from tracker.sources.phrases import Mention
from tracker.sources.reading import ACTS, OFFICES, WHOSE, Reading

# Named in such texts as neighbours or as aspirants, but with no protocol of theirs to consent to.
OUTSIDERS: Final = frozenset({"AUT", "BIH", "CHE", "CYP", "GEO", "IRL", "MDA", "MLT", "QAT", "SRB", "UKR", "XKX"})
# Its capital stands for the alliance and for the Union, and is no sign of the state.
_SEAT_OF_OTHERS: Final = "BEL"
# Instruments are deposited there, so that its capital and its ministry are named in acts of others.
_DEPOSITARY: Final = "USA"

_NEAR: Final = 6
_AFTER: Final = 3
_CONTEXT: Final = ("joining", "enlargement", "alliance", "protocol")


def applicants_of(reading: Reading, open_applicants: Collection[str]) -> tuple[str, ...]:
    """The applicants whose accession is spoken of, in the order in which they are named."""
    named = [
        mention
        for mention in named_in(reading)
        if mention.code in open_applicants and mention.label != "person" and not _owns_office(reading, mention)
    ]
    near = [mention for mention in named if _is_near(reading, mention)]
    listed = [mention for mention in named if any(_is_listed(reading, mention, other) for other in near)]
    own = [mention for mention in named_in(reading) if mention.code in open_applicants]
    return _codes(listed or near or named or own)


def named_in(reading: Reading) -> list[Mention]:
    """Whoever is named; a body that is said to be another state's is no sign of its own: “Finland’s riksdag”."""
    named = reading.of(*WHOSE)
    names = [mention for mention in named if mention.label == "state"]
    return [
        mention
        for mention in named
        if mention.label != "body"
        or not any(name.code != mention.code and _is_beside(reading, name, mention) for name in names)
    ]


def owners(reading: Reading, codes: Collection[str] | None = None) -> list[Mention]:
    """The mentions of states that say whose a body is, and the bodies that only one state has."""
    return [
        mention
        for mention in named_in(reading)
        if (codes is None or mention.code in codes) and (mention.label == "body" or _owns_office(reading, mention))
    ]


def allies_of(reading: Reading, applicants: Collection[str], clause: int | None, *, is_shared: bool) -> tuple[str, ...]:
    """The allies that act, in the clause of the act if there is one; none where the words leave a choice.

    An act that all allies share, such as an invitation, has a place, and no ally that acts.
    """
    named = [
        mention for mention in named_in(reading) if mention.code not in OUTSIDERS and mention.code not in applicants
    ]
    named = [mention for mention in named if not _stands_for_others(mention)]
    named = _without_places(reading, _without_depositary(reading, named), is_shared=is_shared)
    if clause is None:
        # Without an act, nothing says which of several it is about.
        acting = [mention for mention in named if not _follows_after(reading, mention)] or named
        codes = _codes(acting)
        return codes if len(codes) == 1 or (codes and _are_together(reading, acting)) else ()
    here = [mention for mention in named if reading.clause(mention) == clause]
    if here or _is_own_act(reading, applicants, clause):
        return _settle(reading, here)
    # Whose act it is may be told before it; who is named after it is told of for another reason.
    return _settle(reading, [mention for mention in named if reading.clause(mention) < clause])


def _is_own_act(reading: Reading, applicants: Collection[str], clause: int) -> bool:
    return any(reading.clause(mention) == clause for mention in owners(reading, applicants))


def _settle(reading: Reading, named: Sequence[Mention]) -> tuple[str, ...]:
    """One of those named, or those that are named together; none where it may be one or another."""
    acting = [mention for mention in named if not _follows_after(reading, mention)] or list(named)
    owning = [mention for mention in acting if mention in owners(reading) or is_topic(reading, [mention.code])]
    for choice in (acting, owning):
        if (codes := _codes(choice)) and (len(codes) == 1 or _are_together(reading, choice)):
            return codes
    return ()


def _codes(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.code for mention in mentions))


def _owns_office(reading: Reading, mention: Mention) -> bool:
    """Whether the name says whose a body is: “Hungarian parliament”, “parlement de la Hongrie”."""
    return any(_is_beside(reading, mention, office) for office in reading.of(*OFFICES))


def is_topic(reading: Reading, codes: Collection[str]) -> bool:
    """Whether one of these is named before a colon, and a body behind it: of an ally, that says whose the body is."""
    offices = reading.of(*OFFICES)
    return any(
        _is_topic(reading, name, office) for name in reading.of("state") if name.code in codes for office in offices
    )


def _is_beside(reading: Reading, name: Mention, office: Mention) -> bool:
    if name.end <= office.start:
        return _only(reading, name.end, office.start, _FILLERS)
    return not reading.owner_first and _only(reading, office.end, name.start, _LINKS)


_FILLERS: Final = frozenset({"s", "filler"})
_LINKS: Final = frozenset({"of"})


def _is_topic(reading: Reading, name: Mention, office: Mention) -> bool:
    """Whether the name stands before a colon, and the body behind it: “Hungary: parliament approves …”."""
    alone = name.end < len(reading.words) and reading.words[name.end].after == ":"
    return alone and (name.start == 0 or bool(reading.words[name.start].after)) and office.start - name.end <= 1


def _only(reading: Reading, start: int, end: int, labels: Collection[str]) -> bool:
    """Whether between two places there are only words of these labels, or none, and no clause ends."""
    if any(reading.words[place].after for place in range(start, min(end + 1, len(reading.words)))):
        return False
    covered = {place for mention in reading.of(*labels) for place in range(mention.start, mention.end)}
    return all(place in covered or len(reading.words[place].bare) == 1 for place in range(start, end))


def _is_near(reading: Reading, mention: Mention) -> bool:
    """Whether it stands beside a word of the alliance or of joining, in one clause."""
    for other in reading.of(*_CONTEXT):
        gap = max(other.start - mention.end, mention.start - other.end)
        if gap <= _NEAR and reading.clause(other) == reading.clause(mention):
            return True
    return False


def _is_listed(reading: Reading, mention: Mention, other: Mention) -> bool:
    """Whether they are one, or stand together: “Finland and Sweden”, “Finland’s and Sweden’s”."""
    first, second = sorted((mention, other), key=lambda named: named.start)
    if first == second:
        return True
    between = range(first.end, second.start)
    joins = {place for link in reading.of("and") for place in range(link.start, link.end)}
    fillers = {place for link in reading.of("of") for place in range(link.start, link.end)}
    return reading.clause(first) == reading.clause(second) and all(
        place in joins or place in fillers or len(reading.words[place].bare) <= 2 for place in between
    )


def _are_together(reading: Reading, mentions: Sequence[Mention]) -> bool:
    ordered = sorted(mentions, key=lambda mention: mention.start)
    return all(_is_listed(reading, first, second) for first, second in pairwise(ordered))


def _stands_for_others(mention: Mention) -> bool:
    return mention.label == "capital" and mention.code == _SEAT_OF_OTHERS


def _without_depositary(reading: Reading, named: list[Mention]) -> list[Mention]:
    """The names without those of the depositary where it is only where, or to whom, another hands its instrument."""
    others = [mention for mention in named if mention.code != _DEPOSITARY]
    receives = reading.has("deposit", "instrument") or all(
        mention.label in ("capital", "seat") for mention in named if mention.code == _DEPOSITARY
    )
    return others if others and receives else named


def _without_places(reading: Reading, named: list[Mention], *, is_shared: bool) -> list[Mention]:
    """The names without the capitals that only say where something was done."""
    acting = [mention for mention in named if not _is_place(reading, mention)]
    return acting if acting or is_shared or reading.has("summit") else named


def _is_place(reading: Reading, mention: Mention) -> bool:
    if mention.label != "capital" or _owns_office(reading, mention):
        return False
    return reading.has("summit") or any(link.end == mention.start for link in reading.of("of"))


def _follows_after(reading: Reading, mention: Mention) -> bool:
    """Whether it is told of as the one that came before: “after Türkiye, Hungary too …”."""
    return any(0 <= mention.start - after.end <= _AFTER - 1 for after in reading.of("after")) and not any(
        act.end <= mention.start for act in reading.of(*ACTS)
    )
