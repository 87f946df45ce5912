"""Search: what is on record under the words that somebody typed, the best answer first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.language.grammar import as_owner
from tracker.language.sentences import answer
from tracker.pages.page import Page
from tracker.pages.views.rows import say_members
from tracker.readmodel.commitments import DatedCommitment, with_voices
from tracker.readmodel.events import RecordedEvent
from tracker.readmodel.search import Found, Hit, HitKind, search
from tracker.readmodel.search.finding import LONGEST

_MOST: Final = 30
_MOST_ANSWERS: Final = 8

# The page that answers a question, by the name of the question, and what that page is called.
_PAGES: Final[Mapping[str, tuple[str, Any]]] = {
    "missing": ("accessions", gettext_lazy("Accessions to NATO")),
    "accessions": ("accessions", gettext_lazy("Accessions to NATO")),
    "members": ("states", gettext_lazy("States")),
    "article": ("methodology", gettext_lazy("Methodology")),
    "commitments": ("commitments", gettext_lazy("Commitments: who says what")),
    "compare": ("compare", gettext_lazy("Accessions compared")),
    "changes": ("changes", gettext_lazy("The log of changes")),
    "rectifications": ("rectifications", gettext_lazy("Corrections")),
    "data": ("data", gettext_lazy("Data and licence")),
    "subscribe": ("subscribe", gettext_lazy("Ways to follow")),
    "status": ("status", gettext_lazy("Status")),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One page that answers: its address, what it is called, and what it says, in a sentence, if it is known here."""

    address: str
    label: str
    sentence: str = ""


class Search(Page):
    """What is on record under the words."""

    template_name = "search.html"
    section = "search"
    is_citable = False

    @property
    def title(self) -> str:
        return _("Search")

    @cached_property
    def words(self) -> str:
        """What was typed."""
        return " ".join(self.request.GET.get("q", "").split())[:LONGEST]

    @cached_property
    def found(self) -> Found:
        """What the words find."""
        return search(self.record, self.clock.as_of, self.words) if self.words else Found()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            query=self.words,
            answers=list(self._answers()),
            guesses=[self.names[code] for code in self.found.guesses],
            commitments=self._commitments(),
            events=self._events(),
            is_whole=self.found.is_whole,
            **kwargs,
        )

    def _answers(self) -> Iterator[Answer]:
        say: Mapping[HitKind, Callable[[str], Answer]] = {
            HitKind.PAGE: self._of_page,
            HitKind.STATE: self._of_state,
            HitKind.ACCESSION: self._of_accession,
            HitKind.RATIFICATION: self._of_ratification,
        }
        for hit in self.found.of(*say)[:_MOST_ANSWERS]:
            yield say[hit.kind](hit.key)

    def _of_page(self, name: str) -> Answer:
        view, label = _PAGES[name]
        if name == "members":
            members = say_members(len(self.record.members(self.clock.as_of)))
            return Answer(self._address(view, member="true"), str(label), members)
        return Answer(self._address(view), str(label))

    def _of_state(self, code: str) -> Answer:
        return Answer(self._address("state", code), self.names[code])

    def _of_accession(self, code: str) -> Answer:
        label = _("Accession: %(applicant)s") % {"applicant": self.names[code]}
        said = answer(self.record.standing(code, self.clock.as_of), self.names)
        return Answer(self._address("accession", code), label, said)

    def _of_ratification(self, key: str) -> Answer:
        accession, ally = key.split("/")
        label = _("%(of_state)s accession protocol: %(ally)s") % {
            "ally": self.names[ally],
            "of_state": as_owner(self.names[accession]),
        }
        return Answer(self._address("ratification", accession, ally), label)

    def _address(self, view: str, *codes: str, **parameters: str) -> str:
        query = {**parameters, **self.clock_query}
        return f"{reverse(view, args=codes)}?{urlencode(query)}" if query else reverse(view, args=codes)

    @cached_property
    def clock_query(self) -> dict[str, str]:
        """The clocks of the request, as the links of the page carry them on."""
        return {name: value for name in ("as_of", "known_at") if (value := self.request.GET.get(name))}

    def _commitments(self) -> list[DatedCommitment]:
        by_key = {commitment.key: commitment for commitment in self.record.commitments}
        return [with_voices(by_key[hit.key], self.clock.as_of) for hit in self._best(HitKind.COMMITMENT)]

    def _events(self) -> list[RecordedEvent]:
        by_key = {event.key: event for event in self.record.events}
        return [by_key[hit.key] for hit in self._best(HitKind.EVENT)]

    def _best(self, kind: HitKind) -> list[Hit]:
        return self.found.of(kind)[:_MOST]
