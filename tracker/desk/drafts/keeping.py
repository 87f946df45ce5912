"""Drafts as they are kept: for one person, under the page that they belong to, until they are saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast

from django.contrib.auth.models import User
from django.core import signing
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone

from tracker.actions import ActWarning
from tracker.desk.drafts.preview import Preview
from tracker.models import Draft
from tracker.models.desk.drafts import KEPT

# What the browser sends beside the forms, and what is no part of what somebody has typed.
DRAFT: Final = "draft"
_ASIDE: Final = ("csrfmiddlewaretoken", DRAFT, "save", "another", "preview", "tool")
LONGEST: Final = 400_000
_MOST: Final = 50
_SALT: Final = "tracker.desk.drafts"


def drafts_of(user: User) -> QuerySet[Draft]:
    """What somebody has typed and not saved, the newest first."""
    return Draft.objects.filter(owner=user, led_to="", typed_at__gt=timezone.now() - KEPT)


def find_draft(user: User, page: str, number: str) -> Draft | None:
    """The person's own draft of that number, on that page."""
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    return Draft.objects.filter(owner=user, page=page, pk=int(number)).first()


def keep_draft(user: User, page: str, title: str, data: QueryDict) -> Draft:
    """Keep what was sent, in place of what was kept of the same draft before."""
    draft = find_draft(user, page, data.get(DRAFT, "")) or Draft(owner=user, page=page[:200])
    typed = data.copy()
    for name in _ASIDE:
        typed.pop(name, None)
    draft.title, draft.data, draft.typed_at = title[:200], typed.urlencode()[:LONGEST], timezone.now()
    # Never `led_to`: another click may have saved the draft meanwhile.
    draft.save(update_fields=["title", "data", "typed_at"] if draft.pk else None)
    for old in drafts_of(user)[_MOST:]:
        old.delete()
    return draft


def keep_unsent(user: User, page: str, title: str, data: QueryDict) -> Draft:
    """The same of what was never looked at: what was said to an earlier form of it holds no longer."""
    draft = keep_draft(user, page, title, data)
    draft.answer = {}
    draft.save(update_fields=["answer"])
    return draft


def content_of(draft: Draft) -> QueryDict:
    """What was sent, to be changed and sent again."""
    return QueryDict(draft.data, mutable=True)


def sealed(page: str, data: QueryDict) -> str:
    """What somebody sent after the log-in had ended, for the log-in page to hand back as it is."""
    typed = data.copy()
    typed.pop("csrfmiddlewaretoken", None)
    return signing.dumps([page, typed.urlencode()[:LONGEST]], salt=_SALT, compress=True)


def unseal(user: User, text: str) -> Draft | None:
    """What was sealed, kept as a draft of whoever logs in within the day; None where there is nothing of it."""
    try:
        page, data = signing.loads(text, salt=_SALT, max_age=timedelta(days=1))
    except signing.BadSignature:
        return None
    return keep_unsent(user, page, "", QueryDict(data))


def is_draft_page(page: str) -> bool:
    """Whether the address is that of a form of the desk, where a draft can be shown again."""
    try:
        found = resolve(page)
    except Resolver404:
        return False
    view = getattr(found.func, "view_class", None)
    # What is added is added on a page of the list, which is no class of its own.
    is_added = found.app_name == "admin" and str(found.url_name).startswith("tracker_")
    return getattr(view, "keeps_drafts", False) or (is_added and str(found.url_name).endswith("_add"))


@dataclass(frozen=True, slots=True)
class Answered:
    """What the desk has said to a draft, as it is kept beside it."""

    preview: Preview | None = None
    refusal: str = ""
    field: str = ""
    # Whether it was sent to be looked at, and something in it was not right.
    wrong: bool = False
    # Whether a reason was asked for, and not given.
    asked: bool = False
    # What has happened since the preview that was agreed to, and what of the preview is new or gone.
    meanwhile: Sequence[str] = ()
    new: Sequence[str] = ()
    gone: Sequence[str] = ()

    @property
    def is_overtaken(self) -> bool:
        """Whether the preview is another than the one that was looked at."""
        return bool(self.new or self.gone)

    def document(self) -> dict[str, Any]:
        """As JSON."""
        kept = {
            name: getattr(self, name) for name in ("refusal", "field", "wrong", "asked", "meanwhile", "new", "gone")
        }
        return {**kept, "preview": self.preview.document() if self.preview else None}


def answer_of(draft: Draft) -> Answered:
    """What was said to the draft the last time."""
    kept = dict(cast("dict[str, Any]", draft.answer))
    told = kept.pop("preview", None)
    if not told:
        return Answered(**kept)
    warnings = [ActWarning(*pair) for pair in told["warnings"]]
    return Answered(Preview(told["lines"], told["digest"], warnings, told["position"], told["codes"]), **kept)
