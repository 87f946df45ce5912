"""What every page of the desk shares: who may ask for it, and what its template is given."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views import View

from tracker.actions import write_audit_entry
from tracker.desk.access.permissions import has_permission, is_verified
from tracker.domain.vocabulary import AuditAction
from tracker.http.client_address import address_of


class DeskPage(View):
    """A page for those with a permission, once their second factor is given."""

    # None where everybody may who has a role.
    permission: ClassVar[str] = ""
    title: ClassVar[str] = ""
    template: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if self.permission and not has_permission(request, self.permission):
            raise PermissionDenied
        if not is_verified(request):
            return HttpResponseRedirect(f"{reverse('admin:second_factor')}?{urlencode({'next': request.path})}")
        return super().dispatch(request, *args, **options)

    @property
    def user(self) -> User:
        """Who asks; nobody comes here without an account."""
        return cast(User, self.request.user)

    def show(self, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
        """The page, with what every page of the admin needs."""
        together = {**admin.site.each_context(self.request), "title": self.title, **context}
        return TemplateResponse(self.request, self.template, together, status=status)

    def send_back(self, told: str = "") -> HttpResponse:
        """To the page itself, which shows what was sent with what is wrong in it: a reload then sends nothing again.

        Not for what nobody may keep: passwords and codes. `told` is what no look at the fields alone would say.
        """
        sent = self.request.POST.copy()
        sent.pop("csrfmiddlewaretoken", None)
        self.hand_over("sent", sent.urlencode())
        if told:
            messages.error(self.request, told)
        return HttpResponseRedirect(self.request.get_full_path())

    @cached_property
    def sent_before(self) -> QueryDict | None:
        """What was sent here and was not right; told once, to the look at the page that follows."""
        sent = self.handed_over("sent")
        return None if sent is None else QueryDict(sent)

    def hand_over(self, what: str, value: Any) -> None:
        """Keep the value, which JSON can hold, for the next look at this page by the same person."""
        self.request.session[f"desk-{what}"] = [self.request.path, value]

    def handed_over(self, what: str) -> Any:
        """What was kept for this look at this page; None where nothing was. It is gone afterwards."""
        page, value = self.request.session.get(f"desk-{what}", ["", None])
        if page != self.request.path:
            return None
        del self.request.session[f"desk-{what}"]
        return value

    def audit(self, action: AuditAction, subject: str, **detail: Any) -> None:
        """Enter into the audit trail what is done here; called inside its transaction."""
        write_audit_entry(action, by=self.user, subject=subject, detail=detail, address=address_of(self.request))
