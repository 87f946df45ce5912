"""`/api/v1/check/` and its page: one answer, refusals by name, and an address that can be cited."""

from html import unescape

import pytest

from api.shapes import CheckShape
from tests.api.conftest import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

FORM = "accession=SWE&ally=TUR&act=approved&by=2023-12-31"


def test_a_claim_that_came_too_early_is_contradicted_with_its_evidence(reader: Reader) -> None:
    data = reader.data(f"check/?{FORM}")

    CheckShape.model_validate(data)
    assert (data["verdict"], data["why"]) == ("contradicted", "later")
    assert data["sentence"].startswith("Contradicted: by 31 December 2023 Türkiye had not approved Sweden’s accession;")
    assert data["stages"]["approved"] == {"state": "not_reached", "date": None, "later": "2024-01-23"}
    assert [event["event"] for event in data["evidence"]] == ["se2022-tr-consent"]


def test_the_same_in_words_comes_to_the_same_form(reader: Reader) -> None:
    words = reader.data("check/?q=Türkiye approved Sweden’s accession by 31 December 2023")

    assert words == reader.data(f"check/?{FORM}")


@pytest.mark.parametrize("language", ["fr", "sv", "fi", "tr", "hu"])
def test_the_sentence_is_told_in_the_language_that_is_asked_for(reader: Reader, language: str) -> None:
    told = reader.data(f"check/?{FORM}&lang={language}")
    english = reader.data(f"check/?{FORM}")

    assert told["sentence"] != english["sentence"]
    assert not told["sentence"].endswith("..")
    assert told["sentence"].rstrip(".") in unescape(reader.get(f"/{language}{told['cite_url']}").content.decode())
    assert "lang" not in told["cite_url"]
    assert {**told, "sentence": "", "clauses": []} == {**english, "sentence": "", "clauses": []}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("accessions/SWE/?as_of=2023-10-30", "answer"),
        ("accessions/SWE/scenario/?as_of=2023-10-30&act=TUR", "answer"),
        ("commitments/mou-05a-pkk-proscribed/?as_of=2023-10-30", "answer"),
        ("states/SWE/?as_of=2023-10-30", "name"),
    ],
)
def test_what_is_told_in_words_is_told_in_each_language(reader: Reader, path: str, name: str) -> None:
    told = {language: reader.data(f"{path}&lang={language}")[name] for language in ("en", "fr", "sv", "fi", "tr", "hu")}

    assert told["en"] == reader.data(path)[name]
    assert len(set(told.values())) == 6
    assert reader.fetch(f"{path}&lang=de").status_code == 400


@pytest.mark.parametrize("prefix", ["", "/fr", "/fi"])
def test_the_page_that_is_cited_says_the_sentence_of_the_answer(reader: Reader, prefix: str) -> None:
    data = reader.data(f"check/?{FORM}")

    page = reader.get(f"{prefix}{data['cite_url']}").content.decode()

    assert "q=" not in data["cite_url"]
    assert data["cite_url"].replace("&", "&amp;") in page
    if not prefix:
        assert data["sentence"] in page


def test_a_question_on_one_act_has_an_address_of_its_own(reader: Reader) -> None:
    page = reader.get("/check/SWE/TUR/approved/2023-12-31/").content.decode()

    assert reader.data(f"check/?{FORM}")["sentence"] in page


@pytest.mark.parametrize(
    ("query", "status", "kind", "parameter"),
    [
        ("", 400, "bad-parameter", "q"),
        (f"{FORM}&q=Sweden", 400, "bad-parameter", "q"),
        ("accession=SWE&ally=TUR&act=approved&by=2023-02-29", 400, "bad-parameter", "by"),
        ("accession=SWE&act=approved", 400, "bad-parameter", "ally"),
        ("colour=blue", 400, "bad-parameter", "colour"),
        ("q=Nice weather in Brussels", 422, "not-understood", "q"),
    ],
)
def test_what_cannot_be_checked_is_an_error_and_never_a_verdict(
    reader: Reader, query: str, status: int, kind: str, parameter: str
) -> None:
    response = reader.fetch(f"check/?{query}")

    problem = response.json()
    assert (response.status_code, problem["type"].rpartition("#")[2]) == (status, kind)
    assert problem["errors"][0]["parameter"] == parameter
    assert "verdict" not in problem


def test_a_page_that_does_not_understand_says_so(reader: Reader) -> None:
    response = reader.get("/check/?q=Nice weather in Brussels")

    assert response.status_code == 422
    assert "not understood" in response.content.decode()
