"""The texts, codes, dates and addresses that facts are made of: trimmed, no longer than their column, without controls.

What one database would take and another refuse is refused here, with a reason.
"""

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, StringConstraints

from tracker.domain.dates import PartialDate

# No text of the record holds what nobody can see; the one database would take it, and the other not.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROL_BUT_LAYOUT: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NOT_IN_ADDRESSES: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")


def _check_line(value: str) -> str:
    if found := _CONTROL.search(value):
        raise ValueError(f"it holds the control character {found[0]!a}")
    return value


def _check_lines(value: str) -> str:
    value = value.replace("\r\n", "\n")
    if found := _CONTROL_BUT_LAYOUT.search(value):
        raise ValueError(f"it holds the control character {found[0]!a}")
    return value


def _read_date(value: object) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if not isinstance(value, str):
        raise ValueError("a date is text, such as 2022-10-23")
    return PartialDate.parse(value)


def check_date_text(value: str) -> str:
    """The text, if it is empty or a date. Raises `NotADate`."""
    if value:
        PartialDate.parse(value)
    return value


def check_address(value: str) -> str:
    """The text, if it is empty or an address of the web. Raises `ValueError`."""
    if value and not value.startswith(("https://", "http://")):
        raise ValueError("an address begins with https:// or http://")
    if value and (_NOT_IN_ADDRESSES.search(value) or not urlsplit(value).hostname):
        raise ValueError("an address names its host, and holds no spaces")
    return value


def _check_each_once(codes: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(codes)) < len(codes):
        raise ValueError("it names somebody twice")
    return codes


def _empty_for_none(value: object) -> object:
    return "" if value is None else value


def _none_for_empty(value: str) -> str | None:
    return value or None


def at_most(length: int) -> AfterValidator:
    """The rule that a text fits a column of the record; a longer one would be refused only by some databases."""

    def check(value: str) -> str:
        if len(value) > length:
            raise ValueError(f"it has more than {length} characters")
        return value

    return AfterValidator(check)


_TRIMMED: Final = StringConstraints(strip_whitespace=True)
_MAY_BE_NULL: Final = BeforeValidator(_empty_for_none)
_NULL_IF_EMPTY: Final = PlainSerializer(_none_for_empty)

# Text that may be missing, null in a document and empty in here: some lines, or one.
Text = Annotated[str, _TRIMMED, AfterValidator(_check_lines), _MAY_BE_NULL, _NULL_IF_EMPTY]
Line = Annotated[str, _TRIMMED, AfterValidator(_check_line), _MAY_BE_NULL, _NULL_IF_EMPTY]
# Text that may not: some lines, or one.
Account = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_check_lines)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_check_line)]
Headline = Annotated[Title, at_most(300)]
Name = Annotated[Title, at_most(200)]
ShortName = Annotated[Title, at_most(120)]
Word = Annotated[Title, at_most(60)]
Office = Annotated[Line, at_most(200)]
OwnName = Annotated[Line, at_most(120)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
ClaimKey = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=160)]
Code = Annotated[str, Field(pattern=r"^[A-Z]{2,8}$")]
Alpha2 = Annotated[str, Field(pattern=r"^([A-Z]{2})?$"), _MAY_BE_NULL, _NULL_IF_EMPTY]
# Who asks, or owes: in the order of the source, each once.
Side = Annotated[tuple[Code, ...], AfterValidator(_check_each_once)]
# Who else was there: a set, kept in order of code so that equal facts are equal documents.
Codes = Annotated[tuple[Code, ...], AfterValidator(lambda codes: tuple(sorted(set(codes))))]
Date = Annotated[PartialDate, BeforeValidator(_read_date), PlainSerializer(str)]
DateText = Annotated[Line, AfterValidator(check_date_text)]
Since = Annotated[DateText, at_most(10)]
Address = Annotated[str, Field(min_length=8, max_length=2000), AfterValidator(check_address)]
MaybeAddress = Annotated[Line, AfterValidator(check_address), at_most(2000)]
# A number, and not a text or a truth that could be taken for one.
Count = Annotated[int, Field(strict=True, ge=0, le=32_767)]
# A number of people.
Number = Annotated[int, Field(strict=True, ge=0, le=2_000_000_000)]
