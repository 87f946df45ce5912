"""What is said about a draft beside the draft itself: for whom it is news, why, and that its preview was seen."""

from django import forms

from tracker.desk.forms.fields import LongTextField, TextField


class SavingForm(forms.Form):
    """How a draft goes onto the record."""

    minor = forms.BooleanField(label="Minor: no news", required=False, help_text="For small repairs; the log marks it.")
    note = TextField(label="Public change note", max_length=300, required=False)
    because = TextField(
        label="Why it is right all the same", max_length=500, required=False, help_text="Kept in the audit trail."
    )
    # What the preview said, in short; if it would say something else by now, it is shown again.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class GroundForm(forms.Form):
    """Why something is put right, and who found it."""

    reason = LongTextField(label="Reason", max_length=2000, help_text="Public: what was wrong, and how we know.")
    reported_by = TextField(
        label="Reported by", max_length=200, required=False, help_text="Public: who is to be thanked."
    )


class RowGroundForm(GroundForm):
    """The same, of a row that changes: which account of it the editor was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_767)


class RejectForm(forms.Form):
    """Why a report is not accepted."""

    reason = LongTextField(label="Reason", max_length=2000)


class NothingForm(forms.Form):
    """Nothing to fill in; what the domain refuses stands above it."""
