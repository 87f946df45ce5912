"""What a watch makes of a page: the options its reader gets, and what the reader finds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urljoin

from tracker.domain.text import tidy
from tracker.domain.validators import check_address
from tracker.domain.vocabulary import AccessionStatus
from tracker.fetch.outcomes import Fetched
from tracker.models import Accession, Watch
from tracker.sources.findings import Finding
from tracker.sources.readers.base import Findings, NotUnderstood, option
from tracker.sources.readers.html_part import HtmlPartReader, part_of
from tracker.sources.readers.paging import Paging, left_out
from tracker.sources.registry import paging_of, reader_of
from tracker.sources.versions import digest
from tracker.watch.captures import page_of
from tracker.watch.following import Follower

_OVER: Final = (AccessionStatus.MEMBER, AccessionStatus.WITHDRAWN)
_LONGEST_ADDRESS: Final = 2000


@dataclass(frozen=True, slots=True)
class Sourced:
    """A find, and the copy of the page that it stands on."""

    finding: Finding
    sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the pages of a source say, and what of it could not be had or read.

    A baseline is a page of which only the changes are told, read for the first time: it says nothing yet.
    """

    findings: list[Sourced]
    left_out: str = ""
    is_baseline: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether “nothing new” can be said of it."""
        return not self.left_out and not self.is_baseline


def read(watch: Watch, follower: Follower, first: Fetched, keep: Callable[[Fetched], object]) -> Reading:
    """What the source says on all its pages, in its order, each find once. `keep` is given each before it is read.

    Raises `NotUnderstood` rather than guess what the first page means.
    """
    options = options_of(watch)
    findings: dict[tuple[str, str], Sourced] = {}
    complaints: list[str] = []
    total, page = Paging(), first  # type: tuple[Paging, Fetched | None]
    while page:
        keep(page)
        try:
            on_page, paging = _on_page(watch.reader, page, options)
        except NotUnderstood as complaint:
            if page is first:
                raise
            complaints.append(f"A further page was not understood. {complaint}")
            break
        complaints.append(on_page.remark)
        for finding in on_page:
            # Two that have one name and say different things are two.
            name = (finding.fingerprint, digest(finding.said, finding.language))
            findings.setdefault(name, Sourced(_clean(finding, page), page.sha256))
        total = Paging(total.held + paging.held, paging.total, paging.following)
        page = follower.next_page(paging.following)
    is_baseline = watch.reader == HtmlPartReader.key and options.get("previous") is None
    missing = " ".join(filter(None, [*complaints, follower.stopped, left_out(total)]))
    return Reading(list(findings.values()), missing, is_baseline)


def _on_page(reader: str, page: Fetched, options: Mapping[str, Any]) -> tuple[Findings, Paging]:
    findings = reader_of(reader).read(page, options)
    return findings, paging_of(reader, page, options)


def options_of(watch: Watch) -> Mapping[str, Any]:
    """What the operator has said of the source, as the readers want to hear it."""
    options: dict[str, Any] = {**watch.options, "accessions": list(watch.accessions), "source": watch.url}
    if watch.ally_id:
        options["ally"] = watch.ally_id
    if watch.language:
        options["language"] = watch.language
    options["applicants"] = frozenset(watch.accessions) or open_accessions()
    if watch.reader == HtmlPartReader.key and watch.capture is not None:
        options["previous"] = _previous(page_of(watch.capture), option(options, "selector"))
    return options


def open_accessions() -> frozenset[str]:
    """The applicants that are not members yet."""
    return frozenset(Accession.objects.exclude(status__in=_OVER).values_list("pk", flat=True))


def _previous(page: Fetched, selector: str) -> str | None:
    """The part as it was; None where the operator has chosen another part since, which that copy does not have."""
    try:
        return part_of(page, selector)
    except NotUnderstood:
        return None


def _clean(finding: Finding, page: Fetched) -> Finding:
    """The find without what a database cannot keep, and with an address that leads somewhere on the web, or none."""
    return replace(
        finding,
        title=tidy(finding.title),
        summary=tidy(finding.summary),
        quote=tidy(finding.quote),
        place=tidy(finding.place),
        url=_address(finding.url, page),
    )


def _address(text: str, page: Fetched) -> str:
    try:
        url = check_address(urljoin(page.url, tidy(text)) if text else "")
    except ValueError:
        return ""
    return url if len(url) <= _LONGEST_ADDRESS else ""
