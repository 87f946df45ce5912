"""The forms of a state or organisation, as a row that is put right, with its names through time."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from tracker.desk.forms.citations import RowsOfFacts, rows_of
from tracker.desk.forms.fields import DateField, TextField, made
from tracker.domain.facts import (
    DatedName,
    PartyFact,
    Source,
)
from tracker.models import Party

_FOUNDED: Final = {"yes": True, "no": False, "not known": None}


class PartyForm(forms.Form):
    """A state or organisation, without its names and sources. Its code and its kind stay: other facts rest on them."""

    alpha2 = TextField(label="Two-letter code", max_length=2, required=False)
    capital = TextField(label="Capital", max_length=80, required=False)
    founding_member = forms.TypedChoiceField(
        label="Founded the alliance", choices=[(one, one) for one in _FOUNDED], coerce=_FOUNDED.__getitem__
    )

    def __init__(self, *args: Any, original: PartyFact, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.original = original

    def clean_alpha2(self) -> str:
        """Two letters that no other party has."""
        code = str(self.cleaned_data["alpha2"]).upper()
        if code and not re.fullmatch("[A-Z]{2}", code):
            raise ValidationError("The code has two letters, such as TR.")
        if taken := Party.objects.filter(alpha2=code).exclude(alpha2="").exclude(pk=self.original.code).first():
            raise ValidationError(f"{code} is the code of {taken}.")
        return code

    def fact(self, names: Sequence[DatedName], sources: Sequence[Source]) -> PartyFact:
        """The party as a fact. Raises `Unfit`."""
        given = {**self.cleaned_data, "names": tuple(names), "sources": tuple(sources)}
        return made(PartyFact, **{**dict(self.original), **given})


class NameForm(forms.Form):
    """What a party is called in one language, and during which time."""

    language = TextField(label="Language", max_length=8, help_text="en, fr, sv, fi, tr, hu …")
    text = TextField(label="Name", max_length=120)
    since = DateField(label="Since", required=False)
    until = DateField(label="Until", required=False, help_text="The first day on which it was no longer so.")

    def clean_language(self) -> str:
        """The code of a language."""
        code = str(self.cleaned_data["language"])
        if not re.fullmatch("[a-z]{2,3}(-[A-Za-z]{2,4})?", code):
            raise ValidationError("Write the code of a language, such as en.")
        return code

    def clean(self) -> dict[str, Any]:
        """A time that begins before it ends."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and since.earliest and until.earliest and until.earliest <= since.earliest:
            self.add_error("until", "The name would have ended before it began.")
        return data

    def name(self) -> DatedName:
        """The name as a fact. Raises `Unfit`."""
        data = self.cleaned_data
        return made(
            DatedName,
            language=data["language"],
            text=data["text"],
            since=str(data["since"] or ""),
            until=str(data["until"] or ""),
        )


class NamesOfAParty(RowsOfFacts):
    """The names of one party."""

    heading = "Names"
    singular = "Name"
    telling = ("language", "text")

    def clean(self) -> None:
        """One of them is English: it is what is shown where there is no other."""
        if not any(self.errors) and not any(form.cleaned_data.get("language") == "en" for form in self.filled()):
            raise ValidationError("Give at least one English name: it stands wherever there is no other.")


NameRows = rows_of(NameForm, NamesOfAParty, 60)


def party_initial(fact: PartyFact) -> dict[str, Any]:
    """The party as the first content of the form."""
    founded = next(name for name, value in _FOUNDED.items() if value is fact.founding_member)
    return {"alpha2": fact.alpha2, "capital": fact.capital, "founding_member": founded}
