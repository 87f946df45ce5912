"""Which address leads where: the pages in every language, the API and the admin in none."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from tracker.exchange.package.serving import NewestFile, PackageFile
from tracker.pages.site.archive import archived_copy
from tracker.pages.site.security import security_txt
from tracker.pages.views.asking import push_worker

urlpatterns: list[URLPattern | URLResolver] = [
    # Before the desk, which takes every address below its own.
    path("admin/passkeys/", include("tracker.desk.people.passkeys")),
    path("admin/", admin.site.urls),
    path("archive/<str:sha256>/", archived_copy, name="archived-copy"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("push-worker.js", push_worker, name="push-worker"),
]
urlpatterns += [
    path("data/package/latest/<str:name>", NewestFile.as_view(), name="newest-package-file"),
    path("data/package/<slug:edition>/<str:name>", PackageFile.as_view(), name="package-file"),
]
if settings.MAIL_SERVICE:
    # What the service tells of mail that came back; who asks is checked by the service's own signature or secret.
    urlpatterns += [path("anymail/", include("anymail.urls"))]
if find_spec("api.urls"):
    urlpatterns += [path("api/v1/", include("api.urls")), path("mcp/", include("api.mcp.urls"))]
if find_spec("tracker.pages") and find_spec("tracker.pages.urls"):
    public = [path("", include("tracker.channels.urls")), path("", include("tracker.pages.urls"))]
    urlpatterns += i18n_patterns(*public, prefix_default_language=False)
