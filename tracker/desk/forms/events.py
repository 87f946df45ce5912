"""The form of an event: who did what, when, in whose accession."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from tracker.desk.forms.asked import AskedForm, rare_initial
from tracker.desk.forms.citations import confidence_in
from tracker.desk.forms.fields import (
    CountField,
    DateField,
    Directory,
    LongTextField,
    PartiesField,
    PartyField,
    TextField,
)
from tracker.desk.forms.kinds import free_key, grouped, kinds_for
from tracker.domain.facts import Differing, EventFact, Source, Tally
from tracker.domain.vocabulary import EventKind, Outcome
from tracker.models import Chamber, Party

_VOTES: Final = ("yes", "no", "abstain", "absent")
_COMPLETES: Final = "completes"


class EventForm(AskedForm):
    """One event, without its sources. A vote may complete the parliamentary procedure, and is two events then."""

    accession = PartyField(label="Accession of", required=False, help_text="The applicant; empty for context.")
    actor = PartyField(label="Who acts", help_text="By any name, in any of our languages, or by code.")
    kind = forms.ChoiceField(label="What", choices=lambda: [("", "choose"), *grouped()])
    date = DateField(label="When", help_text="2024-02-26, or as far as it is known: 2024-02, 2024.")
    office = TextField(label="Body or office", max_length=200, required=False)
    votes_yes = CountField("For")
    votes_no = CountField("Against")
    votes_abstain = CountField("Abstained")
    votes_absent = CountField("Absent")
    completes = forms.BooleanField(
        label="This completes the parliamentary procedure",
        required=False,
        help_text="Records the consent of parliament on the same day, with the same sources.",
    )
    outcome = forms.ChoiceField(
        label="Outcome",
        choices=[("", "as the tally and the majority say"), *Outcome.choices],
        required=False,
        help_text="As the source says; also where nobody published numbers.",
    )
    planned = forms.BooleanField(
        label="This is announced for that day", required=False, help_text="A plan counts for nothing until it is kept."
    )
    announced = DateField(label="Announced", required=False, help_text="The day on which the plan became known.")
    follows = TextField(
        label="Follows",
        max_length=120,
        required=False,
        help_text="The key of the plan that this keeps, postpones or cancels, or of the act that it recalls.",
    )
    step = CountField("Step of the procedure")
    also = PartiesField(label="Also for", required=False, help_text="Other accessions that the same act served.")
    title = TextField(label="Title", max_length=300, required=False, help_text="Made from the above if left empty.")
    detail = LongTextField(label="Detail", max_length=10_000, required=False)
    others = PartiesField(label="With", required=False, help_text="Who else took part, with commas between them.")
    key = TextField(label="Key", max_length=120, required=False, help_text="Made from the above if left empty.")

    def __init__(self, *args: Any, original: EventFact | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.original = original
        if original:
            del self.fields["key"], self.fields[_COMPLETES]
            self.fields["title"].required = True

    def clean(self) -> dict[str, Any]:
        """The parts together: the kind suits the actor, a tally begins with the votes for, a vote names its chamber."""
        data = super().clean() or {}
        if "kind" in data and data.get("actor") and "accession" in data:
            self._check_kind(data)
        if data.get("votes_yes") is None and any(data.get(f"votes_{one}") for one in _VOTES[1:]):
            self.add_error("votes_yes", "A tally begins with the votes for.")
        if data.get(_COMPLETES) and data.get("kind") != EventKind.CHAMBER_VOTE:
            self.add_error(_COMPLETES, "Only a vote in a chamber can complete the procedure.")
        if data.get(_COMPLETES) and _is_lost(data):
            self.add_error(_COMPLETES, "A vote that was lost, or a tie, completes nothing: take the tick away.")
        if data.get("kind") == EventKind.CHAMBER_VOTE and data.get("actor") and not data.get("office"):
            data["office"] = self._only_chamber(data["actor"])
        return data

    def clean_key(self) -> str:
        """The key as an address can hold it."""
        key = str(self.cleaned_data["key"])
        if key and not (key.isascii() and key == key.lower() and all(part.isalnum() for part in key.split("-"))):
            raise ValidationError("A key is made of small letters and digits, with hyphens between them.")
        return key

    def clean_accession(self) -> Party | None:
        """A state can accede, an organisation cannot."""
        party: Party | None = self.cleaned_data["accession"]
        if party and party.kind != "state":
            raise ValidationError(f"{self.directory.name(party.code)} is no state, and cannot accede.")
        return party

    def clean_also(self) -> tuple[Party, ...]:
        """Other accessions than the one that the act is told of first."""
        also: tuple[Party, ...] = self.cleaned_data["also"]
        own = self.cleaned_data.get("accession")
        if also and (own is None or own in also):
            raise ValidationError("Say first in whose accession; here stand the others.")
        return also

    def _check_kind(self, data: dict[str, Any]) -> None:
        accession = data["accession"].code if data["accession"] else ""
        kind = EventKind(data["kind"])
        if self.original and kind is self.original.kind:
            return
        if kind not in kinds_for(accession, data["actor"]):
            actor = self.directory.name(data["actor"].code)
            where = f"in the accession of {self.directory.name(accession)}" if accession else "outside an accession"
            self.add_error("kind", f"“{kind.label}” is nothing that {actor} can do {where}.")

    def _only_chamber(self, actor: Party) -> str:
        names = list(Chamber.objects.filter(procedure=actor.code, votes=True).values_list("name", flat=True))
        if len(names) == 1:
            return names[0]
        told = f": {' or '.join(names)}" if names else ""
        self.add_error("office", f"Say which chamber voted{told}.")
        return ""

    def facts(self, sources: Sequence[Source], conflicts: Sequence[Differing]) -> list[EventFact]:
        """The event, and the consent that it completes if the box is ticked."""
        data = self.cleaned_data
        columns = self._columns(data) | {"sources": tuple(sources), "conflicts": tuple(conflicts)}
        if self.original:
            firm = self.original.confidence if columns["sources"] == self.original.sources else confidence_in(sources)
            return [EventFact(**{**dict(self.original), **columns, "confidence": firm})]
        columns["confidence"] = confidence_in(sources)
        event = EventFact(key=self._key(data["kind"]), **columns)
        if not data.get(_COMPLETES):
            return [event]
        of_the_vote = {"votes": None, "outcome": None, "step": None, "ordinal": None, "conflicts": (), "detail": ""}
        parts = {**of_the_vote, "kind": EventKind.CONSENT, "title": self._title(EventKind.CONSENT)}
        return [event, EventFact(**{**columns, **parts}, key=self._key(EventKind.CONSENT, given=""))]

    def _columns(self, data: Mapping[str, Any]) -> dict[str, Any]:
        tally = {one: data[f"votes_{one}"] for one in _VOTES}
        return {
            "accession": data["accession"].code if data["accession"] else None,
            "actor": data["actor"].code,
            "others": tuple(party.code for party in data["others"]),
            "office": data["office"],
            "kind": EventKind(data["kind"]),
            "occurred": data["date"],
            "outcome": Outcome(data["outcome"]) if data["outcome"] else None,
            "planned": data["planned"],
            "announced": str(data["announced"] or ""),
            "follows": data["follows"],
            "step": data["step"],
            "also": tuple(party.code for party in data["also"]),
            "votes": Tally(**tally) if tally["yes"] is not None else None,
            "title": data["title"] or self._title(data["kind"]),
            "detail": data["detail"],
            **self.rare_columns(data),
        }

    def _title(self, kind: str) -> str:
        data = self.cleaned_data
        who = data["office"] or self.directory.name(data["actor"].code)
        about = f", on the accession of {self.directory.name(data['accession'].code)}" if data["accession"] else ""
        return f"{who}: {EventKind(kind).label.lower()}{about}"[:300]

    def _key(self, kind: str, given: str | None = None) -> str:
        data = self.cleaned_data
        given = data["key"] if given is None else given
        return given or free_key(data["accession"], data["actor"], EventKind(kind), data["date"])


def _is_lost(data: Mapping[str, Any]) -> bool:
    """Whether the form says that the vote was lost, or a tie; what the source calls carried was carried."""
    if data.get("outcome"):
        return bool(data["outcome"] == Outcome.LOST)
    yes, no = data.get("votes_yes"), data.get("votes_no")
    return yes is not None and no is not None and no >= yes


def event_initial(fact: EventFact, directory: Directory | None = None) -> dict[str, Any]:
    """The fact as the first content of the form."""
    votes = fact.votes or Tally(yes=0)
    name = directory.text if directory else str
    return {
        "accession": name(fact.accession) if fact.accession else "",
        "actor": name(fact.actor),
        "kind": fact.kind.value,
        "date": str(fact.occurred),
        "office": fact.office,
        **{f"votes_{one}": getattr(votes, one) if fact.votes else None for one in _VOTES},
        "outcome": fact.outcome or "",
        "planned": fact.planned,
        "announced": fact.announced,
        "follows": fact.follows,
        "step": fact.step,
        "also": ", ".join(name(code) for code in fact.also),
        "title": fact.title,
        "detail": fact.detail,
        "others": ", ".join(name(code) for code in fact.others),
        "key": fact.key,
        **rare_initial(fact),
    }
