"""Numbers in English, in figures and in words."""

import re
from typing import Final

_WORDS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS: Final = {
    word: 10 * tens
    for tens, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_VALUES: Final = {word: value for value, word in enumerate(_WORDS.split())} | _TENS
_IRREGULAR: Final = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
    "twentieth": 20,
    "thirtieth": 30,
}
_REGULAR: Final = {f"{word}th": value for word, value in _VALUES.items() if value not in _IRREGULAR.values()}
_ORDINALS: Final = _REGULAR | _IRREGULAR
_WORD: Final = "|".join([*_VALUES, "hundred"])
_SPELT: Final = re.compile(rf"\b(?:{_WORD})(?:(?:[ -]| and )(?:{_WORD}))*\b", re.IGNORECASE)
_SPELT_PLACE: Final = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})[ -])?(?P<last>{'|'.join(_ORDINALS)})\b", re.IGNORECASE
)


def in_figures(text: str) -> str:
    """The text with its numbers and its places in figures: `thirty-first` as `31st`."""
    return _SPELT.sub(lambda match: str(_value(match[0])), _SPELT_PLACE.sub(_place, text))


def _place(match: re.Match[str]) -> str:
    tens = _TENS[match["tens"].lower()] if match["tens"] else 0
    number = tens + _ORDINALS[match["last"].lower()]
    # Small places are words of their own: “the first to ratify”.
    return match[0] if number < 4 else f"{number}th"


def _value(text: str) -> int:
    total = 0
    for word in re.split(r"[ -]+", text.lower()):
        total = max(total, 1) * 100 if word == "hundred" else total + _VALUES.get(word, 0)
    return total
