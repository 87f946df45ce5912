"""The forms of a procedure of one time, as a row that is put right: its days, its basis, chambers, steps."""

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from tracker.desk.forms.citations import AddressField, RowsOfFacts, rows_of
from tracker.desk.forms.fields import CountField, LongTextField, TextField, made
from tracker.domain.exceptions import Unfit
from tracker.domain.facts import (
    ChamberFact,
    EarlierSize,
    LegalBasis,
    MajorityRule,
    Parliament,
    ProcedureFact,
    ProcedureVersion,
    StepFact,
)
from tracker.domain.vocabulary import Confidence, Majority, MajorityBase, StepKind

_IN_TIME: Final = ("valid_from", "valid_until", "boundary", "tacit_approval_possible")
_TEXTS: Final = ("majority", "referendum", "territorial_scope", "gazette", "open_data", "notes")


class Chambers(RowsOfFacts):
    """The chambers of a parliament."""

    heading = "Chambers"
    singular = "Chamber"
    telling = ("name",)


class Steps(RowsOfFacts):
    """The steps, in order."""

    heading = "Steps"
    singular = "Step"
    telling = ("kind", "body")


class ProcedureForm(forms.Form):
    """An ally's procedure, without its chambers, steps and sources."""

    valid_from = TextField(label="In use from", max_length=10, required=False, help_text="2010-11-11, 2010-11 or 2010.")
    valid_until = TextField(label="In use until", max_length=10, required=False, help_text="Empty where it is in use.")
    boundary = LongTextField(label="What changed then", max_length=2000, required=False)
    legal_basis = LongTextField(
        label="Legal basis",
        max_length=10_000,
        required=False,
        help_text="One provision a line; after a stroke, what it says: Constitution, art. 167 | The Chambers assent.",
    )
    parliament = TextField(label="Parliament", max_length=120)
    parliament_native = TextField(label="Its own name", max_length=120, required=False)
    website = AddressField(label="Website", required=False)
    parliament_votes = forms.BooleanField(label="Parliament has to vote", required=False)
    advance_consent_possible = forms.BooleanField(label="Consent is possible before signature", required=False)
    tacit_approval_possible = forms.BooleanField(label="Approval without a vote is possible", required=False)
    majority = LongTextField(label="Majority", max_length=2000, required=False)
    referendum = LongTextField(label="Referendum", max_length=2000, required=False)
    territorial_scope = LongTextField(label="Territorial scope", max_length=2000, required=False)
    gazette = LongTextField(label="Gazette", max_length=2000, required=False)
    open_data = LongTextField(label="Open data", max_length=2000, required=False)
    notes = LongTextField(label="Notes", max_length=10_000, required=False)
    confidence = forms.ChoiceField(label="Confidence", choices=Confidence.choices)
    unsourced = LongTextField(
        label="Without a source",
        max_length=4000,
        required=False,
        help_text="Parts for which none was found, one a line.",
    )

    def __init__(self, *args: Any, original: ProcedureVersion, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.original = original

    def clean_legal_basis(self) -> tuple[LegalBasis, ...]:
        """The provisions, in their order."""
        lines = str(self.cleaned_data["legal_basis"]).splitlines()
        parts = [[part.strip() for part in line.partition("|")[::2]] for line in lines if line.strip()]
        try:
            return tuple(made(LegalBasis, provision=provision, says=says) for provision, says in parts)
        except Unfit as refusal:
            raise ValidationError(str(refusal)) from refusal

    def version(self, **rows: Any) -> ProcedureVersion:
        """The procedure of that time, with its chambers, steps, sources and conflicts. Raises `Unfit`."""
        data = self.cleaned_data
        name, native, website = data["parliament"], data["parliament_native"], data["website"]
        given = {
            "parliament": made(Parliament, name=name, native=native, website=website),
            "parliament_votes": data["parliament_votes"],
            "valid_from": data["valid_from"],
            "valid_until": data["valid_until"],
            "boundary": data["boundary"],
            "legal_basis": data["legal_basis"],
            "advance_consent_possible": data["advance_consent_possible"],
            "tacit_approval_possible": data["tacit_approval_possible"],
            "confidence": Confidence(data["confidence"]),
            "unsourced_fields": tuple(line.strip() for line in data["unsourced"].splitlines() if line.strip()),
            **{text: data[text] for text in _TEXTS},
        }
        # The form does not show the paths taken; they stay as they are.
        return made(ProcedureVersion, paths_taken=self.original.paths_taken, **given, **rows)


class ChamberForm(forms.Form):
    """One chamber of a parliament."""

    name = TextField(label="Name", max_length=120)
    native = TextField(label="Its own name", max_length=120, required=False)
    seats = CountField("Seats")
    earlier = TextField(
        label="Earlier sizes", max_length=400, required=False, help_text="Until when, and how many: 2022-10-12: 630"
    )
    role = TextField(label="Part it takes", max_length=160, help_text="votes, optional motion, may ask …")
    votes = forms.BooleanField(label="Has to vote", required=False)
    share = forms.ChoiceField(label="Majority", choices=[("", "the usual one"), *Majority.choices], required=False)
    of = forms.ChoiceField(label="Counted", choices=[("", "choose"), *MajorityBase.choices], required=False)
    at_least = CountField("And never fewer votes for than")
    quorum = TextField(label="Quorum", max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """A majority says how large a part, and of whom."""
        data = super().clean() or {}
        if bool(data.get("share")) != bool(data.get("of")):
            self.add_error("of", "Say how large a part, and of whom.")
        return data

    def clean_earlier(self) -> tuple[EarlierSize, ...]:
        """The sizes, oldest first."""
        parts = [part for part in str(self.cleaned_data["earlier"]).split(";") if part.strip()]
        found = [re.fullmatch(r"\s*(\d{4}-\d\d-\d\d)\s*:\s*(\d{1,5})\s*", part) for part in parts]
        if not all(found):
            raise ValidationError("Write each size as 2022-10-12: 630, with semicolons between them.")
        try:
            sizes = [made(EarlierSize, until=one[1], seats=int(one[2])) for one in found if one]
        except Unfit as refusal:
            raise ValidationError(str(refusal)) from refusal
        return tuple(sorted(sizes, key=lambda size: size.until))

    def chamber(self) -> ChamberFact:
        """The chamber as a fact. Raises `Unfit`."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("name", "native", "seats", "role", "quorum")}
        rule = {name: data[name] for name in ("share", "of", "at_least")}
        majority = made(MajorityRule, **rule) if data["share"] else None
        return made(ChamberFact, seats_earlier=data["earlier"], majority=majority, **plain)


class StepForm(forms.Form):
    """One step of a procedure."""

    order = CountField("Place in the order", required=True)
    kind = forms.ChoiceField(label="What", choices=[("", "choose"), *StepKind.choices])
    body = TextField(label="Who acts", max_length=200)
    note = LongTextField(label="Note", max_length=2000, required=False)
    alternative = forms.BooleanField(label="Instead of the step before", required=False)
    optional = forms.BooleanField(label="Optional", required=False)
    group = TextField(
        label="Group of ways",
        max_length=60,
        required=False,
        help_text="Of the ways of one group exactly one is taken in a round.",
    )
    path = TextField(label="Which way", max_length=60, required=False)

    def step(self) -> StepFact:
        """The step as a fact. Raises `Unfit`."""
        data = {name: self.cleaned_data[name] for name in self.fields if name in StepFact.model_fields}
        return made(StepFact, **{**data, "kind": StepKind(data["kind"])})


ChamberRows = rows_of(ChamberForm, Chambers, 6)
StepRows = rows_of(StepForm, Steps, 40)


def procedure_initial(fact: ProcedureVersion) -> dict[str, Any]:
    """The procedure of one time as the first content of the form."""
    plain = {name: getattr(fact, name) for name in (*_TEXTS, *_IN_TIME, "parliament_votes", "advance_consent_possible")}
    parliament = fact.parliament
    names = {"parliament": parliament.name, "parliament_native": parliament.native, "website": parliament.website}
    unsourced = "\n".join(fact.unsourced_fields)
    basis = "\n".join(f"{one.provision} | {one.says}" if one.says else one.provision for one in fact.legal_basis)
    written = {"legal_basis": basis, "unsourced": unsourced, "confidence": fact.confidence.value}
    return {**plain, **names, **written}


def with_version(was: ProcedureFact, version: ProcedureVersion, number: int | None) -> ProcedureFact:
    """The procedure with this version at that place, the oldest at 0; added where there is none. Raises `Unfit`."""
    versions = [_of_its_time(one) for one in was.versions()]
    if number is None:
        versions.append(version)
    else:
        versions[number] = version
    *earlier, now = sorted(versions, key=lambda one: one.first_day or date.min)
    return made(ProcedureFact, ally=was.ally, earlier=tuple(earlier), **dict(now))


def _of_its_time(version: ProcedureVersion) -> ProcedureVersion:
    return ProcedureVersion(**{name: getattr(version, name) for name in ProcedureVersion.model_fields})


def chamber_initial(fact: ProcedureVersion) -> list[dict[str, Any]]:
    """The chambers as the first content of rows."""
    return [
        {
            **dict(one),
            "earlier": "; ".join(f"{size.until}: {size.seats}" for size in one.seats_earlier),
            "votes": one.name in fact.chambers_that_vote,
            "quorum": one.quorum,
            **(one.majority.model_dump(mode="json") if one.majority else {}),
        }
        for one in fact.chambers
    ]
