"""The addresses of the channels, in every language."""

from django.urls import path

from tracker.channels.fetched.views import AtomView, CalendarView, JsonFeedView

urlpatterns = [
    path("feed.atom", AtomView.as_view(), name="feed"),
    path("feed.json", JsonFeedView.as_view(), name="json-feed"),
    path("calendar.ics", CalendarView.as_view(), name="calendar"),
]
