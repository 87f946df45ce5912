"""The decision and its result, and not the name of the stage: what was refused, put off or undone is no act."""

import json
from typing import Any

import pytest

from tests.sources.conftest import PageOf
from tracker.domain.vocabulary import EventKind
from tracker.sources.registry import READERS

K = EventKind
Kinds = set[EventKind | None]


def outcomes(reader: str, document: Any, page_of: PageOf) -> set[str | None]:
    """How the votes of the document ended."""
    found = READERS[reader].read(page_of(json.dumps(document).encode()), {"accessions": ["UKR"]})
    return {one.suggestion.outcome for one in found if one.suggestion.kind is K.CHAMBER_VOTE}


def kinds(reader: str, document: Any, page_of: PageOf, accession: str = "UKR") -> Kinds:
    """What the finds of the document are taken for."""
    page = page_of(json.dumps(document).encode())
    return {one.suggestion.kind for one in READERS[reader].read(page, {"accessions": [accession]})}


def process(*stages: dict[str, Any]) -> dict[str, Any]:
    return {"term": 10, "number": "77", "title": "Ustawa o ratyfikacji protokołu", "stages": list(stages)}


def stage(kind: str, name: str, **told: Any) -> dict[str, Any]:
    return {"stageType": kind, "stageName": name, "date": "2026-10-01", **told}


def voting(topic: str, yes: int, no: int) -> dict[str, Any]:
    tally = {"yes": yes, "no": no, "abstain": 0, "sitting": 1, "votingNumber": 2, "date": "2026-10-01T12:00:00"}
    return stage("Voting", "Głosowanie", voting={**tally, "topic": topic})


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (stage("SenatePosition", "Stanowisko Senatu", position="nie wniósł poprawek"), K.CHAMBER_VOTE),
        (stage("SenatePosition", "Stanowisko Senatu", position="przyjął ustawę bez poprawek"), K.CHAMBER_VOTE),
        (stage("SenatePosition", "Stanowisko Senatu", position="odrzucił ustawę"), None),
        (stage("SenatePosition", "Stanowisko Senatu", position="wniósł poprawki"), None),
        (stage("SenatePosition", "Stanowisko Senatu"), None),
        (stage("PresidentSignature", "Prezydent podpisał ustawę"), K.ASSENTED),
        (stage("PresidentSignature", "Podpis Prezydenta", decision="odmówił podpisania"), None),
        (stage("PresidentSignature", "Prezydent nie podpisał ustawy"), None),
        (stage("PresidentSignature", "Podpis Prezydenta", decision="skierował do Trybunału Konstytucyjnego"), None),
        (stage("PresidentSignature", "Podpis Prezydenta"), None),
        (voting("głosowanie nad całością projektu ustawy", 430, 5), K.CHAMBER_VOTE),
        (voting("wniosek o odrzucenie projektu ustawy w całości", 5, 430), None),
        (voting("odrzucenie w pierwszym czytaniu całości projektu", 430, 5), None),
        (voting("głosowanie nad poprawką 3", 430, 5), None),
    ],
)
def test_sejm_goes_by_what_was_decided(told: dict[str, Any], kind: EventKind | None, page_of: PageOf) -> None:
    assert kinds("sejm", process(told), page_of) == {kind}


WHOLE = "Resolution of advice and consent to ratification"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{WHOLE} agreed to in Senate by Yea-Nay Vote. 95 - 1.", {K.CHAMBER_VOTE, K.CONSENT}),
        (f"{WHOLE} as amended agreed to in Senate by Division Vote.", {K.CHAMBER_VOTE, K.CONSENT}),
        (f"{WHOLE} agreed to as amended in Senate by Yea-Nay Vote. 95 - 1.", {K.CHAMBER_VOTE, K.CONSENT}),
        (f"{WHOLE} with conditions and declarations, agreed to in Senate.", {K.CHAMBER_VOTE, K.CONSENT}),
        (f"{WHOLE} not agreed to in Senate by Yea-Nay Vote. 60 - 39.", {K.CHAMBER_VOTE}),
        (f"{WHOLE} failed of the two-thirds and was not agreed to.", {None}),
        (f"Motion to table the {WHOLE.lower()} agreed to in Senate by Yea-Nay Vote. 51 - 49.", {None}),
        (f"Amendment to the {WHOLE.lower()} agreed to in Senate by Voice Vote.", {None}),
        (f"Senate reconsidered the vote by which the {WHOLE.lower()} was agreed to.", {None}),
        (f"Motion to reconsider the vote by which {WHOLE.lower()} agreed to, rejected.", {None}),
        ("Committee on Foreign Relations. Ordered to be reported favorably.", {K.COMMITTEE_VOTE}),
        ("Committee on Foreign Relations. Ordered to be reported without recommendation.", {None}),
        ("Committee on Foreign Relations. Ordered to be reported unfavorably.", {None}),
    ],
)
def test_congress_goes_by_what_was_agreed_to(text: str, expected: Kinds, page_of: PageOf) -> None:
    document = {"actions": [{"actionDate": "2026-11-10", "text": text, "type": "Floor"}]}

    assert kinds("us_congress", document, page_of) == expected
    lost = {"lost"} if expected == {K.CHAMBER_VOTE} else {"carried"} if K.CHAMBER_VOTE in expected else set()
    assert outcomes("us_congress", document, page_of) == lost


@pytest.mark.parametrize(
    ("chamber", "step", "tenor", "kind"),
    [
        ("BT", "2. Beratung und Schlussabstimmung", "Annahme der Vorlage", K.CHAMBER_VOTE),
        ("BT", "2. Beratung und Schlussabstimmung", "Annahme in Ausschussfassung", K.CHAMBER_VOTE),
        ("BT", "2. Beratung und Schlussabstimmung", "Ablehnung der Vorlage", K.CHAMBER_VOTE),
        ("BT", "2. Beratung und Schlussabstimmung", "Annahme der Entschließung", None),
        ("BT", "2. Beratung und Schlussabstimmung", "Annahme der Beschlussempfehlung", None),
        ("BT", "2. Beratung und Schlussabstimmung", "Absetzung von der Tagesordnung", None),
        ("BR", "2. Durchgang", "Zustimmung", K.CHAMBER_VOTE),
        ("BR", "2. Durchgang", "Zustimmungsverweigerung", K.CHAMBER_VOTE),
        ("BR", "2. Durchgang", "Versagung der Zustimmung", K.CHAMBER_VOTE),
        ("BR", "1. Durchgang", "keine Einwendungen", None),
        ("BT", "1. Beratung", "Annahme der Vorlage", None),
    ],
)
def test_bundestag_goes_by_what_was_resolved(
    chamber: str, step: str, tenor: str, kind: EventKind | None, page_of: PageOf
) -> None:
    decided = {
        "typ": "Vorgangsposition", "id": "1", "titel": "Gesetz zum Nordatlantikvertrag", "datum": "2026-10-01",
        "vorgangsposition": step, "zuordnung": chamber, "beschlussfassung": [{"beschlusstenor": tenor}],
    }  # fmt: skip

    assert kinds("bundestag", decided, page_of) == {None, kind}
    ended = "carried" if tenor.startswith("Annahme") or tenor == "Zustimmung" else "lost"
    assert outcomes("bundestag", decided, page_of) == ({ended} if kind else set())


def report(*points: dict[str, str], status: str = "inträffat") -> dict[str, Any]:
    document = {
        "dok_id": "x", "doktyp": "bet", "rm": "2026/27", "beteckning": "UU1", "datum": "2026-10-01", "organ": "UU",
        "titel": "Ukrainas anslutning", "dokument_url_html": "//data.riksdagen.se/x",
    }  # fmt: skip
    activity = {"kod": "BES", "namn": "Beslut", "datum": "2026-10-01", "status": status}
    decided = {"dokutskottsforslag": {"utskottsforslag": list(points)}} if points else {}
    return {"dokumentstatus": {"dokument": document, "dokaktivitet": {"aktivitet": [activity]}, **decided}}


def point(text: str, winner: str = "utskottet") -> dict[str, str]:
    return {"punkt": "1", "forslag": text, "vinnare": winner}


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (report(point("Riksdagen godkänner protokollet.")), K.CHAMBER_VOTE),
        (report(point("Riksdagen <br/>antar regeringens förslag.")), K.CHAMBER_VOTE),
        (report(point("Riksdagen avslår propositionen.")), None),
        (report(point("Riksdagen godkänner protokollet."), point("Riksdagen avslår motion 1.")), K.CHAMBER_VOTE),
        (report(point("Riksdagen antar motion 1."), point("Riksdagen avslår regeringens proposition.")), None),
        (report(point("Riksdagen godkänner protokollet.", "reservation 1")), None),
        (report(point("Riksdagen godkänner protokollet."), status="planerat"), None),
        (report(point("Riksdagen godkänner protokollet."), status="inställt"), None),
        (report(), None),
    ],
)
def test_riksdag_goes_by_what_the_chamber_decided(
    document: dict[str, Any], kind: EventKind | None, page_of: PageOf
) -> None:
    assert kinds("riksdag", document, page_of) == {kind}


@pytest.mark.parametrize(
    ("conclusion", "expected"),
    [("CanRatify", {K.CONSENT}), ("CantRatify", {K.OBJECTION}), ("NotConcluded", set())],
)
def test_uk_treaties_goes_by_the_conclusion(conclusion: str, expected: Kinds, page_of: PageOf) -> None:
    treaty = {"id": "1", "name": "Protocol", "parliamentaryConclusion": conclusion, "webLink": "https://a.example/1"}

    assert kinds("uk_treaties", {"value": treaty}, page_of) == expected


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        ("Treaty laid before the House of Commons", K.LAID),
        ("Laid before House of Lords", K.LAID),
        ("Motion on the treaty laid before the House of Commons withdrawn", None),
        ("Objection period ends", None),
    ],
)
def test_uk_treaties_goes_by_the_step(step: str, kind: EventKind | None, page_of: PageOf) -> None:
    item = {"id": "1", "itemDate": "2026-10-01T00:00:00", "steps": [step], "link": "https://a.example/1"}

    assert kinds("uk_treaties", {"value": item}, page_of) == {kind}
