"""The open-data interfaces, by samples of their documented shape."""

import json
from typing import Any

import pytest

from tests.sources.conftest import PageOf
from tracker.domain.vocabulary import EventKind
from tracker.sources.findings import Suggestion, Tally
from tracker.sources.readers.base import NotUnderstood
from tracker.sources.registry import READERS

K = EventKind


def suggestions(key: str, page_of: PageOf, sample: str, **options: Any) -> list[Suggestion]:
    """What the sample is taken for."""
    return [finding.suggestion for finding in READERS[key].read(page_of(sample), options)]


def acts(key: str, page_of: PageOf, sample: str, **options: Any) -> list[tuple[str | None, str | None, str | None]]:
    """Accession, kind and date of each find."""
    return [(found.accession, found.kind, found.date) for found in suggestions(key, page_of, sample, **options)]


def test_uk_treaties_of_a_list_gives_layings_and_conclusion(page_of: PageOf) -> None:
    assert acts("uk_treaties", page_of, "uk_treaties.json") == [
        ("SWE", K.LAID, "2022-07-06"),
        ("SWE", K.LAID, "2022-07-06"),
        ("SWE", K.CONSENT, None),
        (None, None, "2022-07-07"),
    ]


def test_uk_treaties_with_words_leaves_out_other_treaties(page_of: PageOf) -> None:
    found = READERS["uk_treaties"].read(page_of("uk_treaties.json"), {"words": ["north atlantic treaty"]})

    assert {finding.suggestion.accession for finding in found} == {"SWE"}
    assert found[0].url == "https://treaties.parliament.uk/treaty/Swe1/"
    assert found[0].summary == "CP 1"


def test_uk_treaties_of_business_items_reads_the_old_and_the_new_shape(page_of: PageOf) -> None:
    assert acts("uk_treaties", page_of, "uk_business_items.json", accessions=["SWE"]) == [
        ("SWE", K.LAID, "2022-07-06"),
        ("SWE", K.LAID, "2022-07-06"),
        ("SWE", None, "2022-07-06"),
    ]


def test_us_congress_gives_each_act_to_each_accession_of_the_document(page_of: PageOf) -> None:
    found = acts("us_congress", page_of, "us_actions.json", accessions=["FIN", "SWE"])

    assert [(kind, day) for code, kind, day in found if code == "SWE"] == [
        (K.CHAMBER_VOTE, "2022-08-03"),
        (K.CONSENT, "2022-08-03"),
        (K.COMMITTEE_VOTE, "2022-07-19"),
        (K.SUBMITTED, "2022-07-11"),
        (None, "2022-08-03"),
    ]
    assert len(found) == 10


def test_us_congress_reads_the_votes_of_the_senate(page_of: PageOf) -> None:
    vote = suggestions("us_congress", page_of, "us_actions.json", accessions=["SWE"])[0]

    assert (vote.ally, vote.office, vote.votes) == ("USA", "Senate", Tally(95, 1))


def test_us_congress_without_accession_suggests_no_act(page_of: PageOf) -> None:
    assert {kind for _, kind, _ in acts("us_congress", page_of, "us_actions.json")} == {None}


def test_riksdag_of_a_list_suggests_only_what_its_title_names(page_of: PageOf) -> None:
    found = READERS["riksdag"].read(page_of("riksdag_list.json"), {})

    assert [(one.suggestion.accession, one.suggestion.kind) for one in found] == [("SWE", None), (None, None)]
    assert found[0].url == "https://data.riksdagen.se/dokument/HA0374.html"


def test_riksdag_of_a_report_takes_what_happened_and_not_what_is_planned(page_of: PageOf) -> None:
    found = suggestions("riksdag", page_of, "riksdag_status.json", accessions=["UKR"])

    assert [(one.ally, one.kind, one.date) for one in found] == [
        ("SWE", K.COMMITTEE_VOTE, "2023-03-16"),
        ("SWE", K.CHAMBER_VOTE, "2023-03-22"),
        ("SWE", None, "2023-03-23"),
    ]


def test_riksdag_on_the_accession_of_sweden_itself_takes_the_vote_for_the_applicant(page_of: PageOf) -> None:
    found = suggestions("riksdag", page_of, "riksdag_status.json")

    assert [(one.accession, one.ally, one.kind) for one in found][1] == ("SWE", None, K.APPLICANT_VOTE)


@pytest.mark.parametrize("hits", ["0", 0])
def test_riksdag_of_an_empty_list_finds_nothing(hits: object, page_of: PageOf) -> None:
    body = json.dumps({"dokumentlista": {"@traffar": hits}}).encode()

    assert READERS["riksdag"].read(page_of(body), {}) == []


def test_sejm_of_a_process_gives_its_stages_with_both_chambers(page_of: PageOf) -> None:
    assert acts("sejm", page_of, "sejm_process.json") == [
        ("SWE", K.SUBMITTED, "2022-07-06"),
        ("SWE", None, "2022-07-07"),
        ("SWE", None, "2022-07-07"),
        ("SWE", K.CHAMBER_VOTE, "2022-07-07"),
        ("SWE", K.CHAMBER_VOTE, "2022-07-20"),
        ("SWE", K.ASSENTED, "2022-07-22"),
    ]


def test_sejm_never_takes_one_chamber_for_the_consent(page_of: PageOf) -> None:
    found = suggestions("sejm", page_of, "sejm_process.json")

    assert K.CONSENT not in {one.kind for one in found}
    assert [one.office for one in found if one.kind is K.CHAMBER_VOTE] == ["Sejm", "Senat"]
    assert found[3].votes == Tally(442, 0, 0, 18)


def test_sejm_of_votings_takes_the_vote_on_the_whole_and_not_on_an_amendment(page_of: PageOf) -> None:
    assert acts("sejm", page_of, "sejm_votings.json") == [
        ("SWE", K.CHAMBER_VOTE, "2022-07-07"),
        ("SWE", None, "2022-07-07"),
    ]


def test_bundestag_of_a_proceeding_keeps_signature_and_gazette_apart(page_of: PageOf) -> None:
    found = acts("bundestag", page_of, "dip_vorgang.json", accessions=["SWE"])

    assert found == [
        ("SWE", None, None),
        ("SWE", K.ASSENTED, "2022-07-11"),
        ("SWE", K.PUBLISHED, "2022-07-14"),
    ]


def test_bundestag_of_a_bill_on_two_states_concerns_both_accessions(page_of: PageOf) -> None:
    findings = READERS["bundestag"].read(page_of("dip_vorgang.json", "application/json"), {})

    assert {(one.suggestion.accession, *one.suggestion.also) for one in findings} == {("FIN", "SWE")}


def test_bundestag_of_positions_takes_the_last_reading_for_the_vote(page_of: PageOf) -> None:
    assert acts("bundestag", page_of, "dip_positionen.json") == [
        ("SWE", K.SUBMITTED, "2022-07-05"),
        ("SWE", None, "2022-07-08"),
        ("SWE", K.CHAMBER_VOTE, "2022-07-08"),
        ("SWE", None, "2022-07-06"),
        ("SWE", None, "2022-07-06"),
    ]


SAMPLES = [
    ("uk_treaties", "uk_treaties.json"), ("uk_treaties", "uk_business_items.json"), ("us_congress", "us_actions.json"),
    ("riksdag", "riksdag_list.json"), ("riksdag", "riksdag_status.json"), ("sejm", "sejm_process.json"),
    ("sejm", "sejm_votings.json"), ("bundestag", "dip_vorgang.json"), ("bundestag", "dip_positionen.json"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "sample"), SAMPLES)
def test_read_twice_gives_the_same_fingerprints_and_no_two_alike(key: str, sample: str, page_of: PageOf) -> None:
    options = {"accessions": ["FIN", "SWE"]}
    first = [finding.fingerprint for finding in READERS[key].read(page_of(sample), options)]
    second = [finding.fingerprint for finding in READERS[key].read(page_of(sample), options)]

    assert first == second
    assert len(set(first)) == len(first) > 0


@pytest.mark.parametrize(("key", "sample"), SAMPLES)
def test_read_gives_evidence_with_every_find(key: str, sample: str, page_of: PageOf) -> None:
    for finding in READERS[key].read(page_of(sample), {}):
        assert finding.title
        assert finding.quote
        assert finding.place.startswith("$")
        assert finding.url.startswith("https://")


STRANGE = [
    b"",
    b"<html>Please log in</html>",
    b"{}",
    b"[1, 2]",
    b"null",
    b'{"items": {"value": 1}}',
    b'{"actions": "none"}',
    b'{"actions": [{"text": 5}]}',
    b'{"value": {"id": "x"}}',
    b'{"dokumentlista": {"@traffar": "12"}}',
    b'{"dokumentlista": {"@traffar": "many"}}',
    b'{"documents": [{"typ": "Drucksache"}]}',
    b'{"stages": [{"stageName": "x", "stageType": "Start", "date": "yesterday"}], "title": "t", "number": "1"}',
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"items": [NaN]}',
    "{“items”: []}".encode("utf-16"),
    b"\xff\xfe\x00",
    b'{"x": "' + b"\xe9" + b'"}',
]


@pytest.mark.parametrize("key", ["uk_treaties", "us_congress", "riksdag", "sejm", "bundestag"])
@pytest.mark.parametrize("body", STRANGE, ids=range(len(STRANGE)))
def test_read_of_a_strange_document_says_so_loudly(key: str, body: bytes, page_of: PageOf) -> None:
    with pytest.raises(NotUnderstood) as complaint:
        READERS[key].read(page_of(body), {})

    assert complaint.value.where
    assert complaint.value.expected


def test_read_of_a_changed_layout_names_the_place(page_of: PageOf) -> None:
    body = b'{"actions": [{"text": "Considered.", "type": "Floor", "dateOfAction": "2022-08-03"}]}'

    with pytest.raises(
        NotUnderstood, match=r"\$\.actions\[0\]: expected a member “actionDate”, found an object with text, type"
    ):
        READERS["us_congress"].read(page_of(body), {})


def test_read_with_a_new_conclusion_does_not_guess(page_of: PageOf) -> None:
    body = b'{"value": {"id": "x", "name": "n", "parliamentaryConclusion": "Lapsed"}}'

    with pytest.raises(NotUnderstood, match="parliamentaryConclusion: expected CanRatify"):
        READERS["uk_treaties"].read(page_of(body), {})


def test_sejm_with_stages_in_stages_without_end_is_not_followed(page_of: PageOf) -> None:
    stage = '{"stageName": "x", "stageType": "y", "children": [' * 30 + "]}" * 30
    body = f'{{"title": "t", "number": "1", "stages": [{stage}]}}'.encode()

    with pytest.raises(NotUnderstood, match="levels of stages"):
        READERS["sejm"].read(page_of(body), {})
