"""What the answer for a cited address means: that it is there, or one of the ways in which it only seems to be."""

import re
from typing import Final
from urllib.parse import urlsplit

from lxml import etree, html

from tracker.domain.vocabulary import LinkState
from tracker.fetch.charsets import Undecodable, decode
from tracker.fetch.outcomes import Fetched

# The beginning of a page has its title and its heading; the rest is not needed to know what it is.
_READ: Final = 200_000
_LONGEST_TITLE: Final = 120
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
# The whole of a title or a heading, apart from the name of the site: an article may well be about something not found.
_NOT_FOUND: Final = re.compile(
    r"(?:error |erreur |fehler |http )?404\b.*|.{0,30}\b(?:page|document|file|content|url) (?:was |is |could |can)?"
    r"(?:not|no longer|n't|cannot)(?: be)? (?:found|available|exist).{0,20}|not found"
    r"|(?:cette )?page (?:introuvable|non trouvée|inexistante).{0,20}|(?:die )?seite (?:wurde )?nicht gefunden.{0,20}"
    r"|sidan (?:hittades|kunde|finns) inte.{0,20}|sivua ei (?:löydy|löytynyt).{0,20}|siden ikke fundet.{0,20}"
    r"|sayfa bulunamadı.{0,20}|(?:az )?oldal nem található.{0,20}|(?:strona )?nie (?:została )?znalezion[oa].{0,20}"
    r"|página no encontrada.{0,20}|pagina non trovata.{0,20}|página não encontrada.{0,20}|pagina niet gevonden.{0,20}"
    r"|stránka (?:nebyla nalezena|sa nenašla).{0,20}|pagina nu a fost găsită.{0,20}|stranica nije pronađena.{0,20}",
    re.IGNORECASE,
)
_ROBOTS: Final = re.compile(
    r"just a moment\b.*|attention required.*|access (?:to this page )?(?:has been )?denied.*|.*\bcaptcha\b.*"
    r"|(?:are you|verify you are) (?:a )?(?:human|robot).*|checking your browser.*|bot verification.*|forbidden",
    re.IGNORECASE,
)
_LOGIN: Final = re.compile(
    r"/(?:[\w-]*log-?in|sign-?in|sso|saml\d*|oauth\d*|adfs|auth(?:enticate|entication|orize)?|wp-login\.php|anmelden"
    r"|connexion|giris|logowanie|kirjaudu|inloggen|accedi|bejelentkezes)(?:[/.?]|$)",
    re.IGNORECASE,
)
# The front page of a site, or of one of its languages.
_FRONT: Final = re.compile(
    r"/?(?:(?:[a-z]{2}(?:[-_][a-z]{2})?|home|index|default|main|start)(?:\.\w{3,5})?/?){0,2}", re.IGNORECASE
)

Meaning = tuple[LinkState, str]


def meaning_of(asked: str, page: Fetched) -> Meaning:
    """What became of the address that was asked, and why we think so."""
    was, is_now = urlsplit(asked), urlsplit(page.url)
    if _LOGIN.search(is_now.path) and not _LOGIN.search(was.path):
        return LinkState.LOGIN, f"leads to a log-in: {page.url}"
    if _FRONT.fullmatch(is_now.path) and not is_now.query and not _FRONT.fullmatch(was.path):
        return LinkState.FRONT, f"leads to a front page: {page.url}"
    for words in _headings(page):
        if _NOT_FOUND.fullmatch(words):
            return LinkState.DEAD, f"answers, and says “{words}”"
        if _ROBOTS.fullmatch(words):
            return LinkState.UNASKED, f"answers machines with “{words}”"
    return LinkState.ALIVE, ""


def _headings(page: Fetched) -> list[str]:
    """What the page says that it is: its title, without the name of the site, and its first heading."""
    if page.content_type not in _HTML:
        return []
    try:
        document = html.document_fromstring(decode(page.body, page.charset)[:_READ].encode(), _parser())
    except (Undecodable, etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    title = " ".join((document.findtext(".//title") or "").split())
    heading = next(iter(document.iter("h1")), None)
    words = [title, *re.split(r"\s[|–—·:-]\s", title), " ".join(heading.itertext()) if heading is not None else ""]
    return [" ".join(part.split())[:_LONGEST_TITLE] for part in words if part.strip()]


def _parser() -> html.HTMLParser:
    return html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
