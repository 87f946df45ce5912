"""A subscription is asked for: by mail, as a webhook, or by a browser; nothing is sent yet but a question or a code."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Final
from urllib.parse import parse_qsl

from django.contrib.staticfiles import finders
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from tracker.channels.sent import links, subscriptions
from tracker.channels.sent.outbound import Sender
from tracker.channels.sent.push import Browser
from tracker.channels.sent.subscriptions import Wish
from tracker.domain.exceptions import BadParameter
from tracker.domain.subscribing import Channel, Extent, Rhythm, Shape
from tracker.fetch.guard import NotAllowed
from tracker.http.form_limits import is_too_often, network
from tracker.pages.forms import MailForm, WebhookForm
from tracker.pages.views.subscription import answer
from tracker.readmodel.log.filtering import LogFilter

_ASKS_OF_A_NETWORK: Final = 20
_ASKS_OF_AN_ADDRESS: Final = 3


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class Asking(View):
    """A subscription is asked for."""

    http_method_names = ("post",)

    def too_often(self, request: HttpRequest, address: str) -> bool:
        """Whether this network has asked too often, or for this address."""
        by_network = is_too_often("ask", network(request), _ASKS_OF_A_NETWORK)
        return is_too_often("ask-address", address.casefold(), _ASKS_OF_AN_ADDRESS) or by_network


class AskByForm(Asking):
    """A subscription is asked for by a form: what is wrong in it is said beside it, and nothing is lost."""

    form_class: ClassVar[type[Form]]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Where the reader goes on, or the form with what is wrong."""
        form = self.form_class(request.POST)
        if not form.is_valid():
            return answer(request, "subscribe/form.html", {"form": form, "action": request.path}, 400)
        if self.too_often(request, form.cleaned_data["address"]):
            return answer(request, "subscribe/too_often.html", {}, 429)
        return self.ask(request, form.cleaned_data)

    def ask(self, request: HttpRequest, asked: Mapping[str, Any]) -> HttpResponseBase:
        """Begin the subscription."""
        raise NotImplementedError


class AskForMail(AskByForm):
    """Mail is asked for: the address is asked whether it wants it, and the page says the same whoever has it."""

    form_class = MailForm

    def ask(self, request: HttpRequest, asked: Mapping[str, Any]) -> HttpResponseBase:
        """The page that says to look into the mail."""
        wish = Wish(
            Channel.MAIL,
            asked["address"],
            asked["query"],
            language=asked["language"],
            rhythm=Rhythm(asked["rhythm"]),
            time_zone=asked["time_zone"] or "UTC",
        )
        try:
            subscriptions.begin_mail(wish, timezone.now())
        except OSError:
            return answer(request, "subscribe/mail_away.html", {}, 503)
        return HttpResponseRedirect(f"{reverse('subscribe')}?asked=mail&{asked['query'].query}".rstrip("&"))


class AskForWebhook(AskByForm):
    """A webhook is asked for: a code is sent there, and the page on which it is typed in is shown."""

    form_class = WebhookForm

    def ask(self, request: HttpRequest, asked: Mapping[str, Any]) -> HttpResponseBase:
        """The page of the subscription."""
        wish = Wish(
            Channel.WEBHOOK,
            asked["address"],
            asked["query"],
            language=asked["language"],
            shape=Shape(asked["shape"]),
            extent=Extent(asked["extent"]),
            contact=asked["contact"],
        )
        now = timezone.now()
        subscription = subscriptions.ask(wish, now)
        subscriptions.send_code(subscription, Sender(), now)
        return HttpResponseRedirect(links.manage_path(subscription))


class AskForPush(Asking):
    """A browser asks to be sent messages; it answers for its reader, who gave it the permission."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Where the subscription is managed, as JSON; or what was wrong."""
        try:
            document = json.loads(request.body)
            browser = Browser.read(document if isinstance(document, dict) else {})
            wanted = LogFilter.read(dict(parse_qsl(str(document.get("query", "")))))
            Sender().check(browser.endpoint)
        except (ValueError, BadParameter, NotAllowed) as error:
            return JsonResponse({"error": str(error)}, status=400)
        if self.too_often(request, browser.endpoint):
            return JsonResponse({"error": _("This was asked for too often.")}, status=429)
        subscription = subscriptions.begin_push(browser, wanted, get_language() or "en", timezone.now())
        return JsonResponse({"manage": links.manage_link(subscription)}, status=201)


@never_cache
def push_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows a message when no page is open; at the root, since it may only act below its address."""
    script = finders.find("js/push-worker.js")
    return HttpResponse(Path(str(script)).read_bytes(), content_type="text/javascript; charset=utf-8")
