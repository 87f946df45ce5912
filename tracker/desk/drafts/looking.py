"""Looking at a page that an editor cites: what it says of itself, and a copy of it that stays."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from tracker.desk.forms.hosts import publisher_at
from tracker.domain.dates import NotADate, PartialDate
from tracker.exchange.dataset.archives import unwrapped
from tracker.fetch.fetching import Ask
from tracker.fetch.outcomes import Failed, Fetched, Refused
from tracker.sources.page_head import Head, head_of
from tracker.watch.asking import Answer, Asker
from tracker.watch.captures import address_of, keep


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found at an address, for the fields of a source; and why nothing was, in a sentence."""

    fields: dict[str, str]
    trouble: str = ""


def look(address: str, *, keeps: bool) -> Looked:
    """What can be said of the address without anybody, and what the page says of itself; `keeps` a copy of it.

    Asks by the guarded fetcher, as the host's robots.txt allows, and never twice at once.
    """
    found = unwrapped(address)
    fields = {"url": found.original, "archived_url": address if found.is_copy else ""} if found else {}
    url = fields.get("url") or address
    if known := publisher_at(url):
        fields |= {"publisher": known.name, "source_class": known.source_class.value}
    page = Asker().ask(Ask(url), timezone.now())
    if not isinstance(page, Fetched):
        return Looked(_filled(fields), _trouble(page))
    head: Head = head_of(page)
    fields |= {"title": head.title, "published": head.published}
    if keeps:
        fields["archived_url"] = address_of(keep(page, timezone.now()).sha256)
    return Looked(_filled(fields))


def fill_in(data: QueryDict, row: str, *, keeps: bool) -> str:
    """Put what is found at the row's address into its empty fields; a sentence where nothing was found."""
    looked = look(data.get(f"{row}-url", "").strip(), keeps=keeps)
    for name, value in looked.fields.items():
        if name in {"url", "archived_url"} or not data.get(f"{row}-{name}", "").strip():
            data[f"{row}-{name}"] = value
    return looked.trouble


def _filled(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value and _fits(name, value)}


def _fits(name: str, value: str) -> bool:
    if name != "published":
        return True
    try:
        return bool(PartialDate.parse(value))
    except NotADate:
        return False


def _trouble(answer: Answer) -> str:
    """Why nothing came, in a sentence for an editor."""
    if isinstance(answer, Failed | Refused):
        return f"The page could not be read: {answer.detail}. Fill in its title yourself."
    return "That host is not to be asked at this moment: try again in some seconds, or fill in the title yourself."
