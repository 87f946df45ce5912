"""What a watch makes of a page: the options its reader gets, and what the reader finds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urljoin

from tracker.domain.text import tidy
from tracker.domain.validators import check_address
from tracker.domain.vocabulary import AccessionStatus, ReaderKind
from tracker.fetch.outcomes import Fetched
from tracker.models import Accession, Watch
from tracker.sources.findings import Finding
from tracker.sources.readers import READERS, NotUnderstood, left_out
from tracker.sources.readers.base import option
from tracker.sources.readers.html_part import part_of
from tracker.sources.versions import digest
from tracker.watch.captures import page_of

_OVER: Final = (AccessionStatus.MEMBER, AccessionStatus.WITHDRAWN)
_LONGEST_ADDRESS: Final = 2000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page says; and what it says it does not hold, because its source has more pages.

    A baseline is a page of which only the changes are told, read for the first time: it says nothing yet.
    """

    findings: list[Finding]
    left_out: str = ""
    is_baseline: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether “nothing new” can be said of it."""
        return not self.left_out and not self.is_baseline


def read(watch: Watch, page: Fetched) -> Reading:
    """What the source says, in its order, each find once. Raises `NotUnderstood` rather than guess."""
    options = options_of(watch)
    findings: dict[tuple[str, str], Finding] = {}
    for finding in READERS[watch.reader].read(page, options):
        # Two that have one name and say different things are two.
        findings.setdefault((finding.fingerprint, digest(finding.said, finding.language)), _clean(finding, page))
    is_baseline = watch.reader == ReaderKind.HTML_PART and options.get("previous") is None
    return Reading(list(findings.values()), left_out(watch.reader, page), is_baseline)


def options_of(watch: Watch) -> Mapping[str, Any]:
    """What the operator has said of the source, as the readers want to hear it."""
    options: dict[str, Any] = {**watch.options, "accessions": list(watch.accessions), "source": watch.url}
    if watch.ally_id:
        options["ally"] = watch.ally_id
    if watch.language:
        options["language"] = watch.language
    options["applicants"] = frozenset(watch.accessions) or open_accessions()
    if watch.reader == ReaderKind.HTML_PART and watch.capture is not None:
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
