"""How firm a fact is follows from its sources."""

import pytest

from tracker.domain.facts import Source
from tracker.domain.firmness import firmness_document, firmness_of
from tracker.domain.vocabulary import SourceClass


def source(publisher: str, of: str = "media", published: str = "", quote: str = "") -> Source:
    return Source.model_validate(
        {
            "url": "https://example.org/told",
            "title": "Told",
            "publisher": publisher,
            "class": of,
            "published": published or None,
            "quote": quote or None,
        }
    )


@pytest.mark.parametrize(
    ("publishers", "count"),
    [
        ((), 0),
        (("TRT World", "Sonsöz"), 2),
        (("Sol (Lusa)", "Lusa (Notícias ao Minuto)"), 1),
        (("RTP / Lusa", "Sol", "Lusa"), 2),
        (("Hansard via Parallel Parliament", "UK Parliament, Hansard"), 1),
        # What joins two comes last, and makes one of three.
        (("Ansa", "Reuters", "Ansa / Reuters"), 1),
    ],
)
def test_publishers_are_counted_once_for_each_house(publishers: tuple[str, ...], count: int) -> None:
    assert firmness_of(source(one) for one in publishers).publishers == count


def test_two_copies_of_one_text_are_one() -> None:
    quote = "The Senate gave its advice and consent to the ratification of the protocol"
    copies = [source("One", quote=quote), source("Other", quote=quote.upper())]

    assert firmness_of(copies).publishers == 1
    assert firmness_of([source("One", quote="Yes"), source("Other", quote="Yes")]).publishers == 2


def test_nearest_class_and_first_day_are_those_of_the_sources() -> None:
    found = firmness_of([source("A", "media", "2022-07-06"), source("B", "gazette", "2022-07"), source("C", "agency")])

    assert (found.nearest, str(found.first)) == (SourceClass.GAZETTE, "2022-07-06")


def test_document_of_no_sources_tells_no_class_and_no_day() -> None:
    assert firmness_document([]) == {"publishers": 0, "nearest": None, "first_published": None}
    told = firmness_document([source("A", "media", "2022-07")])
    assert told == {"publishers": 1, "nearest": "media", "first_published": "2022-07"}
