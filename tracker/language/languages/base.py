"""What the site has to know of a language; what a language does not say is as in English, or as it is written."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def as_written(name: str) -> str:
    """The name, in a language that does nothing to it."""
    return name


def no_ending(_day: int) -> str:
    """Nothing, in a language that says “on” by a word, or not at all."""
    return ""


def base_letter(text: str) -> str:
    """The first letter of the text, small and without its mark."""
    return unicodedata.normalize("NFD", text[:1])[:1].casefold()


@dataclass(frozen=True, slots=True)
class Language:
    """One language."""

    code: str
    # Its own name for itself.
    name: str
    # Where it stands among those that readers are offered.
    place: int
    # The name of a state as the one who acts, and as the one whose something is.
    subject: Callable[[str], str] = as_written
    owner: Callable[[str], str] = as_written
    # Single states whose name takes the plural of a verb.
    plurals: frozenset[str] = frozenset()
    # A number as so many out of a greater one.
    part: Callable[[int], str] = str
    # What a day of the month takes at its end where something happened on it.
    on_day: Callable[[int], str] = no_ending
    # The letters that it adds to a to z, each after the one that it follows there.
    letters_after: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Letters that take the place of another one; only between equals does the difference count.
    letters_like: Mapping[str, str] = field(default_factory=dict)
    # Capitals whose small letter is another than elsewhere, and back.
    small_letters: Mapping[str, str] = field(default_factory=dict)
    # Whether many of its letters stand in the second file of the font, which is then wanted at once.
    needs_second_font: bool = False

    def lowered(self, text: str) -> str:
        """The text in small letters."""
        for capital, small in self.small_letters.items():
            text = text.replace(capital, small)
        return unicodedata.normalize("NFC", text).casefold()

    def capitalised(self, sentence: str) -> str:
        """The sentence with a capital at its beginning."""
        capitals = {small: capital for capital, small in self.small_letters.items()}
        return capitals.get(sentence[:1], sentence[:1].upper()) + sentence[1:]

    def inside(self, phrase: str) -> str:
        """The phrase with a small letter at its beginning, for where it stands inside a sentence."""
        return self.small_letters.get(phrase[:1], phrase[:1].lower()) + phrase[1:]
