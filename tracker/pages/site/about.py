"""The pages about this instance: its data, its freshness, its channels."""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.channels.lag import lags
from tracker.exchange.dataset.lines import compare_with_published
from tracker.exchange.package import media_type, newest_package, package_folder
from tracker.exchange.package.catalogue import Account, schema_org
from tracker.models import Change
from tracker.operations.health import freshness
from tracker.pages.page import Page
from tracker.pages.views.rows import say_freshness

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class PackageFile:
    """One file of the data package."""

    name: str
    address: str
    size: int


def _download(name: str, path: str, kind: str) -> dict[str, str]:
    """One form of the dataset, as schema.org describes a download."""
    return {
        "@type": "DataDownload",
        "name": name,
        "contentUrl": f"{settings.BASE_URL}{path}",
        "encodingFormat": kind,
        "license": LICENCE,
    }


def address_of(path: str) -> str:
    """The path, if this instance answers there; else nothing."""
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path


def package_files() -> list[PackageFile]:
    """The files of the newest data package; none before the first one is built."""
    edition = newest_package()
    if edition is None:
        return []
    files = sorted((package_folder() / edition).iterdir())
    return [
        PackageFile(one.name, reverse("package-file", args=[edition, one.name]), one.stat().st_size) for one in files
    ]


class Data(Page):
    """What can be taken away, and under which licence."""

    template_name = "data.html"
    section = "data"
    # A package is built some time after its edition.
    is_kept = False

    @property
    def title(self) -> str:
        return _("Data and licence")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            counts=[
                (_("Events"), len(self.record.events)),
                (_("Accessions"), len(self.record.accessions)),
                (_("Commitments"), len(self.record.commitments)),
                (_("Entries of the log"), self.clock.edition),
            ],
            api=address_of("/api/v1/"),
            snapshot=address_of("/api/v1/snapshot/"),
            log=address_of("/api/v1/changes/"),
            package=package_files(),
            licence=LICENCE,
            dataset=self.describe(),
            **kwargs,
        )

    def downloads(self) -> list[tuple[str, str, str]]:
        """What can be taken away: its name, its path here, and its type. Only what this instance answers."""
        api = [
            ("Snapshot", "/api/v1/snapshot/", "application/json"),
            ("Accessions", "/api/v1/accessions/?format=csv", "text/csv"),
            ("Events", "/api/v1/events/?format=csv", "text/csv"),
            ("Log of changes", "/api/v1/changes/", "application/json"),
        ]
        files = [(one.name, one.address, media_type(one.name)) for one in package_files()]
        return [one for one in api if address_of(one[1].partition("?")[0])] + files

    def describe(self) -> str:
        """The dataset as schema.org describes one."""
        page = f"{settings.BASE_URL}{reverse('data')}"
        day = self.clock.recorded_at.date().isoformat() if self.clock.recorded_at else ""
        described = {
            **schema_org(Account(self.clock.edition_name, day, page=page)),
            "publisher": {"@type": "Organization", "name": "Article 10", "url": settings.BASE_URL},
            "identifier": self.permanent(),
            "spatialCoverage": "States of the North Atlantic area",
            "distribution": [_download(*one) for one in self.downloads()],
        }
        # The one sequence that could end the element early.
        return json.dumps(described, ensure_ascii=False, indent=1).replace("</", "<\\/")


class Status(Page):
    """What is fresh, what is stale, and when each job last ran."""

    template_name = "status.html"
    section = "status"
    # Jobs and checks move without an edition.
    is_kept = False
    is_citable = False

    @property
    def title(self) -> str:
        return _("Status")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fresh = freshness(timezone.now())
        return super().get_context_data(
            answer=say_freshness(fresh),
            last=Change.objects.order_by("-position").first(),
            fresh=fresh,
            channels=lags(timezone.now()),
            published=compare_with_published(self.clock.edition, self.clock.root),
            events=len(self.record.events),
            rectified=len(self.record.state.rectifications),
            unsourced=sum(event.is_unsourced for event in self.record.events),
            **kwargs,
        )
