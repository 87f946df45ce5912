"""States, organisations and other voices, with their names through time."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse

from tracker.desk.access.permissions import RECTIFY, has_permission
from tracker.desk.drafts.reference import RectifyPartyPage
from tracker.desk.forms.fields import Directory
from tracker.desk.registry.base import ReadOnlyAdmin, ReadOnlyInline
from tracker.models import Party, PartyName


class PartyNameInline(ReadOnlyInline[PartyName, Party]):
    """What the party is called."""

    model = PartyName
    fields = ["language", "text", "since", "until"]


@admin.register(Party)
class PartyAdmin(ReadOnlyAdmin[Party]):
    """Found by any of its names."""

    list_display = ["code", "english_name", "kind", "alpha2", "capital", "founding_member"]
    list_filter = ["kind", "founding_member"]
    # What is typed is looked up among the names, in which case these fields are not asked.
    search_fields = ["code"]
    inlines = [PartyNameInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Party]:
        return super().get_queryset(request).prefetch_related("names")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Party], search_term: str
    ) -> tuple[QuerySet[Party], bool]:
        """The parties that go by that name, as everywhere else."""
        if not search_term.strip():
            return queryset, False
        codes = [alias.code for alias in Directory().called(search_term)]
        return queryset.filter(code__in=codes), False

    def get_urls(self) -> list[URLPattern]:
        return [self.desk_path("<str:code>/rectify/", RectifyPartyPage.as_view(), "rectify"), *super().get_urls()]

    def tools(self, request: HttpRequest, party: Party) -> list[tuple[str, str]]:
        if not has_permission(request, RECTIFY):
            return []
        return [(reverse("admin:tracker_party_rectify", args=[party.pk]), "Rectify")]

    @admin.display(description="name")
    def english_name(self, party: Party) -> str:
        """The newest English name."""
        english = [name.text for name in party.names.all() if name.language == "en"]
        return english[-1] if english else party.code
