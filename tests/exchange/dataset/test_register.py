"""The register in the shipped data: nobody speaks in another's name, for each kind of fault over all claims."""

from collections.abc import Iterator

import pytest

from tracker.domain.dates import PartialDate
from tracker.domain.exceptions import NotTheirWord
from tracker.domain.facts import AssessmentFact, CommitmentFact, StatementFact
from tracker.domain.standing.speaking import ORGANS, VOICES, check_statement, check_word, speakers_for, voice_of
from tracker.domain.vocabulary import Claim, SpeakerKind, StatementForm
from tracker.exchange.dataset import read_dataset

DATASET = read_dataset()
COMMITMENTS = {one.key: one for one in DATASET.commitments}
CLAIMS = {claim.key: (claim, one) for one in DATASET.commitments for claim in one.assessments}
STATEMENTS = {one.key: one for one in DATASET.statements}
MADE_IN = {key: one for one in DATASET.statements for key in one.claims}
STATES = {party.code for party in DATASET.parties if party.kind == "state"}


def claims() -> Iterator[tuple[AssessmentFact, CommitmentFact, StatementFact]]:
    """Each claim with its commitment and the statement that it was made in."""
    for key, (claim, commitment) in CLAIMS.items():
        yield claim, commitment, MADE_IN[key]


def test_every_claim_was_made_in_one_statement_and_each_statement_s_claims_are_there() -> None:
    hanging = [key for one in DATASET.statements for key in one.claims]

    assert sorted(hanging) == sorted(CLAIMS)


def test_no_claim_of_a_state_is_of_one_who_is_not_its_organ() -> None:
    guilty = [
        claim.key
        for claim, _, statement in claims()
        if claim.by in STATES and not {one.kind for one in speakers_for(claim.by, statement.speakers)} & ORGANS
    ]

    assert guilty == []


def test_who_is_no_organ_stands_under_the_code_of_a_voice() -> None:
    quoted = {SpeakerKind.MEDIA, SpeakerKind.OPPOSITION, SpeakerKind.UNNAMED, SpeakerKind.MEMBERS}
    found = {one.kind for statement in DATASET.statements for one in statement.speakers}

    assert quoted <= found
    assert {
        voice_of(one) for statement in DATASET.statements for one in statement.speakers if one.kind in quoted
    } == VOICES


def test_every_statement_can_be_as_it_is_told() -> None:
    for statement in DATASET.statements:
        check_statement(statement, {key: CLAIMS[key] for key in statement.claims})


def test_nobody_says_a_word_that_is_another_s() -> None:
    def is_another_s(claim: AssessmentFact, commitment: CommitmentFact) -> bool:
        try:
            check_word(claim, commitment)
        except NotTheirWord:
            return True
        return False

    assert [claim.key for claim, commitment, _ in claims() if is_another_s(claim, commitment)] == []


def test_who_asks_disputes_nothing_before_another_has_spoken() -> None:
    first = {
        one.key: min(one.assessments, key=lambda claim: (str(claim.occurred.latest), claim.key))
        for one in DATASET.commitments
        if one.assessments
    }

    assert [
        claim.key
        for key, claim in first.items()
        if claim.status is Claim.DISPUTED and claim.by in COMMITMENTS[key].asked_by
    ] == []


def test_claims_older_than_their_text_are_few_and_known() -> None:
    older = {
        claim.key
        for claim, commitment, _ in claims()
        if (text := PartialDate.parse(commitment.stems_from.date).earliest)
        and claim.occurred.latest
        and claim.occurred.latest < text
    }

    # The parliament voted on the constitution before the memorandum; the claim is marked as older than the text.
    assert older == {"mou-06d-se-constitution-swe-2022-04-06"}


def test_joint_text_has_claims_of_each_who_signed_it() -> None:
    joint = [one for one in DATASET.statements if one.is_joint and one.form is StatementForm.TEXT]

    assert len(joint) >= 4
    for statement in joint:
        signed = {voice_of(speaker) for speaker in statement.speakers}
        assert {CLAIMS[key][0].by for key in statement.claims} == signed, statement.key


def test_general_statement_hangs_under_no_clause() -> None:
    general = [one for one in DATASET.statements if one.general]

    assert general
    assert not any(CLAIMS[key][1].stems_from.clause for one in general for key in one.claims)


def test_relations_lead_from_commitment_to_commitment_both_ways() -> None:
    ties = {(tie.kind.value, tie.of, tie.to) for one in DATASET.statements for tie in one.relations}

    assert {code for _, of, to in ties for code in (of, to)} <= set(COMMITMENTS)
    assert ("depends_on", "vil-07-tr-forward-protocol", "se-tr-f16") in ties
    assert ("depends_on", "se-tr-f16", "se-us-ratify-before-f16") in ties


def fact(key: str) -> tuple[str, str, str]:
    """Of one claim: by whom, what, and when."""
    claim = CLAIMS[key][0]
    return claim.by, claim.status.value, str(claim.occurred)


# Each fault of the audit, by its number, with what is right.
RIGHT = {
    "CL1a": ("vil-04-special-coordinator-tur-2023-10-30", ("PRESS", "pledged", "2023-10-30")),
    "CL1b": ("vil-04-special-coordinator-tur-2023-10-13", ("PRESS", "fulfilled", "2023-10-13")),
    "CL2": ("mou-05b-prevent-pkk-activities-tur-2023-11-16-2", ("PARTY", "disputed", "2023-11-16")),
    "CL3a": ("se-tr-f16-usa-2023-02", ("UNNAMED", "rejected", "2023-02")),
    "CL3b": ("se-tr-f16-usa-2023-05-30", ("USA", "rejected", "2023-05-30")),
    "CL3c": ("se-us-ratify-before-f16-usa-2023-02-02", ("MEMBERS", "asked", "2023-02-02")),
    "CL3d": ("se-us-ratify-before-f16-usa-2024-01-26", ("MEMBERS", "fulfilled", "2024-01-26")),
    "CL4": ("se-tr-canada-optics-can-2024-01", ("UNNAMED", "pledged", "2024-01-26")),
    "CL7": ("vil-07-tr-forward-protocol-tur-2023-07-12", ("TUR", "pledged", "2023-07-12")),
    "CL8a": ("visegrad-tr-eu-1997-tur-1997-01-28", ("TUR", "asked", "1997-01-28")),
    "CL8b": ("visegrad-tr-eu-1997-tur-1997-03-26", ("TUR", "withdrawn", "1997-03-26")),
    "CL9": ("mou-10-tr-supports-invitation-tur-2022-07-05", ("TUR", "disputed", "2022-06-30")),
    "CL10a": ("mk-gr-name-2008-grc-2019-02", ("GRC", "fulfilled", "2019-02-08")),
    "CL10b": ("mk-gr-name-2008-grc-2019-01", ("GRC", "fulfilled", "2019-01-25")),
    "CL11": ("se-tr-quran-tur-2023-01-23", ("TUR", "asked", "2023-01-23")),
    "CL13": ("vil-03a-security-compact-tur-2024-09-18", ("SWE", "in_progress", "2024-09-18")),
    "CL14a": ("hr-si-border-2009-svn-2009-02-16", ("SVN", "disputed", "2009-02-16")),
    "CL14b": ("hr-si-border-2009-svn-2009-02-09", ("SVN", "waived", "2009-02-09")),
    "CL15": ("mou-08a-dialogue-cooperation-tur-2022-06-28", ("TUR", "pledged", "2022-06-28")),
    "CL16": ("mou-08b-fight-terrorism-legislation-fin-2022-06-28", ("FIN", "pledged", "2022-06-28")),
    "CL18": ("mou-06c-se-further-legislation-swe-2023-07-10", ("SWE", "fulfilled", "2023-07-10")),
    "CL19a": ("se-tr-memorandum-overall-tur-2023-12-26", ("TUR", "in_progress", "2023-12-26")),
    "CL19b": ("mou-08c-extradition-fin-2022-09-08", ("FIN", "in_progress", "2022-09-08")),
    "CL22a": ("mou-08c-extradition-swe-2022-12", ("SWE", "in_progress", "2022-12-19")),
    "CL22b": ("mou-07b-arms-export-framework-fin-2023-02", ("FIN", "in_progress", "2023-02-19")),
    "CL22c": ("se-tr-memorandum-overall-swe-2023-06", ("SWE", "fulfilled", "2023-06-01")),
    "CL22d": ("mou-06c-se-further-legislation-swe-2023-05", ("SWE", "fulfilled", "2023-05-01/2023-05-05")),
    "icj": ("mk-gr-interim-accord-icj-2011-12-05", ("ICJ", "breached", "2011-12-05")),
    "bih": ("ba-map-defence-property-nato-2018-12-05", ("NATO", "waived", "2018-12-05")),
    "ie": ("ie-partition-1949-usa-1949-02-09", ("USA", "rejected", "1949-02-09")),
}


@pytest.mark.parametrize("key", sorted(RIGHT))
def test_fault_of_the_audit_is_put_right(key: str) -> None:
    claim, right = RIGHT[key]

    assert fact(claim) == right


@pytest.mark.parametrize(
    "key",
    [
        "mou-08c-extradition-swe-2023-09-20",
        "mou-06a-fi-criminal-code-tur-2023-03-17",
        "mou-06b-se-terrorist-offences-act-nato-2023-06-04",
        "mou-05b-prevent-pkk-activities-nato-2023-06-04",
        "mou-05b-prevent-pkk-activities-tur-2023-01-23",
    ],
)
def test_claim_that_was_spread_over_a_clause_is_taken_back(key: str) -> None:
    assert key not in CLAIMS


def test_texts_of_the_audit_are_put_right() -> None:
    def stem(key: str) -> str:
        return COMMITMENTS[key].stems_from.date

    assert (stem("se-tr-f16"), stem("se-tr-130-persons"), stem("se-tr-demonstrations")) == (
        "2021-10",
        "2022-05-16",
        "2023-01-15",
    )
    assert (stem("se-hu-respect"), stem("se-hu-gripen")) == ("2023-02-23", "2024-01-25")
    assert "as soon as possible" not in COMMITMENTS["vil-07-tr-forward-protocol"].detail
    assert COMMITMENTS["mou-06c-se-further-legislation"].stems_from.clause == "6"
    assert "TUR" in COMMITMENTS["mou-07a-no-arms-embargo"].owed_by
    assert {"SWE", "FIN"} <= set(COMMITMENTS["mou-08b-fight-terrorism-legislation"].owed_by)
    assert COMMITMENTS["nordic-hr-bosnia-law"].office == "President of the Republic"
    assert "Kocsis" not in COMMITMENTS["se-hu-visit"].stems_from.text
    assert "not seen" not in COMMITMENTS["mou-08e-disinformation"].detail + COMMITMENTS["mou-08g-csdp-pesco"].detail
    for key in ("vil-05-defence-trade", "vil-06a-economic", "vil-06b-eu-process"):
        assert any("nato.int" in source.url for source in COMMITMENTS[key].sources)


def test_demand_that_changes_has_its_figures_by_day_and_speaker() -> None:
    given = sorted(
        (str(claim.occurred), claim.by, figure.count)
        for claim in COMMITMENTS["se-tr-130-persons"].assessments
        for figure in claim.figures
    )

    assert given == [
        ("2022-05-16", "PRESS", 33),
        ("2022-05-25", "PRESS", 12),
        ("2022-05-25", "PRESS", 28),
        ("2022-06-29", "TUR", 12),
        ("2022-06-29", "TUR", 21),
        ("2022-06-30", "TUR", 73),
        ("2023-01-15", "TUR", 130),
        ("2023-03-17", "TUR", 120),
    ]


def test_text_and_spoken_gloss_of_vilnius_are_two_statements() -> None:
    written = STATEMENTS["vilnius-press-statement-2023-07-10"]
    spoken = STATEMENTS["stoltenberg-press-conference-2023-07-10"]
    [gloss] = spoken.claims

    assert (written.form, spoken.form) == (StatementForm.TEXT, StatementForm.SPOKEN)
    assert spoken.speakers[0].told_by == "Jens Stoltenberg, Secretary General of NATO"
    due = CLAIMS[gloss][0].due
    assert due is not None
    assert due.wording == "as soon as possible"
    assert CLAIMS["vil-07-tr-forward-protocol-tur-2023-07-10"][0].due is None


def test_what_could_not_be_expressed_is_on_record() -> None:
    ireland = COMMITMENTS["ie-partition-1949"]

    assert ireland.accessions == ()
    assert [(claim.by, claim.status.value) for claim in ireland.assessments] == [("IRL", "asked"), ("USA", "rejected")]


def test_deadlines_stand_with_who_named_them() -> None:
    named = {key: claim.due for key, (claim, _) in CLAIMS.items() if claim.due}

    assert named["mou-07b-arms-export-framework-swe-2023-11-30"].by == "2024-11-30"
    assert len(named) >= 6
