"""The form of one day on which many allies acted: what they share is typed once, and each ally is a row."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms

from tracker.desk.forms.citations import AddressField, RowsOfFacts
from tracker.desk.forms.events import EventForm
from tracker.desk.forms.fields import CountField, DateField, DeskForm, Directory, PartyField, TextField
from tracker.desk.forms.hosts import publisher_at
from tracker.desk.forms.kinds import BY_THE_ALLY, grouped, numbered
from tracker.domain.facts import EventFact, Source
from tracker.domain.vocabulary import EventKind

_MOST: Final = 40
# As many as ever voted on one day, and some.
_SHOWN: Final = 12
_TALLY: Final = ("votes_yes", "votes_no", "votes_abstain", "votes_absent")


class DayForm(DeskForm):
    """What all of them share."""

    accession = PartyField(label="Accession of")
    kind = forms.ChoiceField(label="What", choices=lambda: grouped(BY_THE_ALLY), initial=EventKind.CHAMBER_VOTE)
    date = DateField(label="When", help_text="2024-02-26")


class AllyRow(forms.Form):
    """One ally’s act of the day. A source of its own stands beside those that all share."""

    actor = TextField(
        label="Ally", max_length=200, widget=forms.TextInput(attrs={"list": "parties", "autocomplete": "off"})
    )
    office = TextField(label="Chamber", max_length=200, required=False)
    votes_yes = CountField("For")
    votes_no = CountField("Against")
    votes_abstain = CountField("Abstained")
    votes_absent = CountField("Absent")
    completes = forms.BooleanField(label="Completes the procedure", required=False)
    url = AddressField(label="Own source", required=False)
    title = TextField(label="Its title", max_length=500, required=False)

    def own_source(self, shared: Sequence[Source]) -> list[Source]:
        """The source that this ally alone has, in the name of the publisher at its address."""
        return [] if not self.cleaned_data["url"] else [self._source(shared)]

    def _source(self, shared: Sequence[Source]) -> Source:
        data = self.cleaned_data
        known = publisher_at(data["url"])
        if known is None:
            self.add_error("url", "We do not know the host yet: put it among the sources below, and say whose it is.")
            return shared[0]
        kept = {"class": known.source_class, "publisher": known.name}
        return Source(url=data["url"], title=data["title"] or known.name, **kept)


class AllyRowsOfADay(RowsOfFacts):
    """The allies, a row each."""

    heading = "Allies"
    singular = "Ally"
    telling = ()


AllyRows: type[Any] = forms.formset_factory(
    AllyRow, formset=AllyRowsOfADay, extra=_SHOWN, max_num=_MOST, absolute_max=_MOST
)


def facts_of_day(
    day: DayForm, rows: Sequence[AllyRow], sources: Sequence[Source], directory: Directory
) -> list[EventFact]:
    """The acts of the day. What is wrong with one stands at its row; then its facts are missing."""
    facts: list[EventFact] = []
    for row in rows:
        form = EventForm(_as_one(day, row), directory=directory)
        own = row.own_source(sources) if not row.errors else []
        if form.is_valid() and not row.errors:
            facts += form.facts([*sources, *own], [])
        _hand_on(form, row)
    return with_own_keys(facts)


def _as_one(day: DayForm, row: AllyRow) -> dict[str, Any]:
    """What somebody would have typed into the form of one act."""
    shared = {name: day.data.get(name, "") for name in ("accession", "kind", "date")}
    own = {name: row.cleaned_data.get(name) for name in ("actor", "office", *_TALLY)}
    ticked = {"completes": "on"} if row.cleaned_data.get("completes") else {}
    return {**shared, **{name: "" if value is None else value for name, value in own.items()}, **ticked}


def _hand_on(form: EventForm, row: AllyRow) -> None:
    for name, errors in form.errors.items():
        for error in errors:
            row.add_error(name if name in row.fields else None, error)


def with_own_keys(facts: Iterable[EventFact]) -> list[EventFact]:
    """The facts, each under a key of its own: two chambers of one ally may vote on one day."""
    taken: set[str] = set()
    told = []
    for fact in facts:
        key = next(one for one in numbered(fact.key) if one not in taken)
        taken.add(key)
        told.append(fact.model_copy(update={"key": key}))
    return told
