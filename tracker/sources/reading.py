"""A headline as the reader of headlines sees it: its words, what they are signs of, and its clauses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tracker.sources.phrases import Mention
from tracker.sources.tables import Table
from tracker.sources.words import Word, words_of

ACTS: Final = frozenset(
    {
        "yes",
        "back",
        "ratify",
        "recommend",
        "sign",
        "publish",
        "deposit",
        "submit",
        "apply",
        "invite",
        "protocols",
        "join",
    }
)
# What takes an act away.
VOIDS: Final = frozenset({"refused", "planned", "doubted", "delayed", "said", "past"})
WHOSE: Final = frozenset({"state", "capital", "body", "seat", "party", "paper", "person"})
OFFICES: Final = frozenset({"parliament", "committee", "government", "head", "speaker"})


@dataclass(frozen=True)
class Reading:
    """A text with all that its words are signs of."""

    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    owner_first: bool

    def of(self, *labels: str) -> list[Mention]:
        """The mentions of these labels, in their order."""
        return [mention for mention in self.mentions if mention.label in labels]

    def has(self, *labels: str) -> bool:
        """Whether there is a mention of one of these labels."""
        return any(mention.label in labels for mention in self.mentions)

    def clause(self, mention: Mention) -> int:
        """The number of the clause in which the mention begins."""
        return self._clauses[mention.start]

    def part(self, mention: Mention) -> int:
        """The number of the part in which it begins: a part is told of while, or as, another happens."""
        return sum(opening.start <= mention.start for opening in self.of("while"))

    @cached_property
    def is_question(self) -> bool:
        """Whether a question mark stands behind a part of it; the last one is told by `read`."""
        return any("?" in word.after for word in self.words)

    @cached_property
    def _clauses(self) -> list[int]:
        # “He promised, that …”: what is reported belongs to the report.
        joined = self._joined | {mention.start for mention in self.of("that")}
        begun = {mention.start for mention in self.of("while")}
        numbers: list[int] = []
        for place, word in enumerate(self.words):
            ends = place in begun or (word.after and not (word.after == "," and place in joined))
            numbers.append((numbers[-1] if numbers else 0) + bool(ends and place))
        return numbers

    @cached_property
    def _joined(self) -> set[int]:
        """Where a comma stands between two names of a list."""
        named = [mention for mention in self.mentions if mention.label in WHOSE]
        ends, starts = {mention.end for mention in named}, {mention.start for mention in named}
        # The s of a possessive is a word of its own.
        return {place for place in starts if place in ends or (place - 1 in ends and self.words[place - 1].bare == "s")}


def read(text: str, table: Table, day: str | None) -> Reading:
    """What the words of the text are signs of, in a language and on a day."""
    words = tuple(words_of(text))
    mentions = [_dated(mention, words, table, day) for mention in table.phrases.mentions(words)]
    kept = _unhidden([mention for mention in mentions if mention is not None])
    ordered = sorted(kept, key=lambda mention: (mention.start, mention.end, mention.label))
    return Reading(words, tuple(ordered), table.owner_first)


def _dated(mention: Mention, words: tuple[Word, ...], table: Table, day: str | None) -> Mention | None:
    """The mention; of a person, with the state that the person spoke for on that day, if for one."""
    if mention.label != "person":
        return mention
    codes = {term.code for term in table.people[mention.code] if term.covers(day)}
    is_name = words[mention.start].written[0].isupper()
    return Mention(mention.places, "person", codes.pop()) if is_name and len(codes) == 1 else None


Hides = Callable[[Mention, Mention], bool]


def _unhidden(mentions: list[Mention]) -> Iterator[Mention]:
    """Those that no longer phrase takes into itself: “votes to ratify” is no plan, “fails to back” no act."""
    hiding = [mention for mention in mentions if mention.label in {"neutral", "other"} | ACTS | VOIDS | WHOSE]
    for mention in mentions:
        if not any(more.takes(mention) and _hides(more.label, mention.label) for more in hiding):
            yield mention


def _hides(longer: str, shorter: str) -> bool:
    if longer == "neutral":
        return True
    if longer in WHOSE:
        return shorter in WHOSE | OFFICES
    return (longer in ACTS and shorter in VOIDS) or (longer in VOIDS and shorter in ACTS)
