"""Reports: what waits for review, and what became of the others."""

import json
from typing import Any, Final, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.desk.access.permissions import REVIEW, has_permission
from tracker.desk.registry.base import ReadOnlyAdmin
from tracker.desk.review.accept_many import AcceptManyPage
from tracker.desk.review.beside import told_beside
from tracker.desk.review.deciding import AsChange, RejectPage, ReviewPage
from tracker.desk.review.in_hand import TakePage, in_hand
from tracker.desk.review.review import AsConflict, AsEvent, AsRectification, AsSource
from tracker.domain.vocabulary import ReportState
from tracker.models import Report

_SHOWN: Final = [
    *["proposes", "state", "channel", "filed_at", "filed_by", "amended_by", "told", "message"],
    *["reviewed_at", "reviewed_by", "reason", "event"],
]


class Queue(ChangeList):
    """The list, with each report of the page set beside the record, in a constant number of queries."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        for report, found in zip(self.result_list, told_beside(self.result_list), strict=True):
            report.beside = found
            report.hand = in_hand(report, cast(User, request.user))


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin[Report]):
    """The queue."""

    public = False
    list_display = ["what", "beside", "waits", "filed_by", "channel", "state", "reviewed_by"]
    list_display_links = ["what"]
    list_select_related = ["filed_by", "reviewed_by", "taken_by"]
    list_filter = ["state", "channel"]
    search_fields = ["fingerprint", "message", "filed_by__username"]
    date_hierarchy = "filed_at"
    actions = ["accept_selected"]
    fields = [*_SHOWN]
    readonly_fields = _SHOWN

    def get_urls(self) -> list[URLPattern]:
        return [
            self.desk_path("accept/", AcceptManyPage.as_view(), "accept"),
            self.desk_path("<int:pk>/review/", ReviewPage.as_view(), "review"),
            self.desk_path("<int:pk>/review/change/", AsChange.as_view(), "change_request"),
            self.desk_path("<int:pk>/take/", TakePage.as_view(), "take"),
            self.desk_path("<int:pk>/reject/", RejectPage.as_view(), "reject"),
            *(
                self.desk_path(f"<int:pk>/review/{page.way}/", page.as_view(), page.way)
                for page in (AsEvent, AsSource, AsConflict, AsRectification)
            ),
            *super().get_urls(),
        ]

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[Queue]:
        return Queue

    def tools(self, request: HttpRequest, report: Report) -> list[tuple[str, str]]:
        if report.state != ReportState.FILED or not has_permission(request, REVIEW):
            return []
        return [
            (reverse(f"admin:tracker_report_{name}", args=[report.pk]), name.title()) for name in ("review", "reject")
        ]

    @admin.display(description="proposal")
    def what(self, report: Report) -> str:
        """The title of the proposed event."""
        return str(report.proposal.get("title") or report.fingerprint)

    @admin.display(description="proposal")
    def told(self, report: Report) -> SafeString:
        """All that the report says."""
        text = json.dumps(report.proposal, ensure_ascii=False, indent=2)
        return format_html('<pre class="desk-told">{}</pre>', text)

    @admin.display(description="beside the record")
    def beside(self, report: Report) -> str:
        """New, the same, or something else; of reports that wait."""
        return str(getattr(report, "beside", "")) if report.state == ReportState.FILED else ""

    @admin.display(description="waits", ordering="filed_at")
    def waits(self, report: Report) -> str:
        """How long a report that waits has done so, who is on it, and whose it is; of another when it came."""
        hand = getattr(report, "hand", None)
        if hand is None or report.state != ReportState.FILED:
            return f"filed {report.filed_at:%Y-%m-%d}"
        days = f"{hand.waited} day{'' if hand.waited == 1 else 's'}"
        return "; ".join(filter(None, [days, hand.held, "yours" if hand.barred else ""]))

    def has_review_permission(self, request: HttpRequest) -> bool:
        """Whether the action is offered."""
        return has_permission(request, REVIEW)

    @admin.action(description="Accept the selected reports", permissions=["review"])
    def accept_selected(self, request: HttpRequest, reports: QuerySet[Report]) -> HttpResponseRedirect:
        """To the page that shows what accepting them would do."""
        # The browser sends the same rows on: a preview takes the record in hand, which is nothing for a GET.
        return HttpResponseRedirect(reverse("admin:tracker_report_accept"), preserve_request=True)
