"""The log of changes, and the corrections."""

from collections.abc import Container
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext

from tracker.domain.exceptions import BadParameter
from tracker.domain.vocabulary import ChangeType, Subject
from tracker.language.collation import codes_in_order
from tracker.models import Rectification
from tracker.models.changes import ChangeQuerySet
from tracker.pages.page import Page
from tracker.pages.parameters import read_choices
from tracker.readmodel.log_entries import changes_at, tell_all
from tracker.readmodel.name_search import states_of

_PER_PAGE = 50


class Changes(Page):
    """The public log, newest entry first."""

    template_name = "changes.html"
    is_list = True
    section = "changes"

    @property
    def title(self) -> str:
        return gettext("The log of changes")

    @cached_property
    def wanted(self) -> dict[str, str]:
        """The filters asked for. Raises `BadParameter`."""
        return read_choices(self.request.GET, self.choices)

    @cached_property
    def choices(self) -> dict[str, dict[str, str]]:
        """What each filter can be set to, with its words."""
        states = {code: self.names[code] for code in codes_in_order(self.names)}
        accessions = {code: name for code, name in states.items() if code in self.clock.record.accessions}
        types = {one.value: str(one.label) for one in ChangeType}
        return {"accession": accessions, "ally": states, "type": types}

    @cached_property
    def before(self) -> int | None:
        """Below which position the page begins. Raises `BadParameter`."""
        text = self.request.GET.get("before", "")
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 12):
            raise BadParameter("before", text, gettext("it is a position of the log, such as 100"))
        return int(text)

    def entries(self) -> ChangeQuerySet:
        """What the page shows, and what follows it."""
        found = changes_at(self.clock.edition, self.clock.as_of, **self.wanted)
        return found if self.before is None else found.filter(position__lt=self.before)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = list(self.entries()[: _PER_PAGE + 1])
        shown = entries[:_PER_PAGE]
        return super().get_context_data(
            changes=tell_all(shown, self.names),
            older=shown[-1].position if len(entries) > len(shown) else None,
            is_newest=self.before is None,
            filters=self._filters(),
            **kwargs,
        )

    def _filters(self) -> list[tuple[str, str, dict[str, str], str]]:
        labels = {"accession": gettext("Accession"), "ally": gettext("Who acts"), "type": gettext("Type of entry")}
        return [(name, labels[name], words, self.wanted.get(name, "")) for name, words in self.choices.items()]


class Rectifications(Page):
    """Every correction, newest first."""

    template_name = "rectifications.html"
    section = "changes"

    @property
    def title(self) -> str:
        return gettext("Corrections")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = Rectification.objects.filter(position__lte=self.clock.edition)
        found = list(known.select_related("assessment__commitment").order_by("-number"))
        told = ngettext(
            "%(count)d mistake has been put right, in the open.",
            "%(count)d mistakes have been put right, in the open.",
            len(found),
        ) % {"count": len(found)}
        states = states_of(self.clock.record.parties)
        rows = [
            {
                "one": one,
                "before": one.position - 1,
                "said": _differences(one),
                "page": _page_of(one, states),
                "accession": one.was.get("accession") or "",
            }
            for one in found
        ]
        return super().get_context_data(answer=told if found else "", rectifications=rows, **kwargs)


def _page_of(one: Rectification, states: Container[str]) -> str:
    """The page that said what was wrong, if there is one; for a party or a procedure, that of the state."""
    if one.subject == Subject.EVENT:
        return reverse("event", args=[one.key])
    if one.subject == Subject.COMMITMENT:
        return reverse("commitment", args=[one.key])
    if one.assessment is not None:
        return reverse("commitment", args=[one.assessment.commitment.key])
    return reverse("state", args=[one.key]) if one.key in states else ""


def _differences(one: Rectification) -> list[tuple[str, Any, Any]]:
    """The fields that the correction changed: name, what was said, what is said now."""
    now = one.now or {}
    return [(field, was, now.get(field)) for field, was in one.was.items() if one.now is None or now.get(field) != was]
