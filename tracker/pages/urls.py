"""The addresses of the public pages, in every language."""

from django.urls import path

from tracker.pages.site.about import Data, Status
from tracker.pages.site.reference import Methodology
from tracker.pages.site.robots import opensearch, robots, sitemap_index, sitemap_part
from tracker.pages.views.accessions import Accessions, OneAccession
from tracker.pages.views.asking import AskForMail, AskForPush, AskForWebhook
from tracker.pages.views.check import CheckStatement, Resolver
from tracker.pages.views.commitments import Commitments, OneCommitment
from tracker.pages.views.compare import Compare
from tracker.pages.views.embeds import (
    AccessionBadge,
    AccessionEmbed,
    AccessionShare,
    EventShare,
    HomeShare,
    RatificationShare,
)
from tracker.pages.views.events import Events, OneEvent
from tracker.pages.views.home import Home
from tracker.pages.views.log import Changes, Rectifications
from tracker.pages.views.parts.protocols import ProtocolTable, Timeline
from tracker.pages.views.parts.scenario import ScenarioPage, ScenarioShare
from tracker.pages.views.ratifications import OneRatification
from tracker.pages.views.register import Extraditions, Matrix
from tracker.pages.views.search import Search
from tracker.pages.views.states import OneState, States
from tracker.pages.views.subscribe import Subscribe
from tracker.pages.views.subscription import Managing, Stopping

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("share.png", HomeShare.as_view(), name="home-share"),
    path("accessions/", Accessions.as_view(), name="accessions"),
    path("accessions/<str:accession>/", OneAccession.as_view(), name="accession"),
    path("accessions/<str:accession>/embed/", AccessionEmbed.as_view(), name="accession-embed"),
    path("accessions/<str:accession>/badge.svg", AccessionBadge.as_view(), name="accession-badge"),
    path("accessions/<str:accession>/table/", ProtocolTable.as_view(), name="accession-table"),
    path("accessions/<str:accession>/timeline/", Timeline.as_view(), name="accession-timeline"),
    path("accessions/<str:accession>/scenario/", ScenarioPage.as_view(), name="accession-scenario"),
    path("accessions/<str:accession>/scenario/share.png", ScenarioShare.as_view(), name="accession-scenario-share"),
    path("accessions/<str:accession>/share.png", AccessionShare.as_view(), name="accession-share"),
    path("accessions/<str:accession>/commitments/", Matrix.as_view(), name="accession-commitments"),
    path("accessions/<str:accession>/<str:ally>/", OneRatification.as_view(), name="ratification"),
    path("accessions/<str:accession>/<str:ally>/share.png", RatificationShare.as_view(), name="ratification-share"),
    path("states/", States.as_view(), name="states"),
    path("states/<str:state>/", OneState.as_view(), name="state"),
    path("commitments/", Commitments.as_view(), name="commitments"),
    path("commitments/extraditions/", Extraditions.as_view(), name="extraditions"),
    path("commitments/<slug:key>/", OneCommitment.as_view(), name="commitment"),
    path("events/", Events.as_view(), name="events"),
    path("events/<slug:key>/", OneEvent.as_view(), name="event"),
    path("events/<slug:key>/share.png", EventShare.as_view(), name="event-share"),
    path("changes/", Changes.as_view(), name="changes"),
    path("rectifications/", Rectifications.as_view(), name="rectifications"),
    path("compare/", Compare.as_view(), name="compare"),
    path("check/", CheckStatement.as_view(), name="check"),
    path("check/<str:accession>/<str:ally>/<slug:act>/<str:by>/", Resolver.as_view(), name="resolver"),
    path("search/", Search.as_view(), name="search"),
    path("data/", Data.as_view(), name="data"),
    path("methodology/", Methodology.as_view(), name="methodology"),
    path("status/", Status.as_view(), name="status"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemap_part, name="sitemap-part"),
    path("opensearch.xml", opensearch, name="opensearch"),
    path("subscribe/", Subscribe.as_view(), name="subscribe"),
    path("subscribe/mail/", AskForMail.as_view(), name="ask-for-mail"),
    path("subscribe/webhook/", AskForWebhook.as_view(), name="ask-for-webhook"),
    path("subscribe/push/", AskForPush.as_view(), name="ask-for-push"),
    path("subscribe/<str:key>/<str:token>/", Managing.as_view(), name="subscription"),
    path("subscribe/<str:key>/<str:token>/stop/", Stopping.as_view(), name="subscription-stop"),
]
