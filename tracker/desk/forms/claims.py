"""The forms of commitments and claims: who asks, who owes, who says what of it. None has a field for a verdict."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracker.desk.forms.citations import confidence_in
from tracker.desk.forms.fields import (
    DateField,
    DeskForm,
    Directory,
    LongTextField,
    PartiesField,
    PartyField,
    TextField,
)
from tracker.desk.forms.kinds import numbered
from tracker.domain.facts import AssessmentFact, CommitmentFact, Source, Stem
from tracker.domain.vocabulary import ALLIANCE, Claim, ClaimBasis, CommitmentCategory, CommitmentKind
from tracker.models import Assessment, Commitment, Party


class ClaimForm(DeskForm):
    """What one party says of a commitment, on a day."""

    by = PartyField(label="Who says so", help_text="A claim is always somebody’s.")
    status = forms.ChoiceField(label="Says it is", choices=[("", "choose"), *Claim.choices])
    basis = forms.ChoiceField(label="Said, or shown by an act", choices=ClaimBasis.choices)
    date = DateField(label="When")
    office = TextField(label="Body or office", max_length=200, required=False)
    note = LongTextField(label="In which words", max_length=5000, required=False)

    def fact(
        self, commitment: Commitment, sources: Sequence[Source], replaces: AssessmentFact | None = None
    ) -> AssessmentFact:
        """The claim as a fact; under the key of the one that it replaces."""
        data = self.cleaned_data
        return AssessmentFact(
            key=replaces.key if replaces else self._key(commitment),
            occurred=data["date"],
            by=data["by"].code,
            status=Claim(data["status"]),
            basis=ClaimBasis(data["basis"]),
            office=data["office"],
            note=data["note"],
            confidence=confidence_in(sources),
            about=replaces.about if replaces else (),
            figures=replaces.figures if replaces else (),
            due=replaces.due if replaces else None,
            sources=tuple(sources),
        )

    def _key(self, commitment: Commitment) -> str:
        data = self.cleaned_data
        day = data["date"].earliest or data["date"].latest
        stem = f"{commitment.key}-{data['by'].code.lower()}-{day}"[:150].strip("-")
        taken = set(Assessment.objects.filter(key__startswith=stem).values_list("key", flat=True))
        return next(key for key in numbered(stem) if key not in taken)


def claim_initial(fact: AssessmentFact, directory: Directory) -> dict[str, Any]:
    """The claim as the first content of the form."""
    plain = {"status": fact.status.value, "basis": fact.basis.value, "office": fact.office, "note": fact.note}
    return {**plain, "by": directory.text(fact.by), "date": str(fact.occurred)}


class CommitmentForm(DeskForm):
    """Something asked of or promised by somebody."""

    title = TextField(label="Title", max_length=300)
    kind = forms.ChoiceField(label="Promised, or asked for", choices=CommitmentKind.choices)
    category = forms.ChoiceField(label="About", choices=[("", "choose"), *CommitmentCategory.choices])
    accession = PartyField(label="Accession of", required=False, help_text="Empty for a condition in none.")
    also = PartiesField(label="And of", required=False)
    asked_by = PartiesField(label="Who asks", required=False, help_text="Empty for a promise that nobody asked for.")
    owed_by = PartiesField(label="To be met by")
    office = TextField(label="Body or office", max_length=200, required=False)
    text = TextField(label="Text it stems from", max_length=300)
    text_date = DateField(label="Date of the text")
    clause = TextField(label="Clause", max_length=60, required=False)
    detail = LongTextField(label="Detail", max_length=10_000, required=False)
    key = TextField(label="Key", max_length=120, required=False, help_text="Made from the title if left empty.")

    def __init__(self, *args: Any, original: CommitmentFact | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.original = original
        if original:
            del self.fields["key"]

    def clean_accession(self) -> Party | None:
        """A state can accede, an organisation cannot."""
        party: Party | None = self.cleaned_data["accession"]
        if party and party.kind != "state":
            raise ValidationError(f"{self.directory.name(party.code)} is no state, and cannot accede.")
        return party

    def clean(self) -> dict[str, Any]:
        """A condition is somebody's; a promise can be of one's own accord."""
        data = super().clean() or self.cleaned_data
        asked = "asked_by" in self.errors or data.get("asked_by")
        if data.get("kind") == CommitmentKind.CONDITION and not asked:
            self.add_error("asked_by", "A condition is always somebody’s: say who asks.")
        return data

    def clean_key(self) -> str:
        """The key as an address can hold it."""
        key = str(self.cleaned_data["key"])
        if key and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key):
            raise ValidationError("A key is made of small letters and digits, with hyphens between them.")
        return key

    def fact(self, sources: Sequence[Source]) -> CommitmentFact:
        """The commitment as a fact, without claims."""
        data = self.cleaned_data
        was = self.original
        return CommitmentFact(
            key=was.key if was else data["key"] or self._key(),
            accession=data["accession"].code if data["accession"] else ALLIANCE,
            also=tuple(party.code for party in data["also"]),
            kind=CommitmentKind(data["kind"]),
            category=CommitmentCategory(data["category"]),
            title=data["title"],
            detail=data["detail"],
            asked_by=tuple(party.code for party in data["asked_by"]),
            owed_by=tuple(party.code for party in data["owed_by"]),
            office=data["office"],
            stems_from=Stem(text=data["text"], date=str(data["text_date"]), clause=data["clause"]),
            sources=tuple(sources),
            confidence=was.confidence if was else confidence_in(sources),
        )

    def _key(self) -> str:
        data = self.cleaned_data
        party = data["accession"] or data["owed_by"][0]
        whose = party.alpha2 or party.code
        stem = re.sub(r"[^a-z0-9]+", "-", f"{whose}-{data['title']}".lower()).strip("-")[:100]
        return stem.strip("-")


def commitment_initial(fact: CommitmentFact, directory: Directory) -> dict[str, Any]:
    """The commitment as the first content of the form."""
    sides = {one: ", ".join(map(directory.text, getattr(fact, one))) for one in ("also", "asked_by", "owed_by")}
    stem = {"text": fact.stems_from.text, "text_date": fact.stems_from.date, "clause": fact.stems_from.clause}
    plain = {name: getattr(fact, name) for name in ("key", "title", "detail", "office")}
    chosen = {"kind": fact.kind.value, "category": fact.category.value}
    return {
        **plain,
        **chosen,
        **stem,
        **sides,
        "accession": "" if fact.accession == ALLIANCE else directory.text(fact.accession),
    }
