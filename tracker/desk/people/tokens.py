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
        """What there is, and the form for another."""
        return self._draw(TokenForm(label_suffix=""))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one, and show its text this one time."""
        form = TokenForm(request.POST, label_suffix="")
        if form.is_valid() and self._in_force().count() >= MOST:
            form.add_error(None, f"You have {MOST} tokens in force: end one before you make another.")
        if not form.is_valid():
            return self._draw(form)
        scopes = (READ_REPORTS,) if form.cleaned_data["reads_only"] else SCOPES
        _, text = issue_token(owner=self.user, name=form.cleaned_data["name"], scopes=scopes)
        return self._draw(TokenForm(label_suffix=""), text)

    def _in_force(self) -> QuerySet[Token]:
        return Token.objects.filter(owner=self.user, revoked_at__isnull=True, expires_at__gt=timezone.now())

    def _draw(self, form: TokenForm, text: str = "") -> HttpResponse:
        return self.show({"form": form, "text": text, "tokens": self._in_force()})


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
