"""The few forms that readers send: mail and webhooks are asked for, and managed."""

from typing import Any, Final
from urllib.parse import parse_qsl
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tracker.channels.sent.outbound import Sender
from tracker.domain.exceptions import BadParameter
from tracker.domain.subscribing import ACCOUNTS, Extent, Rhythm, Shape
from tracker.fetch.guard import NotAllowed
from tracker.readmodel.log.filtering import LogFilter

_LONGEST: Final = 2048


class FilterField(forms.CharField):
    """A filter as it stands in an address."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> LogFilter:
        """The filter. Raises `ValidationError`."""
        try:
            return LogFilter.read(dict(parse_qsl(str(value or ""))))
        except BadParameter as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class TimeZoneField(forms.CharField):
    """A time zone by its name, such as Europe/Stockholm."""

    def clean(self, value: Any) -> str:
        """The name. Raises `ValidationError`."""
        name = str(value or "").strip()
        if name and name not in available_timezones():
            raise forms.ValidationError(_("Write the name of a time zone such as Europe/Stockholm."))
        return name


class MailForm(forms.Form):
    """Mail is asked for."""

    address = forms.EmailField(label=_("Your mail address"), max_length=254)
    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, initial=Rhythm.DAILY)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = TimeZoneField(label=_("Time zone"), initial="UTC", required=False)
    query = FilterField(required=False)


class WebhookForm(forms.Form):
    """A webhook is asked for."""

    address = forms.URLField(label=_("Address that receives the messages"), max_length=_LONGEST, assume_scheme="https")
    shape = forms.ChoiceField(
        label=_("Form"), choices=[(shape.value, shape.label) for shape in Shape if shape not in ACCOUNTS]
    )
    extent = forms.ChoiceField(label=_("Extent"), choices=Extent.choices)
    contact = forms.EmailField(label=_("Mail address for when it fails"), required=False, max_length=254)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    query = FilterField(required=False)

    def clean_address(self) -> str:
        """The address, if messages may go there at all."""
        address: str = self.cleaned_data["address"]
        try:
            Sender().check(address)
        except NotAllowed as refusal:
            raise forms.ValidationError(_("Messages are not sent there: %s") % refusal.detail) from refusal
        return address


class ChangeForm(forms.Form):
    """How often a subscription tells, and in which language; what it tells of is chosen beside it."""

    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = TimeZoneField(label=_("Time zone"), required=False)
