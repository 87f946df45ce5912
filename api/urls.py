"""Which address leads to which resource; the same paths as the pages have, under `/api/v1/`."""

from django.urls import path, register_converter

from api.converters import CodeConverter, KeyConverter
from api.views import docs, facts
from api.views.accessions import (
    AccessionDetail,
    AccessionList,
    NestedRatificationList,
    RatificationDetail,
    RatificationList,
    ScenarioDetail,
)
from api.views.check import CheckStatement
from api.views.log import ChangeDetail, ChangeList, Compare, Package, Snapshot, Status
from api.views.reports import ReportDetail, ReportList
from api.views.root import Root
from api.views.search import SearchList
from api.views.series import RoundList, SeriesList
from api.views.vocabularies import VocabularyList

register_converter(CodeConverter, "code")
register_converter(KeyConverter, "key")

urlpatterns = [
    path("", Root.as_view(), name="api"),
    path("accessions/", AccessionList.as_view()),
    path("accessions/<code:code>/", AccessionDetail.as_view()),
    path("accessions/<code:code>/scenario/", ScenarioDetail.as_view()),
    path("accessions/<code:code>/series/", SeriesList.as_view()),
    path("rounds/", RoundList.as_view()),
    path("accessions/<code:code>/ratifications/", NestedRatificationList.as_view()),
    path("accessions/<code:code>/ratifications/<code:ally>/", RatificationDetail.as_view()),
    path("ratifications/", RatificationList.as_view()),
    path("states/", facts.StateList.as_view()),
    path("states/<code:code>/", facts.StateDetail.as_view()),
    path("events/", facts.EventList.as_view()),
    path("events/<key:key>/", facts.EventDetail.as_view()),
    path("sources/", facts.SourceList.as_view()),
    path("sources/<key:key>/", facts.SourceDetail.as_view()),
    path("commitments/", facts.CommitmentList.as_view()),
    path("commitments/<key:key>/", facts.CommitmentDetail.as_view()),
    path("statements/", facts.StatementList.as_view()),
    path("statements/<key:key>/", facts.StatementDetail.as_view()),
    path("procedures/", facts.ProcedureList.as_view()),
    path("procedures/<code:code>/", facts.ProcedureDetail.as_view()),
    path("changes/", ChangeList.as_view()),
    path("changes/<int:position>/", ChangeDetail.as_view()),
    path("snapshot/", Snapshot.as_view()),
    path("compare/", Compare.as_view()),
    path("check/", CheckStatement.as_view()),
    path("search/", SearchList.as_view()),
    path("vocabularies/", VocabularyList.as_view()),
    path("package/", Package.as_view()),
    path("status/", Status.as_view()),
    path("schema/", docs.Schema.as_view()),
    path("docs/", docs.Documentation.as_view(), name="api-docs"),
    path("docs/problems/", docs.Problems.as_view()),
    path("reports/", ReportList.as_view()),
    path("reports/<int:number>/", ReportDetail.as_view()),
    path("rectifications/", facts.RectificationList.as_view()),
    path("rectifications/<int:number>/", facts.RectificationDetail.as_view()),
]
