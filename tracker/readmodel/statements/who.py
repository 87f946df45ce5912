"""Who acts in a statement, and on whose accession."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.domain.checking import Window
from tracker.domain.vocabulary import Milestone, Reached
from tracker.readmodel.edition import Edition
from tracker.readmodel.statements.signs import Party, Signs

_OF: Final = frozenset({"of", "on", "for", "to", "against", "admit", "admitting", "include", "let", "with"})
_SKIPPED: Final = frozenset({"s", "the", "both", "and", "own", "nato", "new", "bid", "all", "former"})
_GROUPS: Final = {"two": 2, "three": 3, "seven": 7}


@dataclass(frozen=True, slots=True)
class Who:
    """The applicants, and those who act; who is set against them did not do what they did."""

    applicants: tuple[str, ...]
    actors: tuple[str, ...]
    against: tuple[str, ...] = ()


def who_in(signs: Signs, edition: Edition, day: date, *, act_at: int) -> Who:
    """Whose accession, and who acts, where a statement is about an ally's act whose words begin at that place."""
    parties = list(signs.parties)
    owners = [party for party in parties if _owns_matter(signs, party)]
    if not owners:
        owners = [party for party in parties if _after_preposition(signs, party) and party.start > 0]
    if not owners:
        owners = [party for party in parties if party.start >= act_at and party.by == "state"]
    owners = _with_listed(signs, owners, parties)
    applicants = _codes(owners) or group_in(signs, edition, day)
    actors = [party for party in parties if party not in owners and not _is_a_place(signs, party)]
    before = [party for party in actors if party.start < act_at]
    chosen = _best(before) or _best(actors)
    return Who(applicants or _only_open(edition, day), _codes(chosen))


def subjects_in(signs: Signs, edition: Edition, day: date, *, act_at: int, after: bool) -> Who:
    """Who a statement on applicants is about; with `after`, they stand behind the act rather than before it."""
    parties = [party for party in signs.parties if party.by != "capital"] or list(signs.parties)
    against = _set_against(signs, parties)
    beside = _beside(signs, parties)
    rest = [party for party in parties if party not in against and party not in beside]
    behind = [party for party in rest if party.start >= act_at]
    ahead = [party for party in rest if party.start < act_at]
    chosen = (behind or ahead) if after else (ahead or behind)
    return Who(_codes(chosen) or group_in(signs, edition, day), _codes(beside), _codes(against))


def _best(parties: Sequence[Party]) -> list[Party]:
    """Those named as states; capitals and people only where no state is."""
    for kinds in (("state", "body"), ("person", "seat"), ("capital",)):
        if named := [party for party in parties if party.by in kinds]:
            return named
    return []


def _is_a_place(signs: Signs, party: Party) -> bool:
    """“Deposited in Washington”, “at Vilnius”; a vote in a capital is the vote of its parliament."""
    if party.by != "capital" or signs.word(party.start - 1) not in {"in", "at"}:
        return False
    return signs.word(party.start - 2) not in {"vote", "votes", "parliament", "lawmakers", "deputies", "approval"}


def _owns_matter(signs: Signs, party: Party) -> bool:
    """“Sweden’s NATO accession”, “the accession of Sweden”, “membership for Sweden”."""
    matters = {mention.start for mention in signs.of("matter")}
    at = party.end
    while signs.word(at) in _SKIPPED and at not in matters:
        at += 1
    if at in matters and at - party.end <= 4 and party.by in {"state", "body"}:
        return True
    ends = {mention.end for mention in signs.of("matter")}
    at = party.start - 1
    while signs.word(at) in {"both", "the"}:
        at -= 1
    return (
        signs.word(at) in {"of", "for", "by"}
        and at in ends
        and signs.word(at - 1) not in {"ratification", "instrument"}
    )


def _after_preposition(signs: Signs, party: Party) -> bool:
    at = party.start - 1
    while signs.word(at) in {"both", "the"}:
        at -= 1
    is_body = any(mention.end == at for mention in signs.of("body"))
    return party.by == "state" and signs.word(at) in _OF and not is_body


def _with_listed(signs: Signs, owners: list[Party], parties: Sequence[Party]) -> list[Party]:
    """The owners, and those named beside them with “and”: “Finland and Sweden’s accession”, “of Sweden and Finland”."""
    found = list(owners)
    for party in parties:
        if party not in found and any(_is_listed(signs, party, owner) for owner in owners):
            found.append(party)
    return sorted(found, key=lambda party: party.start)


def _is_listed(signs: Signs, party: Party, owner: Party) -> bool:
    first, second = sorted((party, owner), key=lambda one: one.start)
    between = [signs.word(place) for place in range(first.end, second.start)]
    is_short = bool(between) and set(between) <= {"and", "s", "both", "the", "as", "well"} and "and" in between
    # “Türkiye approved Finland’s accession and Sweden’s”: only what follows the first owner, or precedes it in a list.
    return is_short and party.by == "state"


def _set_against(signs: Signs, parties: Sequence[Party]) -> list[Party]:
    marks = [mention.end for mention in signs.of("as_against")]
    return [party for party in parties if any(0 <= party.start - mark <= 1 for mark in marks)]


def _beside(signs: Signs, parties: Sequence[Party]) -> list[Party]:
    """Those who are named only for their day: “together with the Czech Republic”."""
    marks = [mention.end for mention in signs.of("together")]
    return [party for party in parties if any(party.start >= mark for mark in marks)]


def _codes(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party.code for party in parties))


def group_in(signs: Signs, edition: Edition, day: date) -> tuple[str, ...]:
    """The accessions of one round, where the text only says how many they are: the newest such round by that day."""
    sizes = [size for name, size in _GROUPS.items() if signs.has(name)]
    if not sizes:
        return ()
    rounds: dict[date, list[str]] = {}
    for code, process in edition.processes.items():
        signed = process.milestones[Milestone.SIGNED].occurred
        if signed and signed.latest:
            rounds.setdefault(signed.latest, []).append(code)
    fitting = [(signed, codes) for signed, codes in rounds.items() if len(codes) == sizes[0]]
    begun = [(signed, codes) for signed, codes in fitting if signed.year <= day.year]
    return tuple(max(begun)[1]) if begun else ()


def _only_open(edition: Edition, day: date) -> tuple[str, ...]:
    """The one accession whose protocol waited for allies on that day; none where there were several."""
    waiting = [
        code
        for code, one in edition.standings(day).items()
        if one.by(Milestone.SIGNED) is Reached.REACHED and one.by(Milestone.IN_FORCE) is not Reached.REACHED
    ]
    return tuple(waiting) if len(waiting) == 1 else ()


def day_of(window: Window, as_of: date) -> date:
    """The day that a statement is about."""
    return min(window.last or window.first or as_of, as_of)
