"""A statement from the parameters of an address: as a form, as several, or in words."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from tracker.domain.checking import ANY_TIME, Clause, Matter, Relation, Window, window_of
from tracker.domain.exceptions import BadParameter
from tracker.domain.vocabulary import ALLIANCE
from tracker.language.names import alpha2_of, index_of
from tracker.readmodel.clock import read_day
from tracker.readmodel.edition import Edition
from tracker.readmodel.statements.reading import LONGEST, read_statement

# The parameters of a form; `q` has the words instead, and `clause` several forms.
_FORM: Final = (
    "accession ally subject act by on before after at from until negated n at_least of signed missing first last rank "
    "order tally chamber outcome since days more_than commitment status"
)
FORM: Final = frozenset(_FORM.split())
_ONE_DAY: Final = ("by", "on", "before", "after", "at")
_ALL: Final = "allies"
_OF_STATES: Final = frozenset(
    {Matter.APPLIED, Matter.INVITED, Matter.SIGNED, Matter.IN_FORCE, Matter.ACCEDED, Matter.WITHDRAWN, Matter.MEMBER,
     Matter.APPLICANT_VOTE, Matter.REFERENDUM, Matter.RENAMED, Matter.REQUIRED}
)  # fmt: skip
_OF_SPEAKERS: Final = frozenset({Matter.CLAIM, Matter.COMMITMENT, Matter.CAUSE})
_NO_ACCESSION: Final = frozenset({Matter.MEMBERS, *_OF_SPEAKERS})
_NUMBER: Final = re.compile(r"\d{1,5}")


def clauses_of(parameters: Mapping[str, str], edition: Edition, as_of: date) -> list[Clause]:
    """The statements that are asked about; none where nothing is.

    Raises `BadParameter`, and `NotUnderstood` where the words of `q` come to no form.
    """
    given = {name: value.strip() for name, value in parameters.items() if value.strip()}
    form = {name: value for name, value in given.items() if name in FORM}
    ways = [name for name in ("q", "clause") if name in given] + (["act"] if form else [])
    if len(ways) > 1:
        raise BadParameter(ways[0], given[ways[0]], _("write a sentence, or a form, and not both"))
    if "q" in given:
        return _in_words(given["q"], edition, as_of)
    if "clause" in given:
        return [_read(_unpack(one), edition) for one in given["clause"].split(",")]
    return [_read(form, edition)] if form else []


def _in_words(text: str, edition: Edition, as_of: date) -> list[Clause]:
    if len(text) > LONGEST:
        raise BadParameter("q", text[:40], _("write at most %(count)d characters") % {"count": LONGEST})
    return read_statement(text, edition, as_of)


def _unpack(text: str) -> dict[str, str]:
    """A form of several: `accession:SWE;ally:TUR;act:approved`, with a space where a list has a comma."""
    parts = (part.partition(":") for part in text.split(";") if part)
    form = {name: value.replace(" ", ",") for name, _colon, value in parts}
    if unknown := [name for name in form if name not in FORM]:
        raise BadParameter("clause", text[:60], _("there is no such part: %(name)s") % {"name": unknown[0]})
    return form


def _read(form: Mapping[str, str], edition: Edition) -> Clause:
    act = _choice(form, "act", Matter)
    if act is None:
        raise BadParameter("act", "", _("it is one of %(choices)s") % {"choices": ", ".join(Matter)})
    said: dict[str, Any] = {
        **_parties(form, act, edition),
        **{name: _flag(form, name) for name in ("negated", "first", "last")},
        **{name: _number(form, name) for name in ("n", "at_least", "of", "signed", "rank", "days", "more_than")},
        **{name: form.get(name, "") for name in ("chamber", "outcome", "commitment", "status")},
        "window": _window(form),
        "missing": _codes(form, "missing", edition) if "missing" in form else None,
        "order": _codes(form, "order", edition),
        "tally": _tally(form.get("tally", "")),
        "since": _choice(form, "since", Matter),
    }
    clause = Clause(act, **said)
    _check(clause)
    return clause


def _check(clause: Clause) -> None:
    """Refuse a form that leaves open whose accession, or who acted."""
    if not clause.accession and clause.act not in _NO_ACCESSION:
        raise BadParameter("accession", "", _("it is missing: whose accession?"))
    lacks = clause.act in {Matter.VOTE} or clause.act not in {*_OF_STATES, *_NO_ACCESSION}
    if lacks and not (clause.ally or clause.together or clause.order):
        raise BadParameter("ally", "", _("it is missing: who acted? `subject=allies` says it of all"))


def _parties(form: Mapping[str, str], act: Matter, edition: Edition) -> dict[str, str | bool]:
    accession = _code(form, "accession", edition)
    subject = form.get("subject", "")
    together = subject == _ALL
    ally = _code(form, "ally", edition)
    named = "" if together or not subject else _code(form, "subject", edition)
    if act in _OF_SPEAKERS:
        return {"accession": accession, "party": ally or named}
    if act in _OF_STATES or act is Matter.MEMBERS:
        own = {ally, named} - {"", ALLIANCE}
        return {"accession": accession or next(iter(own), "")}
    if not ally and named not in {"", accession, ALLIANCE}:
        ally = named
    return {"accession": accession, "ally": ally, "together": together or (not ally and "missing" in form)}


def _code(form: Mapping[str, str], name: str, edition: Edition) -> str:
    text = form.get(name, "")
    return _party(name, text, edition) if text else ""


def _party(name: str, text: str, edition: Edition) -> str:
    """The code of the party that goes by that name or code, now or once. Raises `BadParameter`."""
    code = index_of(edition.parties.values()).code_of(text) or text.upper()
    if code in edition.parties or (len(code) == 3 and alpha2_of(code)):
        return code
    raise BadParameter(name, text[:60], _("it names no state; use a code such as TUR, or a name"))


def _codes(form: Mapping[str, str], name: str, edition: Edition) -> tuple[str, ...]:
    return tuple(_party(name, text.strip(), edition) for text in form.get(name, "").split(",") if text.strip())


def _window(form: Mapping[str, str]) -> Window:
    given = [name for name in _ONE_DAY if name in form]
    spans = "from" in form or "until" in form
    if len(given) + spans > 1:
        raise BadParameter(given[-1], form[given[-1]], _("one day, or one span of days, can be claimed"))
    if given:
        return window_of(Relation(given[0]), read_day(given[0], form[given[0]]))
    return _span(form) if spans else ANY_TIME


def _span(form: Mapping[str, str]) -> Window:
    for name, other in (("from", "until"), ("until", "from")):
        if name not in form:
            raise BadParameter(name, "", _("it is missing beside %(other)s") % {"other": other})
    first, last = read_day("from", form["from"]), read_day("until", form["until"])
    if last < first:
        raise BadParameter("until", form["until"], _("the span ends before it begins"))
    return window_of(Relation.WITHIN, first, last)


def _flag(form: Mapping[str, str], name: str) -> bool:
    value = form.get(name, "0")
    if value not in {"0", "1", "true", "false"}:
        raise BadParameter(name, value, _("it is 1 or 0"))
    return value in {"1", "true"}


def _number(form: Mapping[str, str], name: str) -> int | None:
    value = form.get(name, "")
    if value and not _NUMBER.fullmatch(value):
        raise BadParameter(name, value, _("it is a whole number"))
    return int(value) if value else None


def _tally(text: str) -> tuple[int | None, int | None] | None:
    if not text:
        return None
    found = re.fullmatch(r"(\d{0,5})-(\d{0,5})", text)
    if found is None or text == "-":
        raise BadParameter("tally", text, _("write votes for and against such as 287-55"))
    return (int(found[1]) if found[1] else None, int(found[2]) if found[2] else None)


def _choice(form: Mapping[str, str], name: str, kind: type[Matter]) -> Matter | None:
    value = form.get(name, "")
    if value and value not in list(kind):
        raise BadParameter(name, value, _("it is one of %(choices)s") % {"choices": ", ".join(kind)})
    return kind(value) if value else None
