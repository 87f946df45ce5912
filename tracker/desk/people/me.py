"""One's own way in: second factors, recovery codes, open log-ins, and what one has done here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django_otp import login, verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice

from tracker.desk.forms.fields import TextField
from tracker.desk.page import DeskPage
from tracker.desk.people.confirming import SensitivePage
from tracker.desk.people.factors import factors_of, make_codes
from tracker.desk.people.second_factor import TokenForm, draw, secret_of
from tracker.desk.people.sessions import end_log_ins, log_ins_of
from tracker.domain.vocabulary import AuditAction, WishState
from tracker.models import AccountChange, AuditEntry

_SHOWN = 50


class MePage(DeskPage):
    """What the site keeps of the person, and the ways to change it."""

    title = "Your account"
    template = "admin/desk/me.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self.show(
            {
                "factors": factors_of(self.user),
                "log_ins": log_ins_of(self.user, request.session.session_key),
                "trail": AuditEntry.objects.filter(by=self.user)[:_SHOWN],
                "roles": self.user.groups.values_list("name", flat=True),
                "wishes": AccountChange.objects.filter(account=self.user, state=WishState.WAITS),
            }
        )


class EndLogInPage(SensitivePage):
    """Takes the click that ends one of one's own log-ins, or all others."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """End it."""
        this = request.session.session_key
        numbered = {str(one.number): one.key for one in log_ins_of(self.user, this)}
        which = request.POST.get("number", "")
        only = numbered.get(which, "none of them") if which else None
        count = end_log_ins(self.user, but=this, only=only)
        self.audit(AuditAction.SESSION_ENDED, self.user.username, ended=count)
        messages.success(request, f"{count} log-in{'' if count == 1 else 's'} ended.")
        return HttpResponseRedirect(reverse("admin:me"))


class CodesPage(SensitivePage):
    """Makes recovery codes, and shows them this one time."""

    title = "Recovery codes"
    template = "admin/desk/codes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """What they are, and the button."""
        return self.show({"codes": ()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """The new codes; the old ones end. They stand in the answer to one GET alone, so that a reload makes none."""
        request.session["codes"] = make_codes(self.user)
        self.audit(AuditAction.FACTOR_ADDED, self.user.username, what="recovery codes")
        return HttpResponseRedirect(reverse("admin:codes_made"))


class CodesMadePage(SensitivePage):
    """Shows the codes that were just made."""

    title = "Recovery codes"
    template = "admin/desk/codes.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The codes, this once."""
        codes: list[str] = request.session.pop("codes", [])
        return self.show({"codes": codes}) if codes else HttpResponseRedirect(reverse("admin:codes"))


class NameForm(TokenForm):
    """A further app: what it is called, and what it shows."""

    name = TextField(label="Which device", max_length=60, help_text="So that you know it again: “old phone”.")


class AddAppPage(SensitivePage):
    """Sets up an app on a further device."""

    title = "A further app"
    template = "admin/desk/add_app.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The secret to scan."""
        form, device = NameForm(self.sent_before, label_suffix=""), self._device()
        return self.show({"form": form, "drawing": draw(device.config_url), "secret": secret_of(device)})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the device, if the code is right."""
        form, device = NameForm(request.POST, label_suffix=""), self._device()
        if form.is_valid() and verify_token(self.user, device.persistent_id, form.cleaned_data["token"]):
            device.confirmed, device.name = True, form.cleaned_data["name"]
            device.save(update_fields=["confirmed", "name"])
            self.audit(AuditAction.FACTOR_ADDED, self.user.username, what=device.name)
            messages.success(request, f"Set up: {device.name}.")
            return HttpResponseRedirect(reverse("admin:me"))
        return self.send_back("That is not the code of this moment." if form.is_valid() else "")

    def _device(self) -> TOTPDevice:
        return TOTPDevice.objects.get_or_create(user=self.user, confirmed=False, defaults={"name": "new"})[0]


class RemoveFactorPage(SensitivePage):
    """Takes the click that removes one of one's own second factors; the last one stays."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Remove it."""
        mine = factors_of(self.user)
        chosen = next((one for one in mine if one.reference == request.POST.get("factor")), None)
        others = [one for one in mine if one is not chosen and one.left is None]
        if chosen is None:
            messages.error(request, "That second factor is not there any more.")
        elif not others and chosen.left is None:
            messages.error(request, "It is your only second factor: set up another before you remove it.")
        else:
            chosen.device.delete()
            # A session that rests on the factor that is gone rests on the other from now on.
            if others:
                login(request, others[0].device)
            self.audit(AuditAction.FACTOR_RESET, self.user.username, what=f"{chosen.kind}: {chosen.device.name}")
            messages.success(request, f"Removed: {chosen.kind.lower()} “{chosen.device.name}”.")
        return HttpResponseRedirect(reverse("admin:me"))
