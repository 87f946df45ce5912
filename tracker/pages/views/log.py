"""The log of changes, and the corrections."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext

from tracker.domain.exceptions import BadParameter
from tracker.domain.vocabulary import ChangeType, Subject
from tracker.language.collation import codes_in_order
from tracker.models.changes import ChangeQuerySet
from tracker.pages.page import Page
from tracker.pages.parameters import read_choices
from tracker.readmodel.documents import rectification_rows
from tracker.readmodel.log_entries import changes_at, tell_entries

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
        accessions = {code: name for code, name in states.items() if code in self.record.accessions}
        types = {type_.value: str(type_.label) for type_ in ChangeType}
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
        entries = changes_at(self.record, self.clock.as_of, **self.wanted)
        return entries if self.before is None else entries.filter(position__lt=self.before)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = list(self.entries()[: _PER_PAGE + 1])
        shown = entries[:_PER_PAGE]
        return super().get_context_data(
            changes=tell_entries(shown, self.record, self.names, self.clock.as_of),
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
        rectifications = list(rectification_rows(self.record, self.clock.as_of).values())[::-1]
        count = len(rectifications)
        sentence = ngettext(
            "%(count)d mistake has been put right, in the open.",
            "%(count)d mistakes have been put right, in the open.",
            count,
        ) % {"count": count}
        rows = [
            {
                **row,
                "stood_from": datetime.fromisoformat(row["stood_from"]),
                "stood_until": datetime.fromisoformat(row["stood_until"]),
                "subject": Subject(row["subject"]),
                "before": row["recorded"] - 1,
                "said": _differences(row),
                "page": self._page_of(row),
                "accession": row["was"].get("accession") or "",
            }
            for row in rectifications
        ]
        return super().get_context_data(answer=sentence if rows else "", rectifications=rows, **kwargs)

    def _page_of(self, row: Mapping[str, Any]) -> str:
        """The page that said what was wrong, if there is one; for a party or a procedure, that of the state."""
        subject, key = row["subject"], row["key"]
        if subject == Subject.EVENT:
            return reverse("event", args=[key])
        commitment = self.record.commitment_of(key) if subject == Subject.ASSESSMENT else ""
        if commitment or subject == Subject.COMMITMENT:
            return reverse("commitment", args=[commitment or key])
        return reverse("state", args=[key]) if key in self.record.states else ""


def _differences(row: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """The fields that the correction changed: name, what was said, what is said now."""
    now = row["now"] or {}
    return [(field, was, now.get(field)) for field, was in row["was"].items() if not now or now.get(field) != was]
