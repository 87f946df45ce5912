"""One subscription: confirmed, looked at, changed and ended. Who has its link may do all of it.

Nothing here changes on GET, because programs look at links in mail before people do; and nothing rests on a cookie,
so a request forged from another site could do no more than one sent by hand.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from tracker.channels.describing import describe
from tracker.channels.sent import links, subscriptions
from tracker.channels.sent.fan_out import read_query
from tracker.channels.sent.outbound import Sender
from tracker.channels.sent.reading import current_clock
from tracker.channels.sent.subscriptions import NotConfirmed
from tracker.domain.exceptions import BadParameter
from tracker.domain.subscribing import Channel, Rhythm, Shape
from tracker.http.form_limits import is_too_often
from tracker.models import Subscription
from tracker.pages.choosing import filter_fields
from tracker.pages.context import frame
from tracker.pages.forms import ChangeForm
from tracker.readmodel.log.filtering import PARAMETERS, LogFilter

_CODES: Final = 10
_SHOWN: Final = 50
_LONGEST_POSITION: Final = 12


def answer(request: HttpRequest, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page that is for one reader, and that no machine is to list."""
    return TemplateResponse(request, template, {**frame(request), **context}, status=status)


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
        wanted, clock = read_query(subscription.query), current_clock()
        initial = {
            "rhythm": subscription.rhythm,
            "language": subscription.language,
            "time_zone": subscription.time_zone,
        }
        context = {
            "subscription": subscription,
            "about": describe(wanted, clock),
            "wanted": wanted,
            "choices": filter_fields(clock, wanted),
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
    try:
        wanted = LogFilter.read({name: request.POST.get(name, "") for name in PARAMETERS})
    except BadParameter as refusal:
        raise NotConfirmed(str(refusal)) from refusal
    told = form.cleaned_data
    rhythm = Rhythm(told["rhythm"] or subscription.rhythm)
    subscriptions.change(
        subscription, wanted, rhythm, told["language"] or get_language(), told["time_zone"] or subscription.time_zone
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
