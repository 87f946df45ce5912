"""`manage.py score_statements FILE`: how well statements are checked, as forms and in words, on a corpus."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from tracker.domain.checking import Clause
from tracker.domain.exceptions import TrackerError
from tracker.readmodel import open_newest
from tracker.readmodel.checking import check
from tracker.readmodel.clock import read_day
from tracker.readmodel.statements import clauses_of

_DECIDED: Final = {"supported", "contradicted"}
_NUMBERS: Final = ("n", "of", "rank", "at_least", "signed")


class Command(BaseCommand):
    help = "Check the statements of a file of JSON Lines, as docs/check.md describes it, and count the verdicts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file of JSON Lines, one statement each")
        parser.add_argument("--mode", choices=["text", "form"], default="text", help="the words, or the form (text)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open(encoding="utf-8") as lines:
                items = [json.loads(line) for line in lines if line.strip()]
        except (OSError, ValueError) as error:
            raise CommandError(f"{options['file']} is no corpus of statements: {error}") from error
        with translation.override("en"):
            results = Counter(self._score(item, options["mode"]) for item in items)
        self.stdout.write(", ".join(f"{count} {name}" for name, count in sorted(results.items())))

    def _score(self, item: Mapping[str, Any], mode: str) -> str:
        asked = {"q": item["text"]} if mode == "text" else form_of(item["form"])
        if asked is None:
            return "of several clauses"
        as_of = read_day("as_of", item["form"]["as_of"]) if "as_of" in item["form"] else timezone.now().date()
        got, clauses = _ask(asked, as_of)
        result = judged(item, got)
        if result not in {"right", "tolerable"}:
            self.stdout.write(f"{item['id']} {result}: expected {item['expected']}, got {got}: {item['text']}")
            self.stdout.write("".join(f"      {clause}\n" for clause in clauses), ending="")
        return result


def _ask(asked: Mapping[str, str], as_of: date) -> tuple[str, Iterable[Clause]]:
    edition = open_newest()
    try:
        clauses = clauses_of(asked, edition, as_of)
    except TrackerError as refusal:
        return f"refused: {refusal}", ()
    return check(edition, clauses, as_of).verdict.value, clauses


def form_of(form: Mapping[str, Any]) -> dict[str, str] | None:
    """The parameters of a form of the corpus; None for several forms in one."""
    if "all_of" in form:
        return None
    asked = {
        name: str(form[name])
        for name in (*_NUMBERS, "act", "chamber", "commitment", "status", "outcome")
        if name in form
    }
    asked |= {name: "1" for name in ("negated", "first", "last") if form.get(name)}
    asked |= {name: ",".join(form[name]) for name in ("missing", "order") if name in form}
    return asked | _who(form) | _when(form) | _counted(form)


def _who(form: Mapping[str, Any]) -> dict[str, str]:
    accession, subject = form.get("accession", ""), form.get("subject", "")
    is_ally = subject.isupper() and subject not in {"NATO", accession}
    asked = {"accession": accession, "ally" if is_ally else "subject": subject}
    return {name: value for name, value in asked.items() if value}


def _when(form: Mapping[str, Any]) -> dict[str, str]:
    relation, day = form.get("rel"), form.get("day")
    if relation == "between" and day:
        return {"from": day[0], "until": day[1]}
    return {"at" if relation == "as_of" else relation: str(day)} if relation else {}


def _counted(form: Mapping[str, Any]) -> dict[str, str]:
    tally = {"tally": "-".join("" if n is None else str(n) for n in form["tally"])} if "tally" in form else {}
    days = form.get("days_since", {})
    names = {"act": "since", "days": "days", "more_than": "more_than"}
    return tally | {names[name]: str(value) for name, value in days.items()}


def judged(item: Mapping[str, Any], got: str) -> str:
    """What the verdict is worth: right, tolerable, refused, timid, false, or the worst, reversed."""
    expected, refused = item["expected"], got.startswith("refused")
    if got == expected:
        return "right"
    if got in item["tolerable"] or (refused and expected == "unknown"):
        return "tolerable"
    if refused:
        return "refused"
    return _how_wrong(item, got)


def _how_wrong(item: Mapping[str, Any], got: str) -> str:
    of_motives = item["why"] in {"judgement", "cause"}
    if {got, item["expected"]} == _DECIDED or (of_motives and got in _DECIDED):
        return "reversed"
    return "timid" if got == "unknown" else "false"
