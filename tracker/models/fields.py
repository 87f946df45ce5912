"""What several nouns share: a partial date in columns, when we recorded a row, and documents that keep their bytes."""

import json
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.domain.canonical import write_canonical
from tracker.domain.dates import PartialDate, Precision
from tracker.domain.vocabulary import Origin

# What a list column holds for a row that the code before it writes while both run.
EMPTY_LIST: Final = models.Value([], output_field=models.JSONField())


class DocumentField(models.TextField[Any, Any]):
    """A document, kept as its canonical bytes.

    The JSON of one database keeps the order in which keys were written, and that of another sorts them by length:
    what is hashed, and answered byte for byte, can rest on neither.
    """

    # For the type checker, as in the stubs of `JSONField`.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_prep_value(self, value: Any) -> str | None:
        """The document as the text that is kept."""
        return None if value is None else write_canonical(value).decode()

    def from_db_value(self, value: str | None, *_: object) -> Any:
        """The document in the text."""
        return None if value is None else json.loads(value)

    def to_python(self, value: Any) -> Any:
        """The document itself; a form would give it as text."""
        return json.loads(value) if isinstance(value, str) else value

    def deconstruct(self) -> Any:
        """A text for migrations, which know nothing of this project."""
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options

    def value_to_string(self, obj: models.Model) -> str:
        """The text, for a serialisation of the row."""
        return str(self.get_prep_value(self.value_from_object(obj)))


class Dated(models.Model):
    """Something that happened on a date known to the day, the month, the year or an interval."""

    date = models.CharField(_("date"), max_length=21, help_text=_("2022-10-23, 2022-10 or 2022."))
    earliest = models.DateField(_("earliest"), null=True, editable=False)
    latest = models.DateField(_("latest"), null=True, editable=False)
    precision = models.CharField(
        _("precision"), max_length=8, choices=[(one.value, one.value) for one in Precision], editable=False
    )

    class Meta:
        abstract = True

    @property
    def occurred(self) -> PartialDate:
        """The date as an interval."""
        return PartialDate(self.earliest, self.latest, Precision(self.precision))


class Positioned(models.Model):
    """A row that stands on the record from one position of the log on."""

    recorded = models.BigIntegerField(_("position"), editable=False, db_index=True)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    origin = models.CharField(_("origin"), max_length=8, choices=Origin, editable=False)

    class Meta:
        abstract = True


def date_columns(occurred: PartialDate) -> dict[str, Any]:
    """The values of the columns of `Dated` for that date."""
    return {
        "date": str(occurred),
        "earliest": occurred.earliest,
        "latest": occurred.latest,
        "precision": occurred.precision.value,
    }


def interval_is_ordered(noun: str) -> models.CheckConstraint:
    """The constraint that a date does not end before it begins, and is open on one side at most."""
    return models.CheckConstraint(
        name=f"{noun}_date_is_an_interval",
        # Said of both ends, because a comparison with NULL lets any row pass.
        condition=Q(earliest__isnull=False, latest__isnull=False, earliest__lte=F("latest"))
        | Q(earliest__isnull=True, latest__isnull=False)
        | Q(earliest__isnull=False, latest__isnull=True),
        violation_error_message=_("A date cannot end before it begins."),
    )


def is_one_of(noun: str, field: str, values: list[str]) -> models.CheckConstraint:
    """The constraint that a column holds one of the words that the vocabulary has for it."""
    return models.CheckConstraint(name=f"{noun}_{field}_is_known", condition=Q(**{f"{field}__in": values}))
