"""Addresses of which one has a fault, as a mistake of ours would have it."""

from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class Faulty(APIView):
    """A view with a mistake in it."""

    def get(self, request: Request) -> Response:
        """Divides by nothing."""
        return Response(1 / 0)


urlpatterns = [path("api/v1/faulty/", Faulty.as_view())]
