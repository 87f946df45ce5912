"""What the desk keeps of an account beside its password: what is asked for it, and what the person has still to do."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tracker.domain.vocabulary import AccountWish, WishState
from tracker.models.fields import is_one_of


class Account(models.Model):
    """One person's account, as far as the desk has to remember something of it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_account")
    # Somebody else has typed the password: the person chooses one before anything else.
    must_change_password = models.BooleanField("has to choose a password", default=False)
    # Until when that password opens the log-in; afterwards an operator types another.
    password_ends_at = models.DateTimeField("first password ends", null=True, blank=True)
    # A browser in which the person has come in with the second factor is known until this number rises.
    browsers = models.PositiveIntegerField("generation of known browsers", default=1)

    class Meta:
        verbose_name = "account"
        verbose_name_plural = "accounts"

    def __str__(self) -> str:
        return str(self.user)


class AccountChange(models.Model):
    """What an operator wants done to somebody's account: done by a second operator, or once a while has passed."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account_changes")
    wish = models.CharField("what", max_length=10, choices=AccountWish)
    # The roles from now on; of a password its hash, and nothing of a factor that goes.
    detail = models.JSONField("detail", default=dict)
    state = models.CharField("state", max_length=7, choices=WishState, default=WishState.WAITS, db_index=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField("asked")
    # From when on whoever asked may do it alone.
    alone_from = models.DateTimeField("may be done alone from")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    decided_at = models.DateTimeField("decided", null=True)

    class Meta:
        verbose_name = "change of an account"
        verbose_name_plural = "changes of accounts"
        ordering = ["-pk"]
        constraints = [
            is_one_of("account_change", "wish", AccountWish.values),
            is_one_of("account_change", "state", WishState.values),
            models.CheckConstraint(
                name="account_change_decided_by_somebody",
                condition=Q(state=WishState.WAITS, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state=WishState.WAITS) & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_wish_display()}"
