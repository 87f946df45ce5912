"""What a document tells in words, told in another language than the one that the edition keeps it in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import override

from tracker.domain.canonical import Row
from tracker.language.sentences import answer
from tracker.readmodel.commitments import say_standing, with_voices
from tracker.readmodel.edition import Edition


def accession_in(edition: Edition, row: Mapping[str, Any], day: date, language: str) -> Row:
    """What is told in words of an accession, in that language: its name, and the answer."""
    code, names = row["code"], edition.names_in(language, day)
    with override(language):
        return Row(name=names.get(code, code), answer=answer(edition.standing(code, day), names))


def state_in(edition: Edition, row: Mapping[str, Any], day: date, language: str) -> Row:
    """What is told in words of a state, in that language: its name."""
    return Row(name=edition.names_in(language, day).get(row["code"], row["name"]))


def commitment_in(edition: Edition, row: Mapping[str, Any], day: date, language: str) -> Row:
    """What is told in words of a commitment, in that language: where it stands, by the words of each party."""
    commitment = next(one for one in edition.commitments if one.key == row["key"])
    with override(language):
        return Row(answer=say_standing(with_voices(commitment, day), edition.names_in(language, day)))
