"""What only some events have: what a referendum asked and how it ended, and a place in the count of allies."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from tracker.desk.forms.fields import DeskForm, LongTextField, TextField
from tracker.domain.facts import EventFact, OrdinalFact, ReferendumFact
from tracker.domain.vocabulary import EVIDENCE, EventKind

_PEOPLE: Final = 2_000_000_000
_TOLD: Final = {"": None, "yes": True, "no": False}
_PREFIX: Final = "asked_"


class PeopleField(forms.IntegerField):
    """How many people."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, min_value=0, max_value=_PEOPLE, required=False)


class ToldField(forms.TypedChoiceField):
    """Yes, no, or not told."""

    def __init__(self, label: str, yes: str, no: str) -> None:
        choices = [("", "not told"), ("yes", yes), ("no", no)]
        super().__init__(label=label, choices=choices, required=False, coerce=_TOLD.__getitem__, empty_value=None)


class AskedForm(DeskForm):
    """The fields of a referendum, and the place in the count; they stand after those that every event has."""

    ordinal = TextField(
        label="Place in the count",
        max_length=11,
        required=False,
        help_text="19/30, or 19: the so-manyth of the allies to do this, as the source says.",
    )
    asked_question = LongTextField(label="Question", max_length=2000, required=False)
    asked_yes = PeopleField("Votes for")
    asked_no = PeopleField("Votes against")
    asked_electorate = PeopleField("Electorate")
    asked_turnout = TextField(label="Turnout", max_length=40, required=False, help_text="59.4 %")
    asked_threshold = LongTextField(label="What it needed", max_length=2000, required=False)
    asked_valid = ToldField("Valid", "valid", "not valid")
    asked_binding = ToldField("Effect", "binding", "consultative")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        every = [name for name in self.fields if not name.startswith(_PREFIX) and name != "ordinal"]
        after = every.index("step") + 1
        self.order_fields([*every[:after], "ordinal", *every[after:]])

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of a referendum."""
        return [self[name] for name in self.fields if name.startswith(_PREFIX)]

    @property
    def tells_what_was_asked(self) -> bool:
        """Whether any of them holds something."""
        return any(field.value() not in {None, ""} or field.errors for field in self.asked)

    def clean_ordinal(self) -> OrdinalFact | None:
        """The place, as two numbers."""
        text = str(self.cleaned_data["ordinal"])
        found = re.fullmatch(r"(\d{1,4})(?:\s*/\s*(\d{1,4}))?", text)
        if not text:
            return None
        if not found:
            raise ValidationError("Write the place as 19/30, or 19.")
        number, of = int(found[1]), int(found[2]) if found[2] else None
        if number == 0 or (of is not None and number > of):
            raise ValidationError("A place in the count lies between the first and the last.")
        return OrdinalFact(number=number, of=of)

    def clean(self) -> dict[str, Any]:
        """A place in the count belongs to an act that dates a stage, and an answer of the people to a referendum."""
        data = super().clean() or {}
        kind = EventKind(data["kind"]) if data.get("kind") else None
        if data.get("ordinal") and kind not in EVIDENCE:
            self.add_error("ordinal", "Only acts by which an ally comes further are counted.")
        if kind is not EventKind.REFERENDUM and _asked_in(data) is not None:
            self.add_error("kind", "What the people were asked is told of a referendum.")
        return data

    def rare_columns(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The parts of the fact that these fields tell."""
        return {"referendum": _asked_in(data), "ordinal": data.get("ordinal")}


def _asked_in(data: Mapping[str, Any]) -> ReferendumFact | None:
    told = {name.removeprefix(_PREFIX): value for name, value in data.items() if name.startswith(_PREFIX)}
    return ReferendumFact(**told) if any(value not in {None, ""} for value in told.values()) else None


def rare_initial(fact: EventFact) -> dict[str, Any]:
    """The same parts of the fact as the first content of the fields."""
    asked = dict(fact.referendum) if fact.referendum else {}
    words = {None: "", True: "yes", False: "no"}
    asked |= {name: words[asked[name]] for name in ("valid", "binding") if asked}
    place = [fact.ordinal.number, fact.ordinal.of] if fact.ordinal else []
    return {
        **{f"{_PREFIX}{name}": value for name, value in asked.items()},
        "ordinal": "/".join(map(str, filter(None, place))),
    }
