"""The matrix of an accession: what was asked by whom of whom, each side's last word, and what changed since a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.facts import FigureFact
from tracker.domain.standing.speaking import ORGANS
from tracker.domain.vocabulary import ClaimBasis, ClaimRole, CommitmentCategory, Reached, RelationKind
from tracker.readmodel.commitments.dated import DatedCommitment, ToldClaim, Voice, commitments_by, with_voices
from tracker.readmodel.commitments.recorded import RecordedCommitment, RecordedStatement


@dataclass(frozen=True)
class Side:
    """One party on its side of a commitment, with its last word; None where none is on record."""

    code: str
    voice: Voice | None


@dataclass(frozen=True)
class MatrixRow:
    """One commitment: those who ask and those who owe, who else spoke, and what was said since a day."""

    commitment: DatedCommitment
    asking: tuple[Side, ...]
    owing: tuple[Side, ...]
    others: tuple[Voice, ...]
    since: tuple[ToldClaim, ...]


@dataclass(frozen=True)
class Relation:
    """That one commitment is tied to another, by a statement."""

    kind: RelationKind
    of: RecordedCommitment
    to: RecordedCommitment
    statement: RecordedStatement


@dataclass(frozen=True)
class Said:
    """One claim, and the commitment that it is on."""

    commitment: DatedCommitment
    claim: ToldClaim


def matrix(commitments: Iterable[RecordedCommitment], day: date, since: date | None = None) -> list[MatrixRow]:
    """The commitments that were spoken of by the day, in the order of their texts."""
    return [_row(commitment, since) for commitment in commitments_by(commitments, day)]


def _row(commitment: DatedCommitment, since: date | None) -> MatrixRow:
    voices = {voice.by: voice for voice in commitment.voices}
    fact = commitment.fact
    others = tuple(voice for voice in commitment.voices if voice.is_below or voice.roles == {ClaimRole.THIRD})
    return MatrixRow(
        commitment,
        tuple(Side(code, voices.get(code)) for code in fact.asked_by),
        tuple(Side(code, voices.get(code)) for code in fact.owed_by),
        tuple(voice for voice in others if not (voice.by in fact.asked_by and not _is_several(voice, others))),
        tuple(claim for claim in commitment.claims if since and (claim.fact.occurred.latest or date.min) > since),
    )


def _is_several(voice: Voice, others: Sequence[Voice]) -> bool:
    """Whether several speak under the code of the voice, of whom only one has the cell of who asks."""
    return sum(one.by == voice.by for one in others) > 1


def relations_on(
    statements: Iterable[RecordedStatement], commitments: Iterable[RecordedCommitment], day: date
) -> list[Relation]:
    """What ties one commitment to another, as somebody had said by the day, in the order in which it was said."""
    by_key = {commitment.key: commitment for commitment in commitments}
    said = sorted(
        (one for one in statements if one.fact.occurred.by(day) is Reached.REACHED),
        key=lambda one: (one.fact.occurred.latest or date.max, one.key),
    )
    return [
        Relation(relation.kind, by_key[relation.of], by_key[relation.to], statement)
        for statement in said
        for relation in statement.fact.relations
        if relation.of in by_key and relation.to in by_key
    ]


def across_texts(commitment: RecordedCommitment, relations: Sequence[Relation], day: date) -> list[Said]:
    """All that was said of a commitment, and of those texts in which it was said again or that took its place."""
    keys, found = {commitment.key}, [commitment]
    ties = [relation for relation in relations if relation.kind is not RelationKind.DEPENDS_ON]
    for _ in ties:
        for tie in ties:
            for one, other in ((tie.of, tie.to), (tie.to, tie.of)):
                if one.key in keys and other.key not in keys:
                    keys.add(other.key)
                    found.append(other)
    said = [Said(dated, claim) for dated in (with_voices(one, day) for one in found) for claim in dated.claims]
    return sorted(said, key=lambda one: (one.claim.age, one.claim.fact.key))


def decisions(commitments: Iterable[RecordedCommitment], day: date) -> list[Said]:
    """What organs of states decided on extraditions by the day, newest first."""
    said = (
        Said(commitment, claim)
        for commitment in commitments_by(commitments, day)
        if commitment.fact.category is CommitmentCategory.EXTRADITION
        for claim in commitment.claims
        if claim.fact.basis is ClaimBasis.ACT and all(speaker.kind in ORGANS for speaker in claim.speakers)
    )
    return sorted(said, key=lambda one: one.claim.age)


def figures(commitments: Iterable[RecordedCommitment], day: date) -> list[tuple[Said, FigureFact]]:
    """The numbers that parties gave by the day, oldest first: each stands with who gave it."""
    found = [
        (Said(commitment, claim), figure)
        for commitment in commitments_by(commitments, day)
        for claim in commitment.claims
        for figure in claim.fact.figures
    ]
    return sorted(found, key=lambda one: -one[0].claim.age)
