"""Archived copies, for whoever wants to check a citation: somebody else's text, never a page of ours."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.models import Capture, Citation
from tracker.watch.captures import address_of, content_of


@require_safe
def archived_copy(request: HttpRequest, sha256: str) -> HttpResponse:
    """The copy as a file to keep, for those that a citation on record rests on; staff may have any.

    It is never shown inside this site: what a stranger wrote would speak in its name.
    """
    capture = Capture.objects.filter(pk=sha256).first()
    if capture is None or not (request.user.is_staff or is_cited(sha256)):
        raise Http404
    return HttpResponse(
        content_of(capture),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{sha256[:16]}.copy"',
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex",
            "Cache-Control": "private, max-age=3600",
            "Last-Modified": capture.captured_at.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        },
    )


def is_cited(sha256: str) -> bool:
    """Whether a source on record names the copy."""
    return Citation.objects.filter(archived_url=address_of(sha256)).exists()
