"""One's own tokens: made, shown once, and ended. Nobody sees or ends another's here."""

from typing import Final

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from tracker.actions import issue_token, revoke_token
from tracker.desk.access.permissions import FILE_REPORTS
from tracker.desk.forms.fields import TextField
from tracker.desk.page import DeskPage
from tracker.models import Token
from tracker.models.tokens import READ_REPORTS, SCOPES

MOST: Final = 20


class TokenForm(forms.Form):
    """What a token is for, and what it may."""

    name = TextField(label="What it is for", max_length=80, help_text="The program that will use it.")
    reads_only = forms.BooleanField(label="It only reads what became of my reports", required=False)


class TokensPage(DeskPage):
    """The tokens of the person who asks."""

    permission = FILE_REPORTS
    title = "Tokens for programs"
    template = "admin/desk/tokens.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """What there is, the form for another, and this once the text of the one just made."""
        form, text = TokenForm(self.sent_before, label_suffix=""), self.handed_over("token") or ""
        return self.show({"form": form, "text": text, "tokens": self._in_force()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one; its text stands in the answer to one GET alone, so that a reload makes no other."""
        form = TokenForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self.send_back()
        if self._in_force().count() >= MOST:
            return self.send_back(f"You have {MOST} tokens in force: end one before you make another.")
        scopes = (READ_REPORTS,) if form.cleaned_data["reads_only"] else SCOPES
        _, text = issue_token(owner=self.user, name=form.cleaned_data["name"], scopes=scopes)
        self.hand_over("token", text)
        return HttpResponseRedirect(reverse("admin:tokens"))

    def _in_force(self) -> QuerySet[Token]:
        return Token.objects.filter(owner=self.user, revoked_at__isnull=True, expires_at__gt=timezone.now())


class EndTokenPage(DeskPage):
    """Takes the click that ends one of one's own tokens."""

    permission = FILE_REPORTS
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End it now."""
        token = get_object_or_404(Token, pk=pk, owner=self.user)
        revoke_token(token.pk)
        messages.success(request, f"Ended: {token}.")
        return HttpResponseRedirect(reverse("admin:tokens"))
