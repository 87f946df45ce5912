"""What a tool answers: the sentence, what it rests on, and the address that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from tracker.domain.exceptions import BadParameter, TrackerError
from tracker.language.names import index_of
from tracker.readmodel.clock import Clock


class Ask(TrackerError):
    """The tool cannot answer; says what to ask instead."""


@dataclass(frozen=True)
class Call:
    """One call of a tool: its arguments, and the clock that it asks by."""

    arguments: Any
    clock: Clock

    @property
    def day(self) -> date:
        """The day asked about."""
        return self.clock.as_of

    @property
    def names(self) -> Mapping[str, str]:
        """What each party was called on that day, by code."""
        return self.clock.record.english(self.day)

    def code(self, text: str) -> str:
        """The code of the state. Raises `Ask`."""
        parties = self.clock.record.parties
        code = index_of(parties.values()).code_of(text) or text.upper()
        if code not in parties:
            raise Ask(f"“{text}” names no state on record. Ask with a code such as SWE, or search for the name.")
        return code

    def accession(self, text: str) -> str:
        """The code of an accession that had begun by the day. Raises `Ask`."""
        code = self.code(text)
        if code not in self.clock.record.accessions_by(self.day):
            begun = ", ".join(self.clock.record.accessions_by(self.day))
            raise Ask(f"No accession of {self.names.get(code, code)} is on record by {self.day}. There are: {begun}.")
        return code

    def page(self, path: str, **parameters: str) -> str:
        """The whole address of a page, frozen to the day and the edition."""
        clocks = {"as_of": str(self.day), "known_at": self.clock.edition_name}
        return f"{settings.BASE_URL}{path}?{urlencode({**parameters, **clocks}, safe=',:;')}"

    def answer(self, sentence: str, cite_url: str, **others: Any) -> dict[str, Any]:
        """The answer in its form."""
        return {
            "answer": sentence,
            **others,
            "as_of": str(self.day),
            "edition": self.clock.edition,
            "root": self.clock.root[:16],
            "cite_url": cite_url,
        }


def refusal_of(error: TrackerError) -> str:
    """What went wrong, and what to ask next."""
    return str(error) if not isinstance(error, BadParameter) else f"{error} Ask again with that mended."
