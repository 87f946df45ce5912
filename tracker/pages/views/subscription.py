"""One subscription: asked for, confirmed, looked at, changed and ended. Who has its link may do all of it.

Nothing here changes on GET, because programs look at links in mail before people do; and nothing rests on a cookie,
so a request forged from another site could do no more than one sent by hand.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Final
from urllib.parse import parse_qsl

from django.contrib.staticfiles import finders
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from tracker.channels.fetched.feeds import describe
from tracker.channels.sent import links, subscriptions
from tracker.channels.sent.fan_out import read_query
from tracker.channels.sent.outbound import Sender
from tracker.channels.sent.push import Browser
from tracker.channels.sent.subscriptions import NotConfirmed, Wish
from tracker.domain.exceptions import BadParameter
from tracker.domain.subscribing import Channel, Extent, Rhythm, Shape
from tracker.fetch.guard import NotAllowed
from tracker.http.form_limits import is_too_often, network
from tracker.models import Subscription
from tracker.pages.context import frame
from tracker.pages.forms import ChangeForm, MailForm, WebhookForm
from tracker.readmodel.log.filtering import LogFilter

_ASKS_OF_A_NETWORK: Final = 20
_ASKS_OF_AN_ADDRESS: Final = 3
_CODES: Final = 10
_SHOWN: Final = 50
_LONGEST_POSITION: Final = 12


def answer(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page that is for one reader, and that no machine is to list."""
    return TemplateResponse(request, template, {**frame(request), **context}, status=status)


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
            time_zone=asked["time_zone"],
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
        return HttpResponseRedirect(links.manage_link(subscription))


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


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class Managing(View):
    """The page of one subscription."""

    http_method_names = ("get", "head", "post")

    def get(self, request: HttpRequest, key: str, token: str) -> HttpResponse:
        """How it stands, and what can be done."""
        return self.show(request, _found(key, token))

    def post(self, request: HttpRequest, key: str, token: str) -> HttpResponse:
        """Do what the button says. A button that there is not changes nothing."""
        subscription = _found(key, token)
        do = _doing(request.POST.get("do", ""), subscription)
        if do is None:
            return self.show(request, subscription, _("This page has no such button."), status=400)
        try:
            message = do(request, subscription)
        except NotConfirmed as refusal:
            return self.show(request, subscription, str(refusal), status=400)
        again = Subscription.objects.filter(pk=subscription.pk).first()
        if again is None:
            return answer(request, "subscribe/stopped.html", {})
        return self.show(request, again, message)

    def show(
        self, request: HttpRequest, subscription: Subscription, message: str = "", status: int = 200
    ) -> HttpResponse:
        """The page, with what came of a button."""
        initial = {
            "query": subscription.query,
            "rhythm": subscription.rhythm,
            "language": subscription.language,
            "time_zone": subscription.time_zone,
        }
        context = {
            "subscription": subscription,
            "about": describe(read_query(subscription.query)),
            "deliveries": subscription.deliveries.all()[:_SHOWN],
            "message": message,
            "form": ChangeForm(initial=initial),
        }
        return answer(request, "subscribe/manage.html", context, status)


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class Stopping(View):
    """The end of a subscription, by one POST (RFC 8058); looked at, it is a page with a button."""

    http_method_names = ("get", "head", "post")

    def get(self, request: HttpRequest, key: str, token: str) -> HttpResponse:
        """The page with the button. What is gone already is as good as stopped."""
        if links.find(key, token) is None:
            return answer(request, "subscribe/stopped.html", {})
        return answer(request, "subscribe/stop.html", {})

    def post(self, request: HttpRequest, key: str, token: str) -> HttpResponse:
        """Stop it and forget the address."""
        if subscription := links.find(key, token):
            subscriptions.stop(subscription)
        return answer(request, "subscribe/stopped.html", {})


def _found(key: str, token: str) -> Subscription:
    subscription = links.find(key, token)
    if subscription is None:
        raise Http404(_("There is no such subscription; it may have been stopped."))
    return subscription


def _confirm(request: HttpRequest, subscription: Subscription) -> str:
    if is_too_often("code", subscription.key, _CODES):
        raise NotConfirmed(_("Too many wrong codes. Try again in an hour."))
    subscriptions.confirm(subscription, timezone.now(), request.POST.get("code", "").strip())
    if subscription.channel == Channel.WEBHOOK and subscription.shape == Shape.STANDARD:
        return _("Confirmed. The secret, shown this once: %(secret)s") % {"secret": subscription.secret}
    return _("Confirmed. You will be told from the next entry of the log on.")


def _pause(request: HttpRequest, subscription: Subscription) -> str:
    subscriptions.pause(subscription)
    return _("Paused. What happens meanwhile is sent when you go on.")


def _resume(request: HttpRequest, subscription: Subscription) -> str:
    subscriptions.resume(subscription, timezone.now())
    return _("It goes on where it stopped.")


def _rotate(request: HttpRequest, subscription: Subscription) -> str:
    secret = subscriptions.rotate(subscription, timezone.now())
    return _("The new secret, shown this once; the one before signs as well for a week: %(secret)s") % {
        "secret": secret
    }


def _test(request: HttpRequest, subscription: Subscription) -> str:
    if is_too_often("test", subscription.key, _CODES):
        return _("Too many tests. Try again in an hour.")
    sent = subscriptions.send_test(subscription, Sender(), timezone.now())
    return _("Sent a test. What came back: %(detail)s") % {"detail": sent.detail}


def _again(request: HttpRequest, subscription: Subscription) -> str:
    after, until = _position(request, "after"), _position(request, "until")
    if after is None:
        raise NotConfirmed(_("Write a position of the log, such as 2500."))
    subscriptions.send_again(subscription, after, until, timezone.now())
    if until is None:
        return _("Everything after entry %(position)s is sent again.") % {"position": after}
    return _("The entries after %(position)s up to %(until)s are sent again.") % {"position": after, "until": until}


def _position(request: HttpRequest, name: str) -> int | None:
    """A position of the log; None where nothing is written. Raises `NotConfirmed`."""
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_POSITION):
        raise NotConfirmed(_("Write a position of the log, such as 2500."))
    return int(text)


def _change(request: HttpRequest, subscription: Subscription) -> str:
    form = ChangeForm(request.POST)
    if not form.is_valid():
        raise NotConfirmed(" ".join(str(message) for messages in form.errors.values() for message in messages))
    told = form.cleaned_data
    subscriptions.change(
        subscription, told["query"], Rhythm(told["rhythm"]), told["language"] or get_language(), told["time_zone"]
    )
    return _("Changed.")


def _stop(request: HttpRequest, subscription: Subscription) -> str:
    subscriptions.stop(subscription)
    return ""


def _doing(name: str, subscription: Subscription) -> Callable[[HttpRequest, Subscription], str] | None:
    """What the button does; None where a page of this channel has none of that name."""
    return None if name in _OF_WEBHOOKS and subscription.channel != Channel.WEBHOOK else _DOING.get(name)


_OF_WEBHOOKS: Final = frozenset({"rotate", "test", "again"})
_DOING: Final[Mapping[str, Callable[[HttpRequest, Subscription], str]]] = {
    "confirm": _confirm,
    "pause": _pause,
    "resume": _resume,
    "rotate": _rotate,
    "test": _test,
    "again": _again,
    "change": _change,
    "stop": _stop,
}
