"""What is shown where a form came with the token of another log-in: a page of the site's own, and the text is kept."""

from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.desk.access.permissions import is_verified
from tracker.desk.drafts.keeping import is_draft_page, keep_unsent


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page that says what happened and the way on. Only what our own page has sent is kept."""
    draft = None
    if isinstance(request.user, User) and _is_from_here(request) and is_verified(request):
        page = request.path
        draft = keep_unsent(request.user, page, "", request.POST) if is_draft_page(page) else None
    return render(request, "403_csrf.html", {"draft": draft, "is_desk": request.path.startswith("/admin/")}, status=403)


def _is_from_here(request: HttpRequest) -> bool:
    told = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(told).netloc == request.get_host()
