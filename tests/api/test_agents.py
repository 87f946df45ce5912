"""The door for agents: both generations of the protocol, and tools whose sentence stands on the page they cite."""

import json
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from api.mcp.tools import TOOLS
from tests.api.conftest import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]

DAY = "2023-10-30"
CALLS = [
    ("who_is_missing", {"accession": "Sweden", "as_of": DAY}),
    ("who_is_missing", {"accession": "SWE", "act": "deposited", "as_of": DAY}),
    ("who_is_missing", {"accession": "GRC", "as_of": "1952-01-20"}),
    ("status", {"accession": "SWE", "as_of": DAY}),
    ("status", {"accession": "SWE", "ally": "Turkey", "as_of": DAY}),
    ("status", {"accession": "UKR"}),
    ("verify", {"accession": "SWE", "ally": "TUR", "act": "approved", "by": "2023-12-31"}),
    ("verify", {"statement": "Hungary ratified Sweden’s accession on 26 February 2024"}),
    ("verify", {"accession": "SWE", "subject": "allies", "act": "approved", "at": DAY, "missing": "HUN,TUR"}),
    ("verify", {"act": "commitment", "commitment": "se-tr-memorandum-overall"}),
    ("changes_since", {"since": "2500", "accession": "SWE"}),
    ("commitments", {"accession": "SWE", "as_of": DAY}),
    ("search", {"q": "PKK Stockholm"}),
    ("cite", {"accession": "SWE", "ally": "HUN", "as_of": DAY}),
]
SAYS_IT = {"who_is_missing", "status", "verify"}


def send(reader: Reader, method: str, params: dict[str, Any] | None = None, **headers: str) -> Any:
    """The answer to one message."""
    message = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params or {}}
    response = reader.post("/mcp/", json.dumps(message), content_type="application/json", headers=headers)
    assert response.status_code == 200, response.content
    return response.json()


def call(reader: Reader, name: str, arguments: dict[str, Any]) -> Any:
    """The result of one tool."""
    return send(reader, "tools/call", {"name": name, "arguments": arguments})["result"]


@pytest.mark.parametrize("version", ["2025-03-26", "2025-06-18", "2025-11-25"])
def test_a_client_that_shakes_hands_is_answered_and_nothing_is_kept(reader: Reader, version: str) -> None:
    hello = {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}

    response = reader.post("/mcp/", json.dumps(message), content_type="application/json")

    assert response.json()["result"]["protocolVersion"] == version
    assert "Mcp-Session-Id" not in response.headers
    assert not response.cookies


def test_a_client_that_shakes_no_hands_learns_what_is_spoken(reader: Reader) -> None:
    found = send(reader, "server/discover")["result"]

    assert "2026-07-28" in found["supportedVersions"]
    meta = {"io.modelcontextprotocol/protocolVersion": "2031-01-01"}
    assert send(reader, "tools/list", {"_meta": meta})["error"]["code"] == -32022


def test_every_tool_says_what_it_takes_and_that_the_past_needs_its_day(reader: Reader) -> None:
    tools = send(reader, "tools/list")["result"]["tools"]

    assert [tool["name"] for tool in tools] == list(TOOLS)
    for tool in tools:
        assert tool["inputSchema"]["type"] == "object"
        assert tool["annotations"]["readOnlyHint"] is True
        assert "as_of" in tool["inputSchema"]["properties"] or tool["name"] == "changes_since"


def test_every_tool_is_tried_here() -> None:
    assert {name for name, _arguments in CALLS} == set(TOOLS)


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_a_tool_answers_in_few_words_with_a_sentence_that_its_address_shows(
    reader: Reader, name: str, arguments: dict[str, Any]
) -> None:
    result = call(reader, name, arguments)
    found = result["structuredContent"]

    assert json.loads(result["content"][0]["text"]) == found
    # Four letters or so are a token.
    assert len(result["content"][0]["text"]) <= 2000
    assert found["edition"] == 2549 or found["edition"] > 2549
    path = found["cite_url"].removeprefix(settings.BASE_URL)
    page = reader.get(path)
    assert page.status_code == 200, path
    if name in SAYS_IT:
        assert found["answer"].rstrip(".") in unescape(page.content.decode())
    assert urlsplit(path).path.startswith("/")


def test_unknown_is_told_apart_from_not(reader: Reader) -> None:
    found = call(reader, "who_is_missing", {"accession": "SWE", "act": "deposited", "as_of": DAY})["structuredContent"]

    assert found["missing"] == ["HUN", "TUR"]
    assert not set(found["unknown"]) & set(found["missing"])
    assert found["act"] == "deposited"


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("status", {"accession": "Atlantis"}, "names no state on record"),
        ("status", {"accession": "SWE", "as_of": "1960-01-01"}, "No accession of Sweden is on record by 1960-01-01"),
        ("status", {"accession": "SWE", "as_of": "2023-02-30"}, "Ask again"),
        ("status", {"accession": "SWE", "colour": "blue"}, "colour"),
        ("verify", {"statement": "Nice weather in Brussels"}, "Acts are"),
        ("verify", {}, "Nothing is asked"),
    ],
)
def test_a_refusal_is_a_result_that_says_what_to_ask_next(
    reader: Reader, name: str, arguments: dict[str, Any], told: str
) -> None:
    result = call(reader, name, arguments)

    assert result["isError"] is True
    assert told in result["content"][0]["text"]
    assert "structuredContent" not in result


def test_the_edges_of_the_protocol(reader: Reader) -> None:
    assert send(reader, "tools/call", {"name": "no_such"})["error"]["code"] == -32602
    assert send(reader, "resources/list")["error"]["code"] == -32601
    assert send(reader, "ping")["result"] == {}
    note = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    assert reader.post("/mcp/", json.dumps(note), content_type="application/json").status_code == 202
    assert reader.post("/mcp/", "{", content_type="application/json").json()["error"]["code"] == -32700
    assert reader.post("/mcp/", "[]", content_type="application/json").json()["error"]["code"] == -32600
    assert reader.get("/mcp/").status_code == 405
    foreign = reader.post("/mcp/", "{}", content_type="application/json", headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
