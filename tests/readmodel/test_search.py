"""Search finds names, questions and words however they are typed, and nothing from later than the day asked about."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.conftest import Reader
from tracker.readmodel.clock import read_clock
from tracker.readmodel.edition import Edition
from tracker.readmodel.search import HitKind, search
from tracker.readmodel.search.index import Text, WordIndex, differ_by_one
from tracker.readmodel.search.questions import question_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]
SEARCHES = tomllib.loads(Path(__file__).with_name("searches.toml").read_text(encoding="utf-8"))["search"]
TODAY = date(2026, 1, 1)


@pytest.fixture
def record() -> Edition:
    return read_clock({}).record


def keys_found(record: Edition, typed: str, day: date = TODAY) -> list[str]:
    return [f"{hit.kind.value}:{hit.key}" for hit in search(record, day, typed).hits]


@pytest.mark.parametrize("wanted", SEARCHES, ids=lambda wanted: wanted["typed"])
def test_search_answers_first_what_was_looked_for(record: Edition, wanted: dict[str, str]) -> None:
    day = date.fromisoformat(wanted["on"]) if "on" in wanted else TODAY

    assert keys_found(record, wanted["typed"], day)[:1] == [wanted["first"]]


def test_there_are_forty_searches() -> None:
    assert len(SEARCHES) >= 40


@pytest.mark.parametrize("typed", ["Orbán", "orban", "ORBAN", "Órban"])
def test_words_are_found_without_their_marks(record: Edition, typed: str) -> None:
    assert keys_found(record, typed) == keys_found(record, "Orbán")
    assert "event:se2022-hu-condition-raised-orban-invitation" in keys_found(record, typed)


def test_words_are_found_in_any_order(record: Edition) -> None:
    assert keys_found(record, "senate vote washington") == keys_found(record, "washington vote senate")


def test_event_is_found_by_words_of_its_title_its_source_and_its_note(record: Edition) -> None:
    for event in record.events[::41]:
        publishers = [source["publisher"] for source in event.document["sources"][:1]]
        texts = (event.title, *publishers, event.document["detail"] or "")
        words = " ".join(word for text in texts for word in text.split()[:3])
        assert event.key in {hit.key for hit in search(record, date.max, words).of(HitKind.EVENT)}, words


def test_word_of_a_claim_leads_to_its_commitment(record: Edition) -> None:
    assert "commitment:mk-gr-interim-accord" in keys_found(record, "breach alleged")
    assert "commitment:mk-gr-interim-accord" not in keys_found(record, "breach alleged", date(2008, 4, 2))


@pytest.mark.parametrize("day", [date(2022, 7, 6), date(2023, 3, 30), date(2024, 1, 23)])
def test_nothing_from_later_than_the_day_is_found(record: Edition, day: date) -> None:
    keys = {hit.key for hit in search(record, day, "Sweden").of(HitKind.EVENT)}

    assert keys
    assert all(event.has_happened_by(day) for event in record.events if event.key in keys)


def test_accession_that_had_not_begun_is_not_found(record: Edition) -> None:
    assert keys_found(record, "Sweden", date(1990, 1, 1)) == ["state:SWE"]


def test_words_that_stand_nowhere_together_are_found_apart_and_said_to_be(record: Edition) -> None:
    result = search(record, TODAY, "gripen zugzwang")

    assert not result.is_whole
    assert result.hits[0].key == "se-hu-gripen"


def test_nothing_is_found_of_nothing(record: Edition) -> None:
    assert search(record, TODAY, "zzyzx").hits == ()
    assert search(record, TODAY, "   ").hits == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(typed=st.text(max_size=100))
def test_whatever_is_typed_is_answered(record: Edition, typed: str) -> None:
    result = search(record, TODAY, typed)

    assert len({(hit.kind, hit.key) for hit in result.hits}) == len(result.hits)


@pytest.mark.parametrize("address", ["/search/?q=zzyzx", "/fr/search/?q=zzyzx", "/search/"])
def test_page_never_ends_empty(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert b"/accessions/" in response.content


def test_page_asks_whether_a_slip_was_meant_and_answers_it(client: Client) -> None:
    content = client.get("/search/?q=Swedn").content.decode()

    assert "/states/SWE/" in content


def test_page_says_who_is_missing_on_the_day(client: Client) -> None:
    content = client.get("/search/?q=who+is+missing&as_of=2023-10-30").content.decode()

    assert "Hungary and Türkiye have not yet done so" in content
    assert "/accessions/SWE/?as_of=2023-10-30" in content


def test_api_gives_what_the_page_gives(record: Edition) -> None:
    reader = Reader()
    rows = reader.data("search/?q=Sweden+Turkey+memorandum&as_of=2026-01-01&limit=200")

    assert [row["key"] for row in rows] == keys_found(record, "Sweden Turkey memorandum")
    assert rows[0]["resource"] == "/api/v1/accessions/SWE/ratifications/TUR/"
    assert all(reader.get(row["page"]).status_code == 200 for row in rows[:6])
    assert all(reader.get(row["resource"]).status_code == 200 for row in rows[:6] if row["resource"])


def test_every_question_leads_to_a_page(client: Client) -> None:
    for words in (("members",), ("corrections",), ("csv",), ("fastest",), ("article", "10"), ("latest",), ("status",)):
        question, rest = question_in(words)
        assert question is not None
        assert rest == ()
        assert client.get(question.address).status_code == 200


@pytest.mark.parametrize(
    ("word", "known", "is_slip"),
    [
        ("erdogan", "erdogn", True),
        ("erdogan", "erdogaan", True),
        ("erdogan", "erdofan", True),
        ("erdogan", "edrogan", True),
        ("erdogan", "edrogn", False),
        ("vote", "vola", False),
    ],
)
def test_one_slip_is_forgiven_and_no_more(word: str, known: str, is_slip: bool) -> None:
    assert differ_by_one(word, known) is is_slip


def test_word_as_typed_counts_more_than_its_beginning_and_that_more_than_a_slip() -> None:
    index = WordIndex.of(
        [Text("a", ((1.0, "vote"),)), Text("b", ((1.0, "voted"),)), Text("c", ((5.0, "vots"),))],
    )

    assert index.find("vote") == {"a": 1.0, "b": 0.6}
    assert index.find("vots") == {"c": 5.0}
    assert index.find("vite") == {"a": 0.4}
