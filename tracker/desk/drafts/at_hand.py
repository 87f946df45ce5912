"""One's own drafts: kept while they are typed, listed, and thrown away. Nobody sees another's."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tracker.desk.access.permissions import FILE_REPORTS
from tracker.desk.drafts.keeping import DRAFT, LONGEST, drafts_of, find_draft, is_draft_page, keep_unsent
from tracker.desk.drafts.looking import look
from tracker.desk.page import DeskPage
from tracker.http.guards import without_nulls


class KeepPage(DeskPage):
    """Takes what somebody is typing, from the script of the page, and says under which number it is kept."""

    permission = FILE_REPORTS
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep it. A draft that is saved already stays as it is."""
        page, text = request.POST.get("page", ""), request.POST.get("data", "")
        if not is_draft_page(page) or len(text) > LONGEST:
            raise BadRequest("That is no draft of this desk.")
        data = without_nulls(QueryDict(text))
        known = find_draft(self.user, page, data.get(DRAFT, ""))
        if known and known.led_to:
            return JsonResponse({"draft": known.pk})
        draft = keep_unsent(self.user, page, request.POST.get("title", ""), data)
        return JsonResponse({"draft": draft.pk})


class LookPage(DeskPage):
    """Takes an address that was pasted, and says what is known of it and what the page says of itself."""

    permission = FILE_REPORTS
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """What was found, by field; nothing is kept."""
        looked = look(request.POST.get("url", "").strip()[:2000], keeps=False)
        return JsonResponse({"fields": looked.fields, "trouble": looked.trouble})


class DraftsPage(DeskPage):
    """What one has typed and not saved."""

    permission = FILE_REPORTS
    title = "Your drafts"
    template = "admin/desk/drafts.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        return self.show({"drafts": drafts_of(self.user)})


class ThrowAwayPage(DeskPage):
    """Takes the click that throws one of one's own drafts away."""

    permission = FILE_REPORTS
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Throw it away."""
        draft = get_object_or_404(drafts_of(self.user), pk=pk)
        draft.delete()
        messages.success(request, f"Thrown away: {draft}.")
        return HttpResponseRedirect(reverse("admin:drafts"))
