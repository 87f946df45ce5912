"""What the frame of every page needs: the site, the languages, the address of the same thing as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils.translation import get_language

from tracker.http.markdown import twin_of_path
from tracker.language.grammar import language_of
from tracker.readmodel.clock import Clock


@dataclass(frozen=True)
class Site:
    """What this instance is called, and where it is."""

    name: str
    base_url: str
    contact: str


@dataclass(frozen=True)
class LanguageLink:
    """The same page in one language."""

    code: str
    name: str
    url: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """The values that `base.html` reads on every page."""
    return {
        "site": Site("Article 10", settings.BASE_URL, settings.CONTACT),
        "languages": languages_of(request),
        "second_font": language_of().needs_second_font,
        "canonical": f"{settings.BASE_URL}{request.path}",
        "twin": twin_of(request),
        "markdown": request.get_full_path().replace(request.path, twin_of_path(request.path), 1),
    }


def languages_of(request: HttpRequest) -> list[LanguageLink]:
    """The page in every language, with the parameters that it was asked with."""
    address = request.get_full_path()
    return [LanguageLink(code, name, translate_url(address, code)) for code, name in settings.LANGUAGES]


# The page puts one round in front of all others, where the API would leave the others out.
_MEANT_OTHERWISE: Final[Mapping[str, set[str]]] = {"/compare/": {"accession"}}
# What the page offers for download is, for a program, the whole record.
_CALLED_OTHERWISE: Final = {"/data/": "/snapshot/", "/commitments/extraditions/": "/commitments/"}
# What the page chooses by its address, the API by a parameter.
_CHOSEN: Final[Mapping[str, Mapping[str, str]]] = {"/commitments/extraditions/": {"category": "extradition"}}


def twin_of(request: HttpRequest) -> str:
    """The address of the same answer in the API, with what it takes too; or nothing where the API has none."""
    language = get_language()
    path = request.path.removeprefix(f"/{language}") if language != settings.LANGUAGE_CODE else request.path
    address = f"/api/v1{_as_the_api_says(path)}"
    try:
        view: Any = resolve(address).func
    except Resolver404:
        return ""
    known = {field.alias or name for name, field in view.cls.parameters.model_fields.items()} - _MEANT_OTHERWISE.get(
        path, set()
    )
    kept = _asked_by_the_path(path) | {name: value for name, value in request.GET.items() if name in known and value}
    kept |= _chosen(path)
    return f"{address}?{urlencode(kept)}" if kept else address


# Pages that are another page's part, and the list in the API that holds it.
_PARTS_OF_AN_ACCESSION: Final = {"table": "ratifications", "timeline": "events"}


def _asked_by_the_path(path: str) -> dict[str, str]:
    """What the list is asked for besides, where the path of the page says it."""
    parts = path.strip("/").split("/")
    return {"accession": parts[1]} if len(parts) == 3 and parts[2] in _PARTS_OF_AN_ACCESSION else {}


def _as_the_api_says(path: str) -> str:
    """The path there: a ratification lies below its accession's ratifications."""
    parts = path.strip("/").split("/")
    if _is_matrix(parts):
        return "/commitments/"
    if len(parts) == 3 and parts[2] in _PARTS_OF_AN_ACCESSION:
        return f"/{_PARTS_OF_AN_ACCESSION[parts[2]]}/"
    if len(parts) == 3 and parts[0] == "accessions" and parts[2] != "scenario":
        return f"/accessions/{parts[1]}/ratifications/{parts[2]}/"
    return _CALLED_OTHERWISE.get(path, path)


def _chosen(path: str) -> Mapping[str, str]:
    """The parameters of the API for what the address of the page chooses."""
    parts = path.strip("/").split("/")
    return {"accession": parts[1]} if _is_matrix(parts) else _CHOSEN.get(path, {})


def _is_matrix(parts: list[str]) -> bool:
    return len(parts) == 3 and (parts[0], parts[2]) == ("accessions", "commitments")


def permanent_address(request: HttpRequest, clock: Clock) -> str:
    """The address that will always show what the page shows now: with the day and the edition in it."""
    kept = {name: value for name, value in request.GET.items() if name not in ("as_of", "known_at")}
    query = urlencode({**kept, "as_of": clock.as_of.isoformat(), "known_at": clock.edition_name})
    return f"{settings.BASE_URL}{request.path}?{query}"


def absolute(view: str, clock: Clock, **codes: str) -> str:
    """The whole address of a view at this day and edition."""
    query = urlencode({"as_of": clock.as_of.isoformat(), "known_at": clock.edition_name})
    return f"{settings.BASE_URL}{reverse(view, kwargs=codes)}?{query}"
