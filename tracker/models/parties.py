"""States, and the organisations and others that act or speak in an accession."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tracker.domain.dates import in_use
from tracker.domain.vocabulary import PartyKind
from tracker.models.fields import Positioned, is_one_of


class PartyQuerySet(models.QuerySet["Party"]):
    """Parties, by reader."""

    def for_display(self) -> "PartyQuerySet":
        """With the names that `Party.name_on` reads."""
        return self.prefetch_related("names")


class Party(Positioned):
    """A state, an organisation, or another voice that is quoted. The key is its code."""

    code = models.CharField(_("code"), primary_key=True, max_length=8)
    kind = models.CharField(_("kind"), max_length=12, choices=PartyKind)
    alpha2 = models.CharField(_("two-letter code"), max_length=2, blank=True)
    capital = models.CharField(_("capital"), max_length=80, blank=True)
    founding_member = models.BooleanField(_("founding member"), null=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("state or organisation")
        verbose_name_plural = _("states and organisations")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="party_state_has_an_iso_code",
                condition=~Q(kind=PartyKind.STATE) | Q(code__regex=r"^[A-Z]{3}$"),
                violation_error_message=_("A state is known by its ISO 3166-1 alpha-3 code, such as TUR."),
            ),
            models.UniqueConstraint(
                fields=["alpha2"], condition=~Q(alpha2=""), name="party_two_letter_code_is_its_own"
            ),
            is_one_of("party", "kind", PartyKind.values),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("state", args=[self.code])

    def name_on(self, day: date, language: str) -> str:
        """The name in that language on that day; English, then the code, where there is none. Needs `names` loaded."""
        names = list(self.names.all())
        for wanted in (language, "en"):
            for name in names:
                if name.language == wanted and name.covers(day):
                    return name.text
        return self.code


class StateManager(models.Manager["State"]):
    """The parties that are states."""

    def get_queryset(self) -> models.QuerySet["State"]:
        return super().get_queryset().filter(kind=PartyKind.STATE)


class State(Party):
    """A party that is a state."""

    objects: ClassVar[StateManager] = StateManager()  # type: ignore[assignment]

    class Meta:
        proxy = True
        verbose_name = _("state")
        verbose_name_plural = _("states")


class PartyName(models.Model):
    """What a party is called in one language during one time."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="names")
    order = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(_("language"), max_length=8)
    text = models.CharField(_("name"), max_length=120)
    since = models.CharField(_("since"), max_length=10, blank=True)
    until = models.CharField(_("until"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["party", "order"]
        constraints = [
            models.UniqueConstraint(fields=["party", "order"], name="party_name_order_is_its_own"),
        ]

    def __str__(self) -> str:
        return self.text

    def covers(self, day: date) -> bool:
        """Whether the name was in use on that day: from `since`, up to and without `until`."""
        return in_use(day, self.since, self.until)
