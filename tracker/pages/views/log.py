"""The log of changes, and the corrections."""

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext

from tracker.domain.vocabulary import Subject
from tracker.models import Change
from tracker.pages.choosing import filter_choices
from tracker.pages.page import Page
from tracker.pages.parameters import read_position
from tracker.readmodel.answers.documents import rectification_rows
from tracker.readmodel.log.entries import changes_at, tell_entries
from tracker.readmodel.log.filtering import PARAMETERS, LogFilter, topic_of

_PER_PAGE = 50
_CORRECTIONS_PER_PAGE = 25


class Changes(Page):
    """The public log, newest entry first."""

    template_name = "changes.html"
    is_list = True
    section = "changes"

    @property
    def title(self) -> str:
        return gettext("The log of changes")

    @cached_property
    def wanted(self) -> LogFilter:
        """The filter asked for; small repairs are left out only where that is asked for. Raises `BadParameter`."""
        given = {name: self.request.GET.get(name, "") for name in PARAMETERS}
        return LogFilter.read({**given, "minor": given["minor"] or "true"})

    @property
    def follow(self) -> LogFilter:
        return self.wanted

    @cached_property
    def before(self) -> int | None:
        """Below which position the page begins. Raises `BadParameter`."""
        return read_position(self.request.GET.dict(), "before")

    def entries(self) -> list[Change]:
        """What the page shows, and one more where there is more. One query, which ends with the page."""
        entries = changes_at(self.record, self.clock.as_of)
        entries = entries if self.before is None else entries.filter(position__lt=self.before)
        rows = self.wanted.narrow(entries).iterator(chunk_size=_PER_PAGE + 1)
        return list(islice((row for row in rows if self.wanted.lets_through(topic_of(row))), _PER_PAGE + 1))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = self.entries()
        shown = entries[:_PER_PAGE]
        return super().get_context_data(
            changes=tell_entries(shown, self.record, self.names, self.clock.as_of),
            older=shown[-1].position if len(entries) > len(shown) else None,
            is_newest=self.before is None,
            filters=filter_choices(self.names, self.record.accessions, self.request.GET),
            **kwargs,
        )


class Rectifications(Page):
    """Every correction, newest first, so many a page."""

    template_name = "rectifications.html"
    is_list = True
    section = "changes"

    @property
    def title(self) -> str:
        return gettext("Corrections")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = read_position(self.request.GET.dict(), "before")
        made = list(rectification_rows(self.record, self.clock.as_of).values())[::-1]
        asked = [row for row in made if before is None or row["number"] < before]
        shown, count = asked[:_CORRECTIONS_PER_PAGE], len(made)
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
            for row in shown
        ]
        return super().get_context_data(
            answer=sentence if made else "",
            rectifications=rows,
            older=shown[-1]["number"] if len(asked) > len(shown) else None,
            is_newest=before is None,
            **kwargs,
        )

    def _page_of(self, row: Mapping[str, Any]) -> str:
        """The page that said what was wrong, if there is one; for a party or a procedure, that of the state."""
        subject, key = row["subject"], row["key"]
        if subject == Subject.EVENT:
            return reverse("event", args=[key])
        commitment = self.record.commitment_of(key) if subject == Subject.ASSESSMENT else ""
        if commitment or subject == Subject.COMMITMENT:
            return reverse("commitment", args=[commitment or key])
        return reverse("state", args=[key]) if key in self.record.states else ""


def _differences(row: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The fields that the correction changed: name, what was said, what is said now; of a list what differs."""
    now = row["now"] or {}
    changed = [(field, was, now.get(field)) for field, was in row["was"].items() if not now or now.get(field) != was]
    return [(field, _told(_only_in(was, later)), _told(_only_in(later, was))) for field, was, later in changed]


def _only_in(value: Any, other: Any) -> Any:
    """Of two lists the members that the other has not; all of them where the two only differ in order."""
    if not isinstance(value, list) or not isinstance(other, list):
        return value
    same = [member for member in value if member in other]
    return value if len(same) == len(value) == len(other) else [member for member in value if member not in same]


def _told(value: Any) -> str:
    """The value of a field as a line; of a document what it says, with the names of its fields."""
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_told(part)}" for name, part in value.items() if part not in (None, "", [], {}))
    if isinstance(value, list):
        return " · ".join(map(_told, value))
    return "" if value is None else str(value)
