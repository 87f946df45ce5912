"""Sources and conflicting values, as rows of a form. Pasting an address is enough where the host is known."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet

from tracker.desk.forms.fields import DateField, LongTextField, TextField
from tracker.desk.forms.hosts import publisher_at
from tracker.domain.facts import Differing, Source
from tracker.domain.vocabulary import Confidence, SourceClass
from tracker.exchange.dataset.archives import unwrapped

_OFFICIAL = {SourceClass.DEPOSITARY, SourceClass.GAZETTE, SourceClass.PARLIAMENT, SourceClass.GOVERNMENT}


class AddressField(forms.URLField):
    """An address of the web, and no other scheme."""

    default_error_messages = {"invalid": "Paste the address of the page, beginning with https:// or http://."}

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=2000, assume_scheme="https", **options)

    def clean(self, value: Any) -> str:
        address = str(super().clean(value) or "")
        if address and not address.startswith(("https://", "http://")):
            raise ValidationError(self.error_messages["invalid"])
        return address


class CitationForm(forms.Form):
    """One source. Publisher and class follow from the host where it is known."""

    # The page draws the buttons that read the address, and keep a copy of what stands there.
    reads_pages: ClassVar[bool] = True

    url = AddressField(label="Address", widget=forms.URLInput(attrs={"class": "vURLField"}))
    title = TextField(label="Title", max_length=500)
    publisher = TextField(
        label="Publisher", max_length=200, required=False, help_text="Filled in from the address where we know it."
    )
    source_class = forms.ChoiceField(
        label="Class", choices=[("", "from the address"), *SourceClass.choices], required=False
    )
    published = DateField(label="Published", required=False)
    quote = LongTextField(label="Quote", max_length=5000, required=False)
    quote_language = TextField(label="Language of the quote", max_length=8, required=False)
    archived_url = AddressField(label="Archived copy", required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._unwrap(cleaned)
        known = publisher_at(cleaned.get("url", ""))
        if known:
            cleaned["publisher"] = cleaned.get("publisher") or known.name
            cleaned["source_class"] = cleaned.get("source_class") or known.source_class
        for name, what in (("publisher", "who publishes this"), ("source_class", "what kind of publisher this is")):
            if "url" in cleaned and name not in self.errors and not cleaned.get(name):
                self.add_error(name, f"We do not know the host yet: say {what}.")
        return cleaned

    def _unwrap(self, cleaned: dict[str, Any]) -> None:
        """Put the original in the place of its copy, and the copy beside it; refuse what hides where it leads."""
        address = cleaned.get("url", "")
        found = unwrapped(address)
        # What stands on record so, and was left as it is, is for nobody to change by the way.
        if found is None or address == self.initial.get("url"):
            return
        if not found.original:
            what = "shortens addresses" if found.shortens else "archives pages, and the address does not tell which"
            self.add_error("url", f"This host {what}: paste the address of the publisher.")
            return
        cleaned["url"] = found.original
        if found.is_copy:
            cleaned["archived_url"] = cleaned.get("archived_url") or address

    def source(self) -> Source:
        """The source as a fact."""
        data = {name: self.cleaned_data[name] for name in self.fields if name in Source.model_fields}
        return Source(**{**data, "published": str(data["published"] or "")})


class ConflictForm(forms.Form):
    """What another source says differently."""

    field = TextField(label="What", max_length=60, help_text="votes, date, office …")
    value = LongTextField(label="Says", max_length=2000)
    url = AddressField(label="Address")

    def differing(self) -> Differing:
        """The conflicting value as a fact."""
        return Differing(**{name: self.cleaned_data[name] for name in Differing.model_fields})


class RowsOfFacts(BaseFormSet[Any]):
    """Rows of which the empty ones do not count."""

    # What the rows are called together, and one of them.
    heading: ClassVar[str] = ""
    singular: ClassVar[str] = ""
    # The fields that tell a row from the others while it is folded.
    telling: ClassVar[tuple[str, ...]] = ()

    @property
    def another(self) -> str:
        """What the empty row at the end is called."""
        return f"Another {self.singular.lower()}, if there is one" if self.initial_form_count() else self.singular

    def add_fields(self, form: Any, index: int | None) -> None:
        """As Django does; and say of a row with a first content what it holds."""
        super().add_fields(form, index)
        told = (form[name].value() for name in self.telling)
        known = index is not None and index < self.initial_form_count()
        form.told = ", ".join(str(one) for one in told if one) if known else ""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """No colons after labels, here as elsewhere."""
        return {**super().get_form_kwargs(index), "label_suffix": ""}

    def filled(self) -> list[Any]:
        """The forms of the rows that somebody filled in, and did not take away again."""
        return [form for form in self.forms if form.cleaned_data and form not in self.deleted_forms]


class Citations(RowsOfFacts):
    """Who says so."""

    heading = "Sources"
    singular = "Source"
    telling = ("title", "publisher")


class Conflicts(RowsOfFacts):
    """Who says otherwise."""

    heading = "What other sources say differently"
    singular = "Difference"
    telling = ("field", "value")


def rows_of(form: type[forms.Form], rows: type[RowsOfFacts], most: int, empty: int = 1) -> type[Any]:
    """The class of these rows of that form, with empty rows at their end: one, unless several come at once."""
    return forms.formset_factory(
        form, formset=rows, can_delete=True, can_delete_extra=False, extra=empty, max_num=most, absolute_max=most
    )


CitationRows = rows_of(CitationForm, Citations, 60)
ConflictRows = rows_of(ConflictForm, Conflicts, 40)


def citation_initial(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """The sources as the first content of rows."""
    return [source.model_dump(mode="json") | {"source_class": source.source_class.value} for source in sources]


def confidence_in(sources: Sequence[Source]) -> Confidence:
    """How firmly the sources stand: one that is official, or two publishers, or else one."""
    if any(one.source_class in _OFFICIAL for one in sources) or len({one.publisher for one in sources}) > 1:
        return Confidence.HIGH
    return Confidence.MEDIUM if sources else Confidence.LOW
