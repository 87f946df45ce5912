"""Who follows on which channel, without addresses, for those who run the site."""

from django.contrib import admin

from tracker.desk.registry.default_admin import Machinery
from tracker.models import Subscription


@admin.register(Subscription)
class SubscriptionAdmin(Machinery):
    """The subscriptions. Addresses are for sending and for nobody to read: none is shown, searched or exported."""

    list_display = ["key", "channel", "shape", "state", "position", "told_to", "next_at", "attempts", "failing_since"]
    list_filter = ["channel", "state", "shape", "rhythm", "language"]
    search_fields = ["key", "query"]
    fields = [
        *[
            "key",
            "channel",
            "shape",
            "extent",
            "query",
            "language",
            "rhythm",
            "time_zone",
            "state",
            "position",
            "told_to",
        ],
        *["next_at", "attempts", "failing_since", "last_error", "created_at", "confirmed_at"],
    ]
