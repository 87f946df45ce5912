"""Four ways to cite a page, each of which its readers can parse."""

import json
from dataclasses import replace
from datetime import date

from tracker.language.citations import Work, cite

WORK = Work(
    "Sweden: accession to NATO",
    "https://article10.example/accessions/SWE/?as_of=2023-10-30&known_at=2549-8bb374be",
    date(2023, 10, 30),
    "2549-8bb374be",
    date(2026, 11, 22),
)


def test_apa_when_cited_has_author_date_title_and_address() -> None:
    assert cite(WORK).apa == (
        "Article 10. (2026, November 22). Sweden: accession to NATO (as of 30 October 2023, edition 2549-8bb374be). "
        "https://article10.example/accessions/SWE/?as_of=2023-10-30&known_at=2549-8bb374be"
    )


def test_bibtex_when_the_title_has_signs_of_tex_writes_them_harmless() -> None:
    work = Work("50% of A & B_{c}", WORK.address, WORK.as_of, WORK.edition, WORK.published)

    lines = cite(work).bibtex.splitlines()

    assert lines[0] == "@online{article10-accessions-swe-20231030-2549-8bb374be,"
    assert lines[2] == r"  title = {50\% of A \& B\_\{c\}},"
    assert lines[-1] == "}"


def test_csl_json_when_read_back_has_the_day_and_the_edition() -> None:
    (item,) = json.loads(cite(WORK).csl_json)

    assert item["type"] == "webpage"
    assert item["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert (item["version"], item["URL"]) == ("2549-8bb374be", WORK.address)


def test_wikipedia_when_the_title_has_a_bar_does_not_end_the_parameter() -> None:
    work = Work("A | B", WORK.address, WORK.as_of, WORK.edition, WORK.published)

    assert "title=A {{!}} B (as of" in cite(work).wikipedia


def test_date_of_access_stands_in_every_style_that_knows_one_and_only_for_a_page_of_today() -> None:
    today = cite(replace(WORK, accessed=date(2026, 11, 29)))

    assert "urldate = {2026-11-29}" in today.bibtex
    assert json.loads(today.csl_json)[0]["accessed"] == {"date-parts": [[2026, 11, 29]]}
    assert "Y2  - 2026/11/29" in today.ris
    assert "|access-date=29 November 2026}}" in today.wikipedia
    assert not any(word in text for _, text in cite(WORK).by_name for word in ("access-date", "accessed", "urldate"))


def test_ris_begins_with_its_kind_and_ends_as_readers_of_it_expect() -> None:
    lines = cite(WORK).ris.splitlines()

    assert (lines[0], lines[-1]) == ("TY  - ELEC", "ER  - ")
    assert f"UR  - {WORK.address}" in lines
