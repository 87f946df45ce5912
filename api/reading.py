"""Reading the parameters of a request by their declaration: each mistake is named, with what would be right."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from django.http import QueryDict
from pydantic import BaseModel, ValidationError

from api.messages import describe
from api.problems import Problem

_REPLACED: Final = "�"

P = TypeVar("P", bound=BaseModel)


def read_parameters(model: type[P], query: QueryDict) -> P:
    """The parameters of the request. Raises a problem that names every one that is unknown or has a bad value."""
    given = _once_each(query, model)
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise refuse(_errors(error, model, given)) from error


def refuse(errors: list[dict[str, str]]) -> Problem:
    """The problem of these parameters."""
    return Problem(400, " ".join(error["detail"] for error in errors), kind="bad-parameter", errors=errors)


def _once_each(query: QueryDict, model: type[BaseModel]) -> dict[str, str]:
    """Each parameter with its value; several values of one that takes several, as if they stood in one."""
    errors = []
    given = {name: [str(value) for value in values if value] for name, values in query.lists()}
    for name, values in given.items():
        if len(values) > 1 and not _takes_several(model, name):
            errors.append(_error(name, "it is given more than once, and takes one value"))
        elif any(bad in f"{name}{''.join(values)}" for bad in (_REPLACED, "\0")):
            errors.append(_error(name, "it is no valid UTF-8, or holds a null"))
    if errors:
        raise refuse(errors)
    # An empty value says nothing, as from a form that was left blank.
    return {name: ",".join(values) for name, values in given.items() if values}


def _takes_several(model: type[BaseModel], name: str) -> bool:
    field = model.model_fields.get(name)
    return field is not None and "tuple[" in str(field.annotation)


def _errors(error: ValidationError, model: type[BaseModel], given: Mapping[str, str]) -> list[dict[str, str]]:
    errors: dict[str, dict[str, str]] = {}
    for mistake in error.errors():
        name = str(mistake["loc"][0])
        if mistake["type"] == "extra_forbidden" and name == "as_of":
            because = "this tells what is known and cannot be asked as of a day; ask `known_at` instead"
        elif mistake["type"] == "extra_forbidden":
            known = sorted(field.alias or name for name, field in model.model_fields.items())
            because = f"there is no such parameter; known are {', '.join(known) or 'none'}"
        else:
            because = f"“{given.get(name, '')[:60]}” cannot be answered: {describe(mistake)}"
        errors.setdefault(name, _error(name, because))
    return list(errors.values())


def _error(name: str, because: str) -> dict[str, str]:
    return {"parameter": name[:60], "detail": f"{name[:60]}: {because}."}


Check = Callable[[str], object]


def check_codes(parameters: BaseModel, known: Check) -> None:
    """Refuse a code that names nobody. Raises a problem that names parameter and code."""
    errors = [
        _error(name, f"“{code}” is no state or organisation on record; use a code such as TUR")
        for name, codes in _codes(parameters)
        for code in codes
        if not known(code)
    ]
    if errors:
        raise refuse(errors)


def with_codes(parameters: P, alpha3: Callable[[str], str]) -> P:
    """The parameters with the codes of three letters where they name states by two, as addresses may too."""
    short = {name: codes for name, codes in _codes(parameters) if any(len(code) == 2 for code in codes)}
    if not short:
        return parameters
    return parameters.model_copy(update={name: tuple(map(alpha3, codes)) for name, codes in short.items()})


_CODES: Final = (
    "accession",
    "applicant",
    "ally",
    "actor",
    "party",
    "asked_by",
    "owed_by",
    "code",
    "pending",
    "unknown",
)


def _codes(parameters: BaseModel) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in (*_CODES, *getattr(parameters, "further_codes", ())):
        if isinstance(codes := getattr(parameters, name, None), tuple):
            yield name, codes


def check_fields(
    wanted: Sequence[str], known: Sequence[str], is_known: Check, parts: Collection[str], included: Sequence[str]
) -> tuple[str, ...]:
    """The fields asked for, then the parts that come along all the same. Raises a problem that names an unknown one."""
    if unknown := [name for name in wanted if not is_known(name)]:
        detail = f"fields: there is no field “{unknown[0]}”; known are {', '.join(known)}."
        raise refuse([{"parameter": "fields", "detail": detail}])
    heads = [name.partition(".")[0] for name in wanted]
    if missing := [name for name in heads if name in parts and name not in included]:
        detail = f"fields: “{missing[0]}” comes along with include={missing[0]} only."
        raise refuse([{"parameter": "fields", "detail": detail}])
    return tuple(dict.fromkeys([*wanted, *included]))
