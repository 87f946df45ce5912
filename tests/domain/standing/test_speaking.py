"""Who may say what of a commitment, and in whose name: the tables, and what is refused."""

import pytest

from tests.facts import claim, commitment
from tracker.domain.exceptions import NotAVoiceOf, NotTheirWord, SignatorySilent, SpreadOverClauses
from tracker.domain.facts import SpeakerFact, StatementFact
from tracker.domain.standing.speaking import (
    MAY_SAY,
    ORGANS,
    VOICE_OF,
    check_statement,
    check_word,
    roles_in,
    speakers_for,
    voice_of,
)
from tracker.domain.vocabulary import Claim, ClaimRole, SpeakerKind


def said(**values: object) -> StatementFact:
    """A statement of Sweden's prime minister, unless told otherwise."""
    speakers = values.pop("speakers", ({"party": "SWE", "kind": "government", "office": "Prime Minister"},))
    given = {"key": "said", "date": "2023-07-10", "form": "spoken", "title": "Interview", "confidence": "high"}
    return StatementFact.model_validate({**given, "speakers": speakers, **values})


def speaker(kind: SpeakerKind, party: str = "TUR") -> SpeakerFact:
    """One who speaks as that."""
    return SpeakerFact(party=party, kind=kind)


JOINT = ({"party": "SWE", "kind": "government"}, {"party": "TUR", "kind": "head_of_state"})


def test_each_word_may_be_said_by_somebody() -> None:
    assert set(MAY_SAY) == set(Claim)
    assert all(MAY_SAY.values())


def test_nobody_but_organs_and_organisations_speaks_under_a_name_of_its_own() -> None:
    own = {kind for kind in SpeakerKind if voice_of(speaker(kind)) == "TUR"}

    assert own == ORGANS | {SpeakerKind.ORGANISATION}
    assert set(VOICE_OF) == set(SpeakerKind) - own


@pytest.mark.parametrize("kind", sorted(VOICE_OF))
def test_claim_of_a_state_in_the_mouth_of_another_is_refused(kind: SpeakerKind) -> None:
    told = said(speakers=({"party": "SWE", "kind": kind},), claims=["c"])
    pair = claim(key="c", by="SWE"), commitment(owed_by=["SWE"])

    with pytest.raises(NotAVoiceOf):
        check_statement(told, {"c": pair})


@pytest.mark.parametrize(
    ("status", "by"),
    [
        ("asked", "SWE"),
        ("waived", "SWE"),
        ("pledged", "TUR"),
        ("asked", "NATO"),
        ("pledged", "NATO"),
        ("waived", "NATO"),
    ],
)
def test_word_that_is_another_s_to_say_is_refused(status: str, by: str) -> None:
    about = commitment(asked_by=["TUR"], owed_by=["SWE"])

    with pytest.raises(NotTheirWord):
        check_word(claim(by=by, status=status), about)


@pytest.mark.parametrize("status", [*Claim])
def test_who_both_asks_and_owes_may_say_every_word(status: Claim) -> None:
    check_word(claim(by="SWE", status=status), commitment(asked_by=["SWE"], owed_by=["SWE"]))


def test_general_statement_under_a_clause_is_refused() -> None:
    stems = {"text": "Memorandum", "date": "2022-06-28", "clause": "5"}
    pair = claim(key="c", by="SWE"), commitment(owed_by=["SWE"], stems_from=stems)

    with pytest.raises(SpreadOverClauses):
        check_statement(said(general=True, claims=["c"]), {"c": pair})
    check_statement(said(claims=["c"]), {"c": pair})


def test_joint_text_with_a_claim_of_one_that_signed_it_alone_is_refused() -> None:
    told = said(form="text", speakers=JOINT, claims=["c"])
    both_owe = commitment(asked_by=["NATO"], owed_by=["SWE", "TUR"])

    with pytest.raises(SignatorySilent):
        check_statement(told, {"c": (claim(key="c", by="SWE"), both_owe)})


def test_joint_text_in_which_who_asks_is_heard_elsewhere_is_taken() -> None:
    told = said(form="text", speakers=JOINT, claims=["c", "d"])
    one = claim(key="c", by="SWE"), commitment(key="one", asked_by=["TUR"], owed_by=["SWE"])
    other = claim(key="d", by="TUR"), commitment(key="other", asked_by=["SWE"], owed_by=["TUR"])

    check_statement(told, {"c": one, "d": other})
    with pytest.raises(SignatorySilent):
        check_statement(told, {"c": one})


def test_several_speakers_of_one_party_speak_under_one_code() -> None:
    two = (speaker(SpeakerKind.HEAD_OF_STATE), speaker(SpeakerKind.GOVERNMENT), speaker(SpeakerKind.MEDIA))

    assert speakers_for("TUR", two) == two[:2]
    assert speakers_for("PRESS", two) == two[2:]


def test_party_that_has_no_part_is_a_third() -> None:
    assert roles_in("NATO", ["TUR"], ["SWE"]) == {ClaimRole.THIRD}
    assert roles_in("TUR", ["TUR"], ["TUR"]) == {ClaimRole.ASKS, ClaimRole.OWES}
