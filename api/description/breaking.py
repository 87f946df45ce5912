"""What of a description has changed in a way that breaks the promise of stability."""

from collections.abc import Iterator
from typing import Any, Final

Json = dict[str, Any]
_METHODS = ("get", "post", "put", "patch", "delete")


def breaking_differences(before: Json, after: Json) -> list[str]:
    """One sentence for each thing that a client may rely on and that is no longer so."""
    return [*_of_paths(before["paths"], after["paths"]), *_of_schemas(_schemas(before), _schemas(after))]


def _schemas(description: Json) -> Json:
    found: Json = description.get("components", {}).get("schemas", {})
    return found


def _of_paths(before: Json, after: Json) -> Iterator[str]:
    for path, methods in before.items():
        for method in (one for one in methods if one in _METHODS):
            now = after.get(path, {}).get(method)
            if now is None:
                yield f"{method.upper()} {path} is gone."
                continue
            yield from (f"{method.upper()} {path}: {one}" for one in _of_operation(methods[method], now))


def _of_operation(before: Json, after: Json) -> Iterator[str]:
    yield from _of_parameters(_parameters(before), _parameters(after))
    yield from (f"the answer {status} is gone." for status in before["responses"] if status not in after["responses"])
    if before.get("operationId") != after.get("operationId"):
        yield f"it is no longer called {before.get('operationId')}."


def _of_parameters(was: dict[str, Json], now: dict[str, Json]) -> Iterator[str]:
    for name in was:
        if name not in now:
            yield f"the parameter {name} is gone."
        else:
            yield from _of_schema(f"the parameter {name}", was[name]["schema"], now[name]["schema"])
    new = set(now) - set(was)
    yield from (f"the new parameter {name} is required." for name in sorted(new) if now[name].get("required"))


def _parameters(operation: Json) -> dict[str, Json]:
    return {one["name"]: one for one in operation.get("parameters", [])}


def _of_schemas(before: Json, after: Json) -> Iterator[str]:
    for name, was in before.items():
        if name not in after:
            yield f"the document {name} is gone."
            continue
        yield from _of_schema(name, was, _as_before(was, after[name]) if name.endswith("Draft") else after[name])


def _as_before(was: Json, now: Json) -> Json:
    """What is sent, without the nulls that may be sent now too: who never sends one loses nothing."""
    before = was.get("properties", {})
    fields = {
        name: _without_null(told) if _NULL not in _options(before.get(name, {})) else told
        for name, told in now.get("properties", {}).items()
    }
    return {**now, "properties": fields}


def _without_null(schema: Json) -> Json:
    options = [one for one in _options(schema) if one != _NULL]
    return options[0] if len(options) == 1 else {**schema, "anyOf": options}


_NULL: Final[Json] = {"type": "null"}


def _of_schema(name: str, was: Json, now: Json) -> Iterator[str]:
    yield from _of_properties(name, was.get("properties", {}), now.get("properties", {}))
    if _type(was) != _type(now) and not _is_told_closer(was, now) and not _has_more_documents(was, now):
        yield f"{name} was {_type(was)} and is {_type(now)}."
    gone = [value for value in was.get("enum", []) if value not in now.get("enum", [])]
    yield from (f"{name} no longer has the value {value}." for value in gone)
    looser = set(was.get("required", [])) - set(now.get("required", []))
    yield from (f"{name}.{field} may be missing now." for field in sorted(looser))


def _of_properties(name: str, was: Json, now: Json) -> Iterator[str]:
    for field, told in was.items():
        if field not in now:
            yield f"{name}.{field} is gone."
        else:
            yield from _of_schema(f"{name}.{field}", told, now[field])


def _is_told_closer(was: Json, now: Json) -> bool:
    """Whether what could be any object is now one of some documents, and null only if it could be null before."""
    before, after = ([one for one in _options(told) if one != _NULL] for told in (was, now))
    may_be_null = _NULL in _options(was) or _NULL not in _options(now)
    return may_be_null and all(map(_is_any_object, before)) and all("$ref" in one for one in after)


def _has_more_documents(was: Json, now: Json) -> bool:
    """Whether it was one of several documents, which a field beside it tells apart, and may be a further one now."""
    before, after = _options(was), _options(now)
    added = [one for one in after if one not in before]
    return len(before) > 1 and all(one in after for one in before) and all("$ref" in one for one in added)


def _options(schema: Json) -> list[Json]:
    options: list[Json] = schema.get("anyOf", [schema])
    return options


def _is_any_object(schema: Json) -> bool:
    return schema.get("type") == "object" and "properties" not in schema and schema.get("additionalProperties") is True


def _type(schema: Json) -> str:
    """The type in one word: also of what may be null, of lists, and of references."""
    if "anyOf" in schema:
        return " or ".join(sorted(_type(one) for one in schema["anyOf"]))
    if "items" in schema:
        return f"list of {_type(schema['items'])}"
    return str(schema.get("$ref", schema.get("type", "anything"))).rpartition("/")[2]
