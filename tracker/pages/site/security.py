"""Where somebody who has found a hole writes to (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

# Said anew with each answer, so that it ends a while after the site has.
_HOLDS = timedelta(days=180)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The contact of this instance. Raises `Http404` where it has named none."""
    if not settings.CONTACT:
        raise Http404
    contact = settings.CONTACT if ":" in settings.CONTACT else f"mailto:{settings.CONTACT}"
    lines = [
        f"Contact: {contact}",
        f"Expires: {(timezone.now() + _HOLDS).strftime('%Y-%m-%dT00:00:00Z')}",
        f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    text = "\n".join(lines) + "\n"
    return HttpResponse(text, "text/plain; charset=utf-8", headers={"Cache-Control": "public, max-age=3600"})
