"""The messages of the protocol: one request in, one answer out. Both generations of clients are answered.

Since the version of July 2026 a request stands by itself; before it a client begins with a handshake, which is
answered, and of which nothing is kept.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import ValidationError

from api.mcp.answers import Call, refusal_of
from api.mcp.tools import TOOLS, described
from api.messages import describe
from tracker.domain.canonical import write_json
from tracker.domain.exceptions import TrackerError
from tracker.readmodel.clock import read_clock
from tracker.readmodel.log.snapshot import SCHEMA_VERSION

MODERN: Final = "2026-07-28"
HANDSHAKES: Final = ("2025-03-26", "2025-06-18", "2025-11-25")
_INSTRUCTIONS: Final = (
    "The record of how states join NATO: who has applied, what each ally still has to do, and who says so. Each act "
    "has its own day (approved, assented, deposited); never say “ratified” without naming it. Past days need `as_of`."
)
_SERVER: Final = {"name": "article10", "title": "Article 10", "version": SCHEMA_VERSION}

PARSE_ERROR, INVALID, NO_METHOD, BAD_PARAMS = -32700, -32600, -32601, -32602
_WRONG_VERSION: Final = -32022

Json = dict[str, Any]


class Fault(Exception):
    """A request that cannot be answered, by the codes of JSON-RPC."""

    def __init__(self, code: int, message: str, data: Json | None = None) -> None:
        self.code, self.data = code, data
        super().__init__(message)


def answer(message: object) -> Json | None:
    """The answer to one message; None to a notification, which takes none."""
    if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
        return _error(None, Fault(INVALID, "Send one JSON-RPC 2.0 request."))
    if "id" not in message:
        return None
    try:
        return {"jsonrpc": "2.0", "id": message["id"], "result": _result(message)}
    except Fault as fault:
        return _error(message["id"], fault)


def _error(key: object, fault: Fault) -> Json:
    data = {"data": fault.data} if fault.data else {}
    return {"jsonrpc": "2.0", "id": key, "error": {"code": fault.code, "message": str(fault), **data}}


def _result(message: Mapping[str, Any]) -> Json:
    does = _METHODS.get(str(message.get("method")))
    if does is None:
        raise Fault(NO_METHOD, f"There is no method {str(message.get('method'))[:60]} here; there are tools.")
    params = message.get("params") or {}
    if not isinstance(params, dict):
        raise Fault(BAD_PARAMS, "`params` is an object.")
    _check_version(params)
    return does(params)


def _check_version(params: Mapping[str, Any]) -> None:
    meta = params.get("_meta")
    asked = meta.get("io.modelcontextprotocol/protocolVersion") if isinstance(meta, dict) else None
    if asked is not None and asked not in {MODERN, *HANDSHAKES}:
        supported = [MODERN, *HANDSHAKES]
        raise Fault(_WRONG_VERSION, "That version is not spoken here.", {"supported": supported, "requested": asked})


def _initialize(params: Mapping[str, Any]) -> Json:
    asked = params.get("protocolVersion")
    return {
        "protocolVersion": asked if asked in HANDSHAKES else HANDSHAKES[-1],
        "capabilities": {"tools": {}},
        "serverInfo": _SERVER,
        "instructions": _INSTRUCTIONS,
    }


def _discover(params: Mapping[str, Any]) -> Json:
    return {
        "resultType": "complete",
        "supportedVersions": [MODERN, *HANDSHAKES],
        "capabilities": {"tools": {}},
        "instructions": _INSTRUCTIONS,
        "ttlMs": 3_600_000,
        "cacheScope": "public",
        "_meta": {"io.modelcontextprotocol/serverInfo": _SERVER},
    }


def _list(params: Mapping[str, Any]) -> Json:
    tools = [described(tool) for tool in TOOLS.values()]
    return {"resultType": "complete", "tools": tools, "ttlMs": 3_600_000, "cacheScope": "public"}


def _call(params: Mapping[str, Any]) -> Json:
    tool = TOOLS.get(str(params.get("name")))
    if tool is None:
        raise Fault(BAD_PARAMS, f"There is no such tool; there are {', '.join(TOOLS)}.")
    try:
        arguments = tool.takes.model_validate(params.get("arguments") or {})
        clock = read_clock({"as_of": getattr(arguments, "as_of", None) or ""})
        found = tool.does(Call(arguments, clock))
    except ValidationError as error:
        return _refused("; ".join(f"{'.'.join(map(str, one['loc']))}: {describe(one)}" for one in error.errors()))
    except TrackerError as error:
        return _refused(refusal_of(error))
    return _told(found)


def _told(found: Json) -> Json:
    text = write_json(found).decode()
    return {"resultType": "complete", "content": [{"type": "text", "text": text}], "structuredContent": found}


def _refused(because: str) -> Json:
    """A refusal is a result, so that the model reads it and asks again."""
    return {"resultType": "complete", "content": [{"type": "text", "text": because}], "isError": True}


def _nothing(params: Mapping[str, Any]) -> Json:
    return {}


_METHODS: Final[Mapping[str, Callable[[Mapping[str, Any]], Json]]] = {
    "initialize": _initialize,
    "server/discover": _discover,
    "ping": _nothing,
    "tools/list": _list,
    "tools/call": _call,
}
