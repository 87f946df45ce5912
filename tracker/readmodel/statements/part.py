"""One part of a statement, with what its readers ask of it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from tracker.domain.checking import Window
from tracker.readmodel.edition import Edition
from tracker.readmodel.statements.signs import Signs
from tracker.readmodel.statements.who import day_of
from tracker.sources.phrases import Mention

_PLACE: Final = re.compile(r"(\d+)(?:st|nd|rd|th)\b")


@dataclass(frozen=True)
class Part:
    """A part of a statement: its text, the text without its days, and the signs in that."""

    text: str
    rest: str
    signs: Signs
    window: Window
    edition: Edition
    as_of: date

    @property
    def day(self) -> date:
        """The day that it is about, or the one asked about."""
        return day_of(self.window, self.as_of)

    @property
    def place(self) -> int | None:
        """The place that it claims: the 31st member."""
        found = _PLACE.search(self.rest)
        return int(found[1]) if found else None

    def act_at(self, *names: str) -> int:
        """Where the words of one of these acts begin; behind all words where there are none."""
        places = [one.start for one in self.signs.acts() if one.label.removeprefix("act:") in names]
        return min(places, default=len(self.signs.words))

    def is_negated(self, until: int) -> bool:
        """Whether a word before that place turns the statement round."""
        return any(one.start < until for one in self.signs.of("negation"))

    @property
    def is_of_motives(self) -> bool:
        """Whether it is a judgement or about a motive, which has no verdict however it is worded."""
        return self.signs.is_about("judgement") or self.signs.is_about("cause")

    @property
    def beyond(self) -> list[Mention]:
        """The words that no form has a place for."""
        told = [*self.signs.of("negation"), *self.signs.of("together")]
        return [one for one in self.signs.of("beyond") if not any(longer.takes(one) for longer in told)]
