"""The forms of a statement: who spoke and how, what each said of which commitment, and what ties commitments."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from tracker.desk.forms.citations import RowsOfFacts, confidence_in, rows_of
from tracker.desk.forms.fields import DateField, DeskForm, Directory, LongTextField, PartiesField, PartyField, TextField
from tracker.desk.forms.kinds import numbered
from tracker.domain.facts import (
    AssessmentFact,
    CommitmentFact,
    DueFact,
    FigureFact,
    RelationFact,
    Source,
    SpeakerFact,
    StatementFact,
)
from tracker.domain.standing.speaking import MAY_SAY, roles_in, voice_of
from tracker.domain.vocabulary import (
    Claim,
    ClaimBasis,
    FigureBound,
    RelationKind,
    SpeakerKind,
)
from tracker.domain.vocabulary import (
    StatementForm as Form,
)
from tracker.models import Assessment, Commitment, Statement
from tracker.models.facts_of_rows import commitment_fact

_UNIT: Final = "persons"


class CommitmentField(TextField):
    """A commitment, by its key or its title."""

    widget = forms.TextInput(attrs={"list": "commitments", "autocomplete": "off"})

    def clean(self, value: Any) -> Commitment | None:
        text = super().clean(value)
        if not text:
            return None
        rows = Commitment.objects.with_parts()
        found = rows.filter(key=text.rpartition(" · ")[2]).first() or rows.filter(title__iexact=text).first()
        if found is None:
            raise ValidationError(
                f"“{text[:60]}” is no commitment on record: write its key, or choose it from the list."
            )
        return found


class StatementForm(DeskForm):
    """One utterance."""

    title = TextField(label="What it was", max_length=300, help_text="Joint press statement; interview with …")
    form = forms.ChoiceField(label="How it was said", choices=[("", "choose"), *Form.choices])
    date = DateField(label="When")
    place = TextField(label="Where", max_length=120, required=False)
    general = forms.BooleanField(label="General: it names no clause", required=False)
    event = TextField(label="The same act among the events, by key", max_length=120, required=False)

    def fact(
        self, speakers: Sequence[SpeakerFact], sources: Sequence[Source], replaces: StatementFact | None = None
    ) -> StatementFact:
        """The statement as a fact, without relations; with the key and the claims of the one that it replaces."""
        data = self.cleaned_data
        return StatementFact(
            key=replaces.key if replaces else self._key(),
            occurred=data["date"],
            place=data["place"],
            form=Form(data["form"]),
            title=data["title"],
            general=data["general"],
            speakers=tuple(speakers),
            claims=replaces.claims if replaces else (),
            event=data["event"],
            sources=tuple(sources),
            confidence=replaces.confidence if replaces else confidence_in(sources),
        )

    def _key(self) -> str:
        data = self.cleaned_data
        day = data["date"].earliest or data["date"].latest
        stem = re.sub(r"[^a-z0-9]+", "-", data["title"].lower())[:90].strip("-") or "statement"
        taken = set(Statement.objects.filter(key__startswith=stem).values_list("key", flat=True))
        return next(key for key in numbered(f"{stem}-{day}") if key not in taken)


class SpeakerForm(DeskForm):
    """One who speaks."""

    party = PartyField(label="For, or of, which state or organisation")
    kind = forms.ChoiceField(label="As what", choices=[("", "choose"), *SpeakerKind.choices])
    office = TextField(label="Office, body or paper", max_length=200, required=False)
    person = TextField(label="Person", max_length=120, required=False)
    told_by = TextField(
        label="As told by", max_length=200, required=False, help_text="Empty, if heard or read directly."
    )

    def speaker(self) -> SpeakerFact:
        """The speaker as a fact."""
        data = self.cleaned_data
        words = {name: data[name] for name in ("office", "person", "told_by")}
        return SpeakerFact(party=data["party"].code, kind=SpeakerKind(data["kind"]), **words)


class StatementClaimForm(DeskForm):
    """What is said of one commitment."""

    commitment = CommitmentField(label="Of which commitment", max_length=420)
    status = forms.ChoiceField(label="Says it is", choices=[("", "choose"), *Claim.choices])
    by = PartiesField(label="By whom", required=False, help_text="Empty: by each who speaks and may say so.")
    note = LongTextField(label="In which words", max_length=5000, required=False)
    about = PartiesField(label="Of whose part alone", required=False)
    due = TextField(label="By when, in their words", max_length=300, required=False)
    due_by = DateField(label="By which day", required=False)
    count = forms.IntegerField(label="A figure they give", min_value=0, required=False)
    bound = forms.ChoiceField(label="How closely", choices=FigureBound.choices, required=False)
    unit = TextField(label="Of what", max_length=60, required=False, help_text=f"{_UNIT}, if left empty")

    def facts(self, statement: StatementFact, sources: Sequence[Source]) -> list[tuple[str, AssessmentFact]]:
        """The claims as facts, each with the key of its commitment. Raises `ValidationError` if nobody may say so."""
        commitment = self.cleaned_data["commitment"]
        fact, status = commitment_fact(commitment), Claim(self.cleaned_data["status"])
        voices = dict.fromkeys(map(voice_of, statement.speakers))
        named = [party.code for party in self.cleaned_data["by"]]
        saying = named or [code for code in voices if _may_say(code, status, fact)]
        if not saying:
            raise ValidationError(f"None of those who speak may say “{status.label}” of “{fact.title}”.")
        return [(fact.key, self._claim(code, status, fact, statement, sources)) for code in saying]

    def _claim(
        self, code: str, status: Claim, commitment: CommitmentFact, statement: StatementFact, sources: Sequence[Source]
    ) -> AssessmentFact:
        data = self.cleaned_data
        speakers = [speaker for speaker in statement.speakers if voice_of(speaker) == code]
        about = tuple(party.code for party in data["about"])
        due = DueFact(by=str(data["due_by"] or ""), wording=data["due"]) if data["due"] else None
        return AssessmentFact(
            key=_claim_key(commitment.key, code, statement),
            occurred=statement.occurred,
            by=code,
            status=status,
            basis=ClaimBasis.ACT if statement.form is Form.ACT else ClaimBasis.STATED,
            office="; ".join(speaker.office for speaker in speakers if speaker.office)[:200],
            note=data["note"],
            confidence=confidence_in(sources),
            about=about,
            due=due,
            figures=self._figures(about),
            sources=tuple(sources),
        )

    def _figures(self, about: tuple[str, ...]) -> tuple[FigureFact, ...]:
        data = self.cleaned_data
        if data["count"] is None:
            return ()
        bound = FigureBound(data["bound"] or FigureBound.EXACTLY)
        return (FigureFact(count=data["count"], bound=bound, unit=data["unit"] or _UNIT, of=about),)


def _may_say(code: str, status: Claim, commitment: CommitmentFact) -> bool:
    return bool(roles_in(code, commitment.asked_by, commitment.owed_by) & MAY_SAY[status])


def _claim_key(commitment: str, code: str, statement: StatementFact) -> str:
    day = statement.occurred.earliest or statement.occurred.latest
    stem = f"{commitment}-{code.lower()}-{day}"[:150].strip("-")
    taken = set(Assessment.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in numbered(stem) if key not in taken)


class RelationForm(DeskForm):
    """What ties two commitments, as the speakers say."""

    of = CommitmentField(label="Commitment", max_length=420)
    kind = forms.ChoiceField(label="is tied", choices=[("", "choose"), *RelationKind.choices])
    to = CommitmentField(label="to commitment", max_length=420)

    def relation(self) -> RelationFact:
        """The relation as a fact."""
        data = self.cleaned_data
        return RelationFact(kind=RelationKind(data["kind"]), of=data["of"].key, to=data["to"].key)


class Speakers(RowsOfFacts):
    """Who spoke."""

    heading = "Who spoke"
    singular = "Speaker"
    telling: ClassVar[tuple[str, ...]] = ("party", "office", "person")


class StatementClaims(RowsOfFacts):
    """What was said of which commitment."""

    heading = "What was said of which commitment"
    singular = "Claim"
    telling: ClassVar[tuple[str, ...]] = ("commitment", "status", "by")


class Relations(RowsOfFacts):
    """What ties commitments."""

    heading = "What ties one commitment to another, as they say"
    singular = "Relation"
    telling: ClassVar[tuple[str, ...]] = ("of", "kind", "to")


SpeakerRows = rows_of(SpeakerForm, Speakers, 12, empty=4)
ClaimRows = rows_of(StatementClaimForm, StatementClaims, 30, empty=6)
RelationRows = rows_of(RelationForm, Relations, 12)


def statement_initial(fact: StatementFact) -> dict[str, Any]:
    """The statement as the first content of the form."""
    plain = {name: getattr(fact, name) for name in ("title", "place", "general", "event")}
    return {**plain, "form": fact.form.value, "date": str(fact.occurred)}


def speaker_initial(fact: StatementFact, directory: Directory) -> list[dict[str, Any]]:
    """The speakers as the first content of rows."""
    return [{**speaker.document(), "party": directory.text(speaker.party)} for speaker in fact.speakers]


def relation_initial(fact: StatementFact) -> list[dict[str, Any]]:
    """The relations as the first content of rows."""
    return [relation.document() for relation in fact.relations]
