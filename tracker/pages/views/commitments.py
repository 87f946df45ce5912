"""The register of commitments, and one of them with who says what."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.vocabulary import Claim, CommitmentCategory, CommitmentKind
from tracker.language.collation import Key, codes_in_order, order_key
from tracker.language.words import say_day
from tracker.pages.page import Page
from tracker.pages.parameters import read_choices
from tracker.pages.time_control import Turns
from tracker.readmodel.answers.documents import commitment_rows
from tracker.readmodel.commitments import (
    DatedCommitment,
    RecordedCommitment,
    Voice,
    commitments_by,
    say_standing,
    with_voices,
)
from tracker.readmodel.commitments.matrix import Relation, across_texts, relations_on
from tracker.readmodel.filters import COMMITMENTS, select
from tracker.readmodel.log.entries import changes_at, tell_entries
from tracker.readmodel.log.filtering import LogFilter


class Commitments(Page):
    """What was asked and promised, and who says what of it."""

    template_name = "commitments/list.html"
    is_list = True
    section = "commitments"

    @property
    def title(self) -> str:
        return _("Commitments: who says what")

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The filters that the request asks for. Raises `BadParameter`."""
        return read_choices(self.request.GET, self.choices)

    @cached_property
    def every(self) -> list[DatedCommitment]:
        """All commitments of the day shown."""
        return commitments_by(self.record.commitments, self.clock.as_of)

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """What each filter can be set to, with its words."""
        parties = {code for commitment in self.every for code in commitment.recorded.parties}
        accessions = {code for commitment in self.every for code in commitment.recorded.accessions}
        return {
            "party": self._named(parties),
            "accession": self._named(accessions),
            "category": {category.value: str(category.label) for category in CommitmentCategory},
            "kind": {kind.value: str(kind.label) for kind in CommitmentKind},
            "claim": {claim.value: str(claim.label) for claim in Claim},
        }

    def _named(self, codes: set[str]) -> dict[str, str]:
        return {code: self.names[code] for code in codes_in_order(self.names, codes)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = commitment_rows(self.record, self.clock.as_of).values()
        asked = {name: [value] for name, value in self.chosen.items()}
        wanted = {row["key"] for row in select(rows, COMMITMENTS, asked)}
        shown = [commitment for commitment in self.every if commitment.recorded.key in wanted]
        labels = {
            "party": _("Party"),
            "accession": _("Accession"),
            "category": _("Category"),
            "kind": _("Kind"),
            "claim": _("Some party says"),
        }
        filters = [(name, labels[name], self.choices[name], self.chosen.get(name, "")) for name in self.choices]
        return super().get_context_data(commitments=shown, filters=filters, answer=_say_count(len(shown)), **kwargs)


def _say_count(count: int) -> str:
    return ngettext(
        "%(count)d commitment or condition is on record.",
        "%(count)d commitments and conditions are on record.",
        count,
    ) % {"count": count}


class OneCommitment(Page):
    """One commitment: its text, who asks, who owes, and every party's claims side by side."""

    template_name = "commitments/one.html"
    section = "commitments"

    @property
    def title(self) -> str:
        if self.is_ahead:
            return _("Not in any text by %(day)s") % {"day": say_day(self.clock.as_of)}
        return self.dated.title

    @cached_property
    def dated(self) -> DatedCommitment:
        """The commitment, and what was said of it by the day shown."""
        return with_voices(self.recorded, self.clock.as_of)

    @cached_property
    def recorded(self) -> RecordedCommitment:
        """The commitment. Raises `Http404`."""
        key = self.kwargs["key"].lower()
        recorded = next((commitment for commitment in self.record.commitments if commitment.key == key), None)
        if recorded is None:
            raise Http404(_("There is no commitment “%(key)s” on record at this edition.") % {"key": key})
        self.at_its_address("commitment", key=key)
        return recorded

    @property
    def is_ahead(self) -> bool:
        """Whether the text did not exist yet on the day shown."""
        return not self.recorded.exists_by(self.clock.as_of)

    def turns(self) -> Turns:
        code = self.recorded.fact.accession
        return self.turns_of(f"own/{code}", self.record.events_by_accession.get(code, ()))

    @property
    def follow(self) -> LogFilter:
        return LogFilter(commitment=(self.kwargs["key"],))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {"later": self.recorded} if self.is_ahead else self.tell()
        return super().get_context_data(is_ahead=self.is_ahead, **told, **kwargs)

    def tell(self) -> dict[str, Any]:
        """All that may be said of it on the day shown."""
        log = changes_at(self.record, self.clock.as_of, commitment=self.recorded.key)
        return {
            "text_date": self.dated.text_date,
            "fact": self.dated.fact,
            "later_sources": self.dated.later_sources,
            "answer": say_standing(self.dated, self.names),
            "timeline": across_texts(self.recorded, self.relations, self.clock.as_of),
            "relations": [one for one in self.relations if self.recorded.key in (one.of.key, one.to.key)],
            "voices": sorted(self.dated.voices, key=self._asking_first),
            "accessions": self.recorded.accessions,
            "changes": tell_entries(log, self.record, self.names, self.clock.as_of),
        }

    def _asking_first(self, voice: Voice) -> tuple[bool, bool, Key]:
        return voice.is_below, voice.by not in self.dated.fact.asked_by, order_key(self.names[voice.by])

    @cached_property
    def relations(self) -> list[Relation]:
        """What ties commitments to each other, as somebody had said by the day."""
        return relations_on(self.record.statements.values(), self.record.commitments, self.clock.as_of)
