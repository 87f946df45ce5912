"""The description of the API: true, complete, with real examples, and never breaking."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import get_resolver

from api.description.breaking import breaking_differences
from api.description.examples import ASKED, REPORT, shorten
from api.description.pages import MEANINGS
from api.description.released import promise_of, write_released
from api.description.schema import EXAMPLES, FILE
from api.problems import TITLES
from api.views import vocabularies
from tests.api.conftest import Reader
from tracker.actions import issue_token

DESCRIPTION: dict[str, Any] = json.loads(FILE.read_text())


def test_description_in_the_repository_is_what_the_code_says(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_api_description")

    assert "breaks nothing" in capsys.readouterr().out


def test_description_has_every_address_of_the_api() -> None:
    told = set(DESCRIPTION["paths"])
    known = {
        "/api/v1/" + str(route).replace("<code:", "{").replace("<key:", "{").replace("<int:", "{").replace(">", "}")
        for one in get_resolver("api.urls").url_patterns
        if (route := one.pattern) is not None
    }

    assert told - known == {"/data/package/{edition}/{name}"}
    assert known - told == set()


def operations() -> list[dict[str, Any]]:
    """Every operation."""
    return [one for methods in DESCRIPTION["paths"].values() for one in methods.values()]


def test_each_operation_has_a_name_of_its_own_and_one_form_of_answer() -> None:
    names = [one["operationId"] for one in operations()]
    forms = [one["responses"]["200"]["content"] for one in operations()]

    assert len(names) == len(set(names))
    assert {len(form) for form in forms} == {1}
    assert "list_events_csv" in names
    assert not [name for name in names if name.endswith(("_code", "_key", "_ally"))]


def test_an_entry_is_told_apart_by_its_type_and_a_rectification_by_what_it_puts_right() -> None:
    schemas = DESCRIPTION["components"]["schemas"]

    for name, field in (("Change", "type"), ("Rectification", "subject"), ("RectificationKept", "subject")):
        mapping = schemas[name]["discriminator"]["mapping"]
        assert [one["$ref"] for one in schemas[name]["oneOf"]] == list(mapping.values())
        for value, ref in mapping.items():
            case = schemas[ref.rpartition("/")[2]]
            assert case["properties"][field]["const"] == value
            assert field in case["required"]
    assert schemas["EventRectifiedEntry"]["properties"]["payload"]["$ref"].endswith("/EventRectified")
    assert schemas["EventRectified"]["properties"]["was"]["$ref"].endswith("/EventTold")


def test_every_code_is_explained_where_it_is_described() -> None:
    schemas = DESCRIPTION["components"]["schemas"]
    words = {row["vocabulary"] for words in vocabularies._TOLD for row in vocabularies.rows_of(words)}

    told = {name for name, schema in schemas.items() if "enum" in schema}
    # These name what a query asks for, and how exactly a day is told; their description says it.
    assert told - words == {"Matter", "Precision", "HitKind"}
    assert all("x-enumDescriptions" in schemas[name] for name in told & words)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ASKED)
def test_example_is_what_the_api_answers(shipped: None, reader: Reader, name: str) -> None:
    examples = json.loads(EXAMPLES.read_text())

    assert examples[name] == shorten(reader.fetch(ASKED[name]).json())


@pytest.mark.django_db
def test_example_of_a_report_is_taken(shipped: None, reader: Reader, django_user_model: Any) -> None:
    owner = django_user_model.objects.create_user("contributor")
    bearer = f"Bearer {issue_token(owner=owner, name='tests')[1]}"

    answer = reader.post("/api/v1/reports/", json.dumps(REPORT), "application/json", headers={"Authorization": bearer})

    assert answer.status_code == 201


def test_every_kind_of_problem_is_explained() -> None:
    assert TITLES.keys() == MEANINGS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["docs/", "docs/problems/", "schema/"])
def test_documentation_is_served_from_own_assets(reader: Reader, path: str) -> None:
    answer = reader.fetch(path)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<style" not in text
    assert "onload=" not in text
    assert answer.headers["Content-Security-Policy"].count("default-src 'self'") == 1


def changed(path: str, value: object = None) -> dict[str, Any]:
    """The description with one thing taken out, or set."""
    other = copy.deepcopy(DESCRIPTION)
    *steps, last = path.split(" > ")
    place: Any = other
    for step in steps:
        place = place[int(step) if isinstance(place, list) else step]
    if value is None:
        del place[int(last) if isinstance(place, list) else last]
    else:
        place[last] = value
    return other


def test_description_beside_itself_breaks_nothing() -> None:
    assert breaking_differences(DESCRIPTION, DESCRIPTION) == []


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("paths > /api/v1/states/", None, "GET /api/v1/states/ is gone."),
        (
            "paths > /api/v1/states/ > get > parameters > 0",
            None,
            "GET /api/v1/states/: the parameter known_at is gone.",
        ),
        ("paths > /api/v1/states/ > get > responses > 304", None, "GET /api/v1/states/: the answer 304 is gone."),
        (
            "paths > /api/v1/states/ > get > operationId",
            "x",
            "GET /api/v1/states/: it is no longer called list_states.",
        ),
        ("components > schemas > State", None, "the document State is gone."),
        ("components > schemas > State > properties > name", None, "State.name is gone."),
        (
            "components > schemas > Meta > properties > edition > type",
            "string",
            "Meta.edition was integer and is string.",
        ),
        ("components > schemas > Stage > enum > 0", None, "Stage no longer has the value signed."),
        ("components > schemas > Meta > required > 0", None, "Meta.as_of may be missing now."),
    ],
)
def test_what_clients_rely_on_cannot_go_unseen(path: str, value: object, sentence: str) -> None:
    assert breaking_differences(DESCRIPTION, changed(path, value)) == [sentence]
    assert breaking_differences(promise_of(DESCRIPTION), changed(path, value)) == [sentence]


@pytest.fixture
def released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a release keeps its promise, for this test."""
    monkeypatch.setattr("api.description.released.FILE", tmp_path / "released.json")
    return tmp_path / "released.json"


def test_promise_of_a_release_holds_until_the_next_whatever_was_committed_since(released: Path) -> None:
    more = changed("components > schemas > State > properties > anthem", {"type": "string"})
    write_released(more)

    with pytest.raises(CommandError, match=r"State\.anthem is gone\."):
        call_command("check_api_description")
    with pytest.raises(CommandError, match=r"State\.anthem is gone\."):
        call_command("check_api_description", release=True)


def test_release_promises_what_the_description_says_and_another_version_begins_anew(released: Path) -> None:
    write_released(changed("info > version", "0.9"))
    call_command("check_api_description", release=True)

    assert json.loads(released.read_text()) == promise_of(DESCRIPTION)
    assert "title" in promise_of(DESCRIPTION)["components"]["schemas"]["Event"]["properties"]
    assert DESCRIPTION["info"]["title"] not in released.read_text()


def test_object_that_is_told_closer_breaks_nothing() -> None:
    place = "components > schemas > EventRectification > properties > was"
    any_object = {"type": "object", "additionalProperties": True}

    assert breaking_differences(changed(place, any_object), DESCRIPTION) == []
    assert len(breaking_differences(DESCRIPTION, changed(place, any_object))) == 1
    assert len(breaking_differences(changed(place, any_object), changed(place, {"type": "string"}))) == 1


def test_null_breaks_what_is_answered_and_not_what_is_sent() -> None:
    text, or_null = {"type": "string"}, {"anyOf": [{"type": "string"}, {"type": "null"}]}
    sent = "components > schemas > EventDraft > properties > office"
    answered = "components > schemas > Event > properties > title"

    assert breaking_differences(changed(sent, text), changed(sent, or_null)) == []
    assert breaking_differences(changed(answered, text), changed(answered, or_null)) == [
        "Event.title was string and is null or string."
    ]


def objects_of_which_nothing_is_said() -> list[str]:
    """Where the description leaves a program to guess."""
    return [
        f"{name}.{field}"
        for name, schema in DESCRIPTION["components"]["schemas"].items()
        for field, told in schema.get("properties", {}).items()
        if '"additionalProperties": true' in json.dumps(told)
        or (told.get("type") == "object" and not {"properties", "additionalProperties"} & set(told))
    ]


def test_no_document_is_any_object() -> None:
    assert objects_of_which_nothing_is_said() == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", DESCRIPTION["paths"])
def test_example_of_an_address_leads_somewhere(shipped: None, reader: Reader, path: str) -> None:
    named = DESCRIPTION["paths"][path]["get"]["parameters"]
    examples = {one["name"]: one["example"] for one in named if one["in"] == "path"}

    answer = reader.fetch(path.format(**examples))

    if path == "/api/v1/check/":
        # A check needs something to check.
        assert answer.status_code == 400
        return
    # Nothing was put right, packed, or reported in the shipped data.
    empty = {
        "/data/package/{edition}/{name}",
        "/api/v1/rectifications/{number}/",
        "/api/v1/package/",
        "/api/v1/reports/",
        "/api/v1/reports/{number}/",
    }
    assert answer.status_code == 200 or path in empty


def test_what_is_added_breaks_nothing() -> None:
    schemas = DESCRIPTION["components"]["schemas"]
    fields = {**schemas["State"]["properties"], "anthem": {"type": "string"}}
    other = changed("components > schemas > State > properties", fields)
    other["components"]["schemas"]["Stage"]["enum"].append("celebrated")

    assert breaking_differences(DESCRIPTION, other) == []
