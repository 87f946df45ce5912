"""The one address for agents."""

from django.urls import path

from api.mcp.view import Agents

urlpatterns = [path("", Agents.as_view(), name="agents")]
