"""What is wrong with a draft, in one list: for the top of a page, with the way to each field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is not right yet; `target` is where on the page it is put right."""

    text: str
    label: str = ""
    target: str = ""


def complaints_of(parts: Iterable[BaseForm | BaseFormSet[Any]]) -> list[Complaint]:
    """What is wrong with the forms, in the order in which they stand on the page."""
    bound = [part for part in parts if part.is_bound]
    return [one for part in bound for one in (_of_rows(part) if isinstance(part, BaseFormSet) else _of_form(part))]


def _of_form(form: BaseForm, row: str = "") -> Iterator[Complaint]:
    for text in form.non_field_errors():
        yield Complaint(str(text), row)
    for field in form:
        for text in field.errors:
            yield Complaint(str(text), f"{row}{field.label}", field.id_for_label)


def _of_rows(rows: BaseFormSet[Any]) -> Iterator[Complaint]:
    for text in rows.non_form_errors():
        yield Complaint(str(text), str(getattr(rows, "heading", "")), str(rows.prefix))
    for number, form in enumerate(rows.forms, 1):
        if form not in rows.deleted_forms:
            yield from _of_form(form, f"{getattr(rows, 'singular', '')} {number}, ")
