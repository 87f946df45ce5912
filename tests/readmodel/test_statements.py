"""Statements in words, checked against the shipped record: each line of the corpus says its verdict."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.clock import CLOCK
from tracker.domain.exceptions import BadParameter, TrackerError
from tracker.readmodel import open_newest
from tracker.readmodel.checking import check, check_document
from tracker.readmodel.checking.asking import parameters_of
from tracker.readmodel.statements import NotUnderstood, clauses_of
from tracker.readmodel.statements.days import days_in
from tracker.readmodel.statements.numbers import in_figures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

CORPUS = Path(__file__).with_name("statements.jsonl")
STATEMENTS = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def verdict(asked: dict[str, str], as_of: date = CLOCK.day) -> str:
    """The verdict on the statement, or that it was refused."""
    edition = open_newest()
    try:
        clauses = clauses_of(asked, edition, as_of)
    except TrackerError:
        return "refused"
    return check(edition, clauses, as_of).verdict.value


@pytest.mark.parametrize("item", STATEMENTS, ids=lambda item: str(item["text"])[:60])
def test_a_statement_in_words_has_the_verdict_of_history(item: dict[str, Any]) -> None:
    assert verdict({"q": item["text"]}) == item["verdict"]


@pytest.mark.parametrize(
    "item", [one for one in STATEMENTS if one["verdict"] != "refused"], ids=lambda item: str(item["text"])[:60]
)
def test_its_address_says_the_same_again(item: dict[str, Any]) -> None:
    edition = open_newest()
    checked = check(edition, clauses_of({"q": item["text"]}, edition, CLOCK.day), CLOCK.day)
    address = check_document(checked, "1-00000000", as_of=CLOCK.day)["cite_url"]

    asked = dict(parse_qsl(urlsplit(address).query))
    del asked["as_of"], asked["known_at"]
    again = clauses_of(asked, edition, CLOCK.day)

    assert [parameters_of(clause) for clause in again] == [parameters_of(one.asked.clause) for one in checked.clauses]


@pytest.mark.parametrize("as_of", [date(2022, 6, 30), date(2023, 10, 30), date(2024, 1, 22)])
def test_nothing_that_came_later_is_told_on_a_day(as_of: date) -> None:
    edition = open_newest()
    clauses = clauses_of({"accession": "SWE", "ally": "TUR", "act": "ratified"}, edition, as_of)

    told = json.dumps(check_document(check(edition, clauses, as_of), "1-00000000", as_of=as_of))

    assert not {"2024-01-23", "2024-01-25", "2024-01-26"} & set(re.findall(r"\d{4}-\d\d-\d\d", told))
    assert not re.search(r"2[356] January 2024", told)


def test_what_is_still_to_come_on_the_day_asked_about_is_unknown() -> None:
    asked = {"accession": "SWE", "ally": "TUR", "act": "ratified", "by": "2023-11-30"}

    assert verdict(asked, date(2023, 10, 30)) == "unknown"
    assert verdict(asked) == "contradicted"


def test_a_commitment_has_no_verdict_whatever_is_on_record_of_it() -> None:
    edition = open_newest()
    for commitment in edition.commitments:
        asked = {"act": "commitment", "commitment": commitment.key}

        found = check(edition, clauses_of(asked, edition, CLOCK.day), CLOCK.day)

        assert (found.verdict, found.why) == ("unknown", "judgement")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"act": "approved", "ally": "TUR"}, "accession"),
        ({"accession": "SWE", "act": "approved"}, "ally"),
        ({"accession": "SWE", "ally": "TUR"}, "act"),
        ({"accession": "SWE", "ally": "TUR", "act": "kept"}, "act"),
        ({"accession": "Atlantis", "ally": "TUR", "act": "approved"}, "accession"),
        ({"accession": "SWE", "ally": "TUR", "act": "approved", "by": "2023-02-29"}, "by"),
        ({"accession": "SWE", "ally": "TUR", "act": "approved", "by": "2023-02-28", "on": "2023-02-28"}, "on"),
        ({"accession": "SWE", "ally": "TUR", "act": "approved", "from": "2023-02-28"}, "until"),
        ({"accession": "SWE", "ally": "TUR", "act": "approved", "from": "2023-02-28", "until": "2023-02-27"}, "until"),
        ({"accession": "SWE", "ally": "TUR", "act": "approved", "q": "Türkiye approved"}, "q"),
        ({"accession": "SWE", "ally": "TUR", "act": "vote", "tally": "many"}, "tally"),
        ({"accession": "SWE", "subject": "allies", "act": "approved", "n": "-1"}, "n"),
        ({"clause": "accession:SWE;colour:blue"}, "clause"),
        ({"q": "a" * 301}, "q"),
    ],
)
def test_a_form_that_leaves_something_open_is_refused_by_name(asked: dict[str, str], name: str) -> None:
    with pytest.raises(BadParameter) as refusal:
        clauses_of(asked, open_newest(), CLOCK.day)

    assert refusal.value.name == name


def test_a_form_takes_every_name_that_a_state_had() -> None:
    for name in ("TUR", "Turkey", "Türkiye", "tur", "TR"):
        asked = {"accession": "FYROM", "ally": name, "act": "approved", "by": "2020-03-27"}

        assert verdict(asked) == "supported"


def test_a_sentence_that_is_not_understood_says_what_is_missing() -> None:
    with pytest.raises(NotUnderstood, match="whose accession"):
        clauses_of({"q": "Türkiye approved it"}, open_newest(), CLOCK.day)


@pytest.mark.parametrize(
    ("text", "relation", "first", "last"),
    [
        ("by 31 December 2023", "by", None, "2023-12-31"),
        ("before the end of November 2023", "by", None, "2023-11-30"),
        ("before November 2023", "before", None, "2023-10-31"),
        ("in early July 2022", "within", "2022-07-01", "2022-07-10"),
        ("by mid-August 2022", "by", None, "2022-08-16"),
        ("within 2023", "within", "2023-01-01", "2023-12-31"),
        ("on 2023-10-30", "on", "2023-10-30", "2023-10-30"),
        ("October 30, 2023", "on", "2023-10-30", "2023-10-30"),
        ("between 5 July and 9 August 2022", "within", "2022-07-05", "2022-08-09"),
        ("by the Ides of March 2024", "by", None, "2024-03-15"),
        ("before the Vilnius summit of 11 July 2023", "before", None, "2023-07-10"),
        ("as of New Year’s Day 1952", "at", None, "1952-01-01"),
    ],
)
def test_days_are_read_with_the_word_before_them(text: str, relation: str, first: str | None, last: str | None) -> None:
    [window], _rest = days_in(f"Türkiye approved it {text}.")

    assert (window.relation, window.first and str(window.first), window.last and str(window.last)) == (
        relation,
        first,
        last,
    )


def test_numbers_in_words_are_numbers() -> None:
    assert in_figures("Six hundred and eleven days, the thirty-first, twelve") == "611 days, the 31th, 12"
