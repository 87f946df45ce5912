"""The addresses that the frame of the pages links to, without the pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest) -> HttpResponse:
    """An empty page."""
    return HttpResponse()


PAGES = ("accessions", "states", "commitments", "changes", "compare", "data", "methodology", "status")
FEEDS = {"feed": "feed.atom", "json-feed": "feed.json"}
urlpatterns = [
    path("", nothing, name="home"),
    *(path(f"{name}/", nothing, name=name) for name in PAGES),
    *(path(file, nothing, name=name) for name, file in FEEDS.items()),
]
