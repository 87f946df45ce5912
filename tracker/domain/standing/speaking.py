"""Who may say what of a commitment, and for whom: tables, and the checks that follow from them. No database in here.

Only its organs speak for a state. Whoever else is quoted speaks under the code of a voice, and stands below.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from tracker.domain.commitment_facts import AssessmentFact, CommitmentFact, SpeakerFact, StatementFact
from tracker.domain.exceptions import (
    NotAVoiceOf,
    NotTheirWord,
    SignatorySilent,
    SpreadOverClauses,
)
from tracker.domain.vocabulary import Claim, ClaimRole, SpeakerKind, StatementForm

# What speaks for a state; an organisation speaks for itself.
ORGANS: Final = frozenset(
    {
        SpeakerKind.HEAD_OF_STATE,
        SpeakerKind.GOVERNMENT,
        SpeakerKind.PARLIAMENT,
        SpeakerKind.COURT,
        SpeakerKind.AGENCY,
    }
)

# Under which code the claims of those stand who speak for no state.
VOICE_OF: Final[Mapping[SpeakerKind, str]] = {
    SpeakerKind.MEMBERS: "MEMBERS",
    SpeakerKind.PARTY_IN_GOVERNMENT: "PARTY",
    SpeakerKind.OPPOSITION: "PARTY",
    SpeakerKind.MEDIA: "PRESS",
    SpeakerKind.UNNAMED: "UNNAMED",
}
VOICES: Final = frozenset(VOICE_OF.values())

_ALL: Final = frozenset(ClaimRole)
_ASKS: Final = frozenset({ClaimRole.ASKS})
_OWES: Final = frozenset({ClaimRole.OWES})

# Which part somebody has to have in a commitment to say each word of it.
MAY_SAY: Final[Mapping[Claim, frozenset[ClaimRole]]] = {
    Claim.ASKED: _ASKS,
    Claim.PLEDGED: _OWES,
    Claim.IN_PROGRESS: _ALL,
    Claim.PARTLY: _ALL,
    Claim.FULFILLED: _ALL,
    Claim.DISPUTED: _ALL,
    Claim.REJECTED: _ALL,
    Claim.BREACHED: _ALL,
    Claim.WITHDRAWN: _ASKS | _OWES,
    Claim.WAIVED: _ASKS,
    Claim.LAPSED: _ALL,
    Claim.SUPERSEDED: _ALL,
}


def voice_of(speaker: SpeakerFact) -> str:
    """The code under which the claims of the speaker stand."""
    return VOICE_OF.get(speaker.kind, speaker.party)


def speakers_for(code: str, speakers: Iterable[SpeakerFact]) -> tuple[SpeakerFact, ...]:
    """Those of the speakers whose claims stand under that code."""
    return tuple(speaker for speaker in speakers if voice_of(speaker) == code)


def roles_in(code: str, asked_by: Collection[str], owed_by: Collection[str]) -> frozenset[ClaimRole]:
    """Which part that party has in a commitment: it may both ask and owe."""
    found = {ClaimRole.ASKS: code in asked_by, ClaimRole.OWES: code in owed_by}
    return frozenset(role for role, has in found.items() if has) or frozenset({ClaimRole.THIRD})


def check_word(claim: AssessmentFact, commitment: CommitmentFact) -> None:
    """Refuse a word that the party may not say in its part: only who asks has asked. Raises `NotTheirWord`."""
    roles = roles_in(claim.by, commitment.asked_by, commitment.owed_by)
    if claim.by in VOICES and claim.by not in commitment.asked_by:
        # A newspaper may say that somebody pledged: it is told as the newspaper's, whatever the word.
        return
    if not roles & MAY_SAY[claim.status]:
        raise NotTheirWord(claim.status, claim.by, commitment.key)


def check_statement(statement: StatementFact, claims: Mapping[str, tuple[AssessmentFact, CommitmentFact]]) -> None:
    """Refuse a statement in which somebody speaks in another's name. `claims` are those that hang from it, by key.

    Raises `NotAVoiceOf` for a claim of somebody who is no speaker of it, `SpreadOverClauses` for a general statement
    under a clause, and `SignatorySilent` for a joint text that one of those who signed it has no claim from.
    """
    voices = {voice_of(speaker) for speaker in statement.speakers}
    for claim, commitment in claims.values():
        if claim.by not in voices:
            raise NotAVoiceOf(claim.by, claim.key, statement.key)
        if statement.general and commitment.stems_from.clause:
            raise SpreadOverClauses(statement.key, commitment.key)
    if statement.form is StatementForm.TEXT and statement.is_joint:
        _check_each_speaks(statement, claims, voices)


def _check_each_speaks(
    statement: StatementFact, claims: Mapping[str, tuple[AssessmentFact, CommitmentFact]], voices: set[str]
) -> None:
    """Refuse a joint text of which only some of those who signed it are told: at all, or of what they owe.

    Who asks has asked in the commitment itself: it need not be told once more.
    """
    spoken = {(commitment.key, claim.by) for claim, commitment in claims.values()}
    heard = {by for _, by in spoken}
    owing = {(commitment.key, code) for _, commitment in claims.values() for code in commitment.owed_by}
    for key, code in sorted(owing - spoken):
        if code in voices:
            raise SignatorySilent(code, statement.key, key)
    for code in sorted(voices - heard if heard else ()):
        raise SignatorySilent(code, statement.key, next(iter(sorted(key for key, _ in spoken))))
