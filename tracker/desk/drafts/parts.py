"""The forms of a draft together: where the focus goes, and where a refusal of the domain stands."""

from typing import Any, Final

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.forms.utils import ErrorDict

from tracker.domain.exceptions import TrackerError

Parts = dict[str, BaseForm | BaseFormSet[Any]]

# Where a refusal of the domain stands in a form.
_FIELDS: Final = {"votes": "votes_yes"}


def focus_first(parts: Parts) -> None:
    """Have the first field that is still empty take the focus."""
    forms = (part for part in parts.values() if isinstance(part, BaseForm))
    fields = (field for form in forms for field in form.visible_fields())
    first = next((field for field in fields if field.value() in {None, ""} and not field.errors), None)
    if first is not None:
        first.field.widget.attrs["autofocus"] = True


def hush(parts: Parts) -> None:
    """Leave out what is not right yet, of a draft that nobody has sent to be looked at."""
    for part in parts.values():
        for form in part.forms if isinstance(part, BaseFormSet) else [part]:
            form._errors = ErrorDict()  # type: ignore[union-attr]
        if isinstance(part, BaseFormSet):
            part._non_form_errors = part.error_class()  # type: ignore[attr-defined]


def show_refusal(refusal: TrackerError, parts: Parts) -> None:
    """Put what the domain refused at the field that it concerns; above the first form if none does."""
    name = _FIELDS.get(refusal.field, refusal.field)
    if isinstance(rows := parts.get(name), BaseFormSet):
        rows._non_form_errors = rows.error_class([str(refusal)])  # type: ignore[attr-defined]
        return
    forms = [part for part in parts.values() if isinstance(part, BaseForm)]
    chosen = next((form for form in forms if name in form.fields), None)
    if chosen is not None:
        chosen.add_error(name, str(refusal))
    else:
        forms[0].add_error(None, str(refusal))
