"""The register of commitments, and one of them with who says what."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.domain.vocabulary import Claim, CommitmentCategory, CommitmentKind, Reached
from tracker.language.collation import Key, codes_in_order, order_key
from tracker.language.sentences import name_allies
from tracker.models import Event
from tracker.pages.page import Page
from tracker.pages.parameters import read_choices
from tracker.readmodel.commitments import ToldCommitment, Voice, commitments_by
from tracker.readmodel.log_entries import changes_at, tell_all

_FILTERS: dict[str, Callable[[ToldCommitment, str], bool]] = {
    "party": lambda one, code: code in (*one.fact.asked_by, *one.fact.owed_by),
    "accession": lambda one, code: code in (one.fact.accession, *one.fact.also),
    "category": lambda one, value: one.fact.category == value,
    "kind": lambda one, value: one.fact.kind == value,
    "claim": lambda one, value: any(voice.latest.status == value for voice in one.voices),
}


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
    def every(self) -> list[ToldCommitment]:
        """All commitments of the day shown."""
        return commitments_by(self.clock.record, self.clock.as_of)

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """What each filter can be set to, with its words."""
        parties = {code for one in self.every for code in (*one.fact.asked_by, *one.fact.owed_by)}
        accessions = {code for one in self.every for code in (one.fact.accession, *one.fact.also)}
        return {
            "party": self._named(parties),
            "accession": self._named(accessions),
            "category": {one.value: str(one.label) for one in CommitmentCategory},
            "kind": {one.value: str(one.label) for one in CommitmentKind},
            "claim": {one.value: str(one.label) for one in Claim},
        }

    def _named(self, codes: set[str]) -> dict[str, str]:
        return {code: self.names[code] for code in codes_in_order(self.names, codes)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [one for one in self.every if all(_FILTERS[name](one, value) for name, value in self.chosen.items())]
        labels = {
            "party": _("Party"),
            "accession": _("Accession"),
            "category": _("Category"),
            "kind": _("Kind"),
            "claim": _("Some party says"),
        }
        filters = [(name, labels[name], self.choices[name], self.chosen.get(name, "")) for name in _FILTERS]
        return super().get_context_data(commitments=found, filters=filters, answer=_say_count(found), **kwargs)


def _say_count(found: list[ToldCommitment]) -> str:
    told = ngettext(
        "%(count)d commitment or condition is on record.",
        "%(count)d commitments and conditions are on record.",
        len(found),
    )
    return told % {"count": len(found)}


class OneCommitment(Page):
    """One commitment: its text, who asks, who owes, and every party's claims side by side."""

    template_name = "commitments/one.html"
    section = "commitments"

    @property
    def title(self) -> str:
        return self.told.fact.title

    @cached_property
    def told(self) -> ToldCommitment:
        """The commitment as of the day shown. Raises `Http404`."""
        key = self.kwargs["key"].lower()
        found = commitments_by(self.clock.record, self.clock.today, key=key)
        if not found:
            raise Http404(_("There is no commitment “%(key)s” on record at this edition.") % {"key": key})
        self.at_its_address("commitment", key=key)
        by_day = commitments_by(self.clock.record, self.clock.as_of, key=key)
        return by_day[0] if by_day else ToldCommitment(found[0].fact, found[0].date, ())

    @property
    def is_ahead(self) -> bool:
        """Whether the text did not exist yet on the day shown."""
        text_date = self.told.date
        return text_date is not None and text_date.by(self.clock.as_of) is Reached.NOT_REACHED

    def concerned(self) -> QuerySet[Event]:
        return self.clock.record.events().filter(accession=self.told.fact.accession)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fact = self.told.fact
        log = changes_at(self.clock.edition, self.clock.as_of, commitment=fact.key)
        return super().get_context_data(
            told=self.told,
            fact=fact,
            is_ahead=self.is_ahead,
            answer=self.say_parties(),
            voices=sorted(self.told.voices, key=self._asking_first),
            accessions=[fact.accession, *fact.also],
            changes=tell_all(log, self.names),
            **kwargs,
        )

    def _asking_first(self, voice: Voice) -> tuple[bool, Key]:
        return voice.by not in self.told.fact.asked_by, order_key(self.names[voice.by])

    def say_parties(self) -> str:
        """Who asks whom."""
        fact = self.told.fact
        told = {
            "asking": name_allies(fact.asked_by, self.names),
            "owing": name_allies(fact.owed_by, self.names),
        }
        if not fact.asked_by:
            return _("Undertaken by %(owing)s.") % told
        return _("Asked by %(asking)s; owed by %(owing)s.") % told
