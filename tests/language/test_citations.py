"""Four ways to cite a page, each of which its readers can parse."""

import json
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

    assert lines[0] == "@misc{article10-accessions-swe-20231030-2549-8bb374be,"
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
