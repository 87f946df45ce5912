"""Fields that read what editors type: names of states in any language, dates as far as they are known, plain text."""

import re
from typing import Any, Final, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from pydantic import ValidationError as FactError

from tracker.domain.dates import NotADate, PartialDate
from tracker.domain.exceptions import Unfit
from tracker.domain.facts import Fact
from tracker.domain.text import tidy
from tracker.language.names import Alias, NameKind, index_of_names
from tracker.models import Party

F = TypeVar("F", bound=Fact)

_MOST_GUESSES: Final = 3
_CODE: Final = re.compile(r"(?<![\w(])[A-Z]{3}(?![\w)])")


class TextField(forms.CharField):
    """One line of text."""

    def to_python(self, value: Any) -> str:
        return " ".join(tidy(super().to_python(value) or "").split())


class LongTextField(forms.CharField):
    """Several lines of text."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class CountField(forms.IntegerField):
    """How many."""

    widget = forms.NumberInput(attrs={"class": "vCount", "inputmode": "numeric"})

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label=label, min_value=0, max_value=32_767, **{"required": False, **options})


class DateField(TextField):
    """A date to the day, the month or the year, or an interval: `2024-02-26`, `2024-02`, `2024`, `../2024-02-26`."""

    def __init__(self, **options: Any) -> None:
        # The date that was read is longer than any that can be read, and refused with a reason.
        super().__init__(max_length=40, **options)

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except NotADate as error:
            raise ValidationError(str(error)) from error


class Directory:
    """All parties and all their names, read once for a form."""

    def __init__(self) -> None:
        self.parties = {party.code: party for party in Party.objects.for_display()}
        self._index = index_of_names(
            {code: (party.alpha2, *(name.text for name in party.names.all())) for code, party in self.parties.items()}
        )

    def find(self, text: str) -> Party:
        """The party that goes by that name or code. Raises `ValidationError` for none, or for several."""
        if code := self._index.code_of(text):
            return self.parties[code]
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        several = [alias.code for alias in self._index.exact(text) if alias.kind is not NameKind.MISSPELT]
        if several:
            raise ValidationError(f"“{shown}” may be {' or '.join(sorted(several))}: write the code.")
        raise ValidationError(f"“{shown}” is no state or organisation on record: {self._advice(text)}")

    def code_of(self, text: str) -> str | None:
        """The code of the party that certainly goes by that name, or None."""
        return self._index.code_of(text)

    def called(self, text: str) -> list[Alias]:
        """What goes by that name, or else what may be meant by it."""
        return self._index.find(text)

    def options(self) -> list[tuple[str, str]]:
        """For a list of suggestions: the newest English name, and every other name and the code beside it."""
        return sorted((self.name(code), self._others(party)) for code, party in self.parties.items())

    def name(self, code: str) -> str:
        """The newest English name; the code, where there is none."""
        party = self.parties.get(code)
        english = [name.text for name in party.names.all() if name.language == "en"] if party else []
        return english[-1] if english else code

    @property
    def names(self) -> dict[str, str]:
        """The newest English name of each, by code."""
        return {code: self.name(code) for code in self.parties}

    def in_names(self, sentence: str) -> str:
        """The sentence with the names of states for their codes."""
        return _CODE.sub(lambda found: self.name(found[0]) if found[0] in self.parties else found[0], sentence)

    def text(self, code: str) -> str:
        """What a field shows for the party, and reads back as the same: its name, or its code where that is not so."""
        name = self.name(code)
        return name if self._index.code_of(name) == code and not {",", ";"} & set(name) else code

    def _advice(self, text: str) -> str:
        likely = [f"{self.name(alias.code)} ({alias.code})" for alias in self.called(text)[:_MOST_GUESSES]]
        return f"did you mean {' or '.join(likely)}?" if likely else "write a name, or a code such as TUR."

    def _others(self, party: Party) -> str:
        names = dict.fromkeys(name.text for name in party.names.all())
        return ", ".join([party.code, *(name for name in names if name != self.name(party.code))])


class PartyField(TextField):
    """A state or organisation, by any of its names or its code. The form gives it its directory."""

    widget = forms.TextInput(attrs={"list": "parties", "autocomplete": "off"})
    directory: Directory

    def clean(self, value: Any) -> Party | None:
        text = super().clean(value)
        return self.directory.find(text) if text else None


class PartiesField(TextField):
    """Several states or organisations, with commas between them."""

    directory: Directory

    def clean(self, value: Any) -> tuple[Party, ...]:
        text = super().clean(value)
        parts = (part.strip() for part in text.replace(";", ",").split(","))
        return tuple(dict.fromkeys(self.directory.find(part) for part in parts if part))


class DeskForm(forms.Form):
    """The base of the forms: no colons after labels, one directory for all party fields."""

    def __init__(self, *args: Any, directory: Directory | None = None, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.directory = directory or Directory()
        for field in self.fields.values():
            if isinstance(field, PartyField | PartiesField):
                field.directory = self.directory


def made(kind: type[F], /, **values: Any) -> F:
    """The fact of these values. Raises `Unfit` with the first of them that cannot be, and why."""
    try:
        return kind(**values)
    except FactError as error:
        first = error.errors()[0]
        place = str(first["loc"][0]) if first["loc"] else ""
        because = str(first["msg"]).removeprefix("Value error, ")
        raise Unfit(place, f"{because[:1].upper()}{because[1:]}.".replace("..", ".")) from error
