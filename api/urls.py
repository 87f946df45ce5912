"""Which address leads to which resource; the same paths as the pages have, under `/api/v1/`."""

from django.urls import URLPattern, path, register_converter

from api.converters import CodeConverter, KeyConverter
from api.description import pages
from api.views import facts
from api.views.accessions import (
    AccessionDetail,
    AccessionList,
    NestedRatificationList,
    RatificationDetail,
    RatificationList,
    ScenarioDetail,
)
from api.views.base import RecordView
from api.views.check import CheckStatement
from api.views.log import ChangeDetail, ChangeList, Compare, Package, Snapshot, Status
from api.views.reports import ReportDetail, ReportList
from api.views.root import Root
from api.views.search import SearchList
from api.views.series import RoundList, SeriesList
from api.views.vocabularies import VocabularyList

register_converter(CodeConverter, "code")
register_converter(KeyConverter, "key")


def listed(address: str, view: type[RecordView]) -> list[URLPattern]:
    """A list, and the same as a table at an address of its own: `events/` and `events.csv`."""
    return [path(f"{address}/", view.as_view()), path(f"{address}.csv", view.as_view(), {"format": "csv"})]


urlpatterns = [
    path("", Root.as_view(), name="api"),
    *listed("accessions", AccessionList),
    path("accessions/<code:code>/", AccessionDetail.as_view()),
    path("accessions/<code:code>/scenario/", ScenarioDetail.as_view()),
    *listed("accessions/<code:code>/series", SeriesList),
    *listed("rounds", RoundList),
    *listed("accessions/<code:code>/ratifications", NestedRatificationList),
    path("accessions/<code:code>/ratifications/<code:ally>/", RatificationDetail.as_view()),
    *listed("ratifications", RatificationList),
    *listed("states", facts.StateList),
    path("states/<code:code>/", facts.StateDetail.as_view()),
    *listed("events", facts.EventList),
    path("events/<key:key>/", facts.EventDetail.as_view()),
    *listed("sources", facts.SourceList),
    path("sources/<key:key>/", facts.SourceDetail.as_view()),
    *listed("commitments", facts.CommitmentList),
    path("commitments/<key:key>/", facts.CommitmentDetail.as_view()),
    *listed("statements", facts.StatementList),
    path("statements/<key:key>/", facts.StatementDetail.as_view()),
    *listed("procedures", facts.ProcedureList),
    path("procedures/<code:code>/", facts.ProcedureDetail.as_view()),
    *listed("changes", ChangeList),
    path("changes/<int:position>/", ChangeDetail.as_view()),
    path("snapshot/", Snapshot.as_view()),
    *listed("compare", Compare),
    path("check/", CheckStatement.as_view()),
    *listed("search", SearchList),
    *listed("vocabularies", VocabularyList),
    path("package/", Package.as_view()),
    path("status/", Status.as_view()),
    path("schema/", pages.Schema.as_view()),
    path("docs/", pages.Documentation.as_view(), name="api-docs"),
    path("docs/problems/", pages.Problems.as_view()),
    path("reports/", ReportList.as_view()),
    path("reports/<int:number>/", ReportDetail.as_view()),
    *listed("rectifications", facts.RectificationList),
    path("rectifications/<int:number>/", facts.RectificationDetail.as_view()),
]
