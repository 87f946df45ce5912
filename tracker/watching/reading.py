"""What a watch makes of a page: the options its reader gets, and what the reader finds."""

from collections.abc import Mapping
from typing import Any, Final

from tracker.models import Accession, Watch
from tracker.vocabulary import AccessionStatus, ReaderKind
from tracker.watching.captures import page_of
from tracker.watching.findings import Finding
from tracker.watching.outcomes import Fetched
from tracker.watching.readers import READERS
from tracker.watching.readers.base import option
from tracker.watching.readers.html_part import part_of

_OVER: Final = (AccessionStatus.MEMBER, AccessionStatus.WITHDRAWN)


def read(watch: Watch, page: Fetched) -> list[Finding]:
    """What the source says, in its order, each find once. Raises `NotUnderstood` rather than guess."""
    found = READERS[watch.reader].read(page, options_of(watch))
    return list({finding.fingerprint: finding for finding in found}.values())


def options_of(watch: Watch) -> Mapping[str, Any]:
    """What the operator has said of the source, as the readers want to hear it."""
    options: dict[str, Any] = {**watch.options, "accessions": list(watch.accessions)}
    if watch.ally_id:
        options["ally"] = watch.ally_id
    if watch.language:
        options["language"] = watch.language
    options["applicants"] = frozenset(watch.accessions) or open_accessions()
    if watch.reader == ReaderKind.HTML_PART and watch.capture is not None:
        options["previous"] = part_of(page_of(watch.capture), option(options, "selector"))
    return options


def open_accessions() -> frozenset[str]:
    """The applicants that are not members yet."""
    return frozenset(Accession.objects.exclude(status__in=_OVER).values_list("pk", flat=True))
