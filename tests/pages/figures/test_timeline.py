"""The timeline of an accession."""

from datetime import date, timedelta

from tests.pages.figures.gallery import gallery_timeline
from tests.pages.figures.reading import name_of, parse, title_of, with_class, words_of
from tracker.pages.figures.timeline import WIDTH, Moment, TimelineWords, draw_timeline, extent, scale, settle

WORDS = TimelineWords("Procedure", "Context", [str(n) for n in range(1, 13)])
DAY = date(2022, 7, 5)


def test_timeline_keeps_procedure_and_context_apart() -> None:
    act, talk = Moment(DAY, DAY, "Signed"), Moment(DAY, DAY, "A statement")

    root = parse(draw_timeline([act], [talk], "t", "d", WORDS))

    (above,), (below,) = with_class(root, "timeline-procedure"), with_class(root, "timeline-context")
    assert [title_of(one) for one in above] == ["Signed"]
    assert [title_of(one) for one in below] == ["A statement"]
    assert float(above[0].get("cy", "")) < float(below[0].get("cy", ""))


def test_timeline_of_a_month_known_only_is_a_bar_over_the_month() -> None:
    month = Moment(date(2022, 7, 1), date(2022, 7, 31), "Submitted in July")
    x = scale([month, Moment(DAY, date(2023, 1, 1), "")])

    (place,) = settle([month], x)

    assert (place.start, place.end) == (x(month.earliest.toordinal()), x(month.latest.toordinal()))
    assert "rect" in {name_of(one) for one in with_class(parse(draw_timeline([month], [], "t", "d", WORDS)), "moment")}


def test_timeline_numbers_its_marked_moments_in_order_and_lists_them() -> None:
    root = parse(gallery_timeline())

    listed = ["".join(one.itertext()) for one in root.iter("li")]

    assert listed[0] == "18 May 2022: Sweden applies"
    assert len(listed) == 4
    assert {"1", "2", "3", "4"} <= set(words_of(root))


def test_timeline_of_many_acts_on_one_day_does_not_grow_without_end() -> None:
    crowd = [Moment(DAY, DAY, str(n)) for n in range(200)]
    places = settle(crowd, scale([*crowd, Moment(DAY + timedelta(9), DAY + timedelta(9), "")]))

    assert {place.lane for place in places} == set(range(200))
    assert extent(places) < 200


def test_timeline_of_one_day_and_of_none_is_still_a_figure() -> None:
    assert parse(draw_timeline([Moment(DAY, DAY, "x", "x")], [], "t", "d", WORDS)).tag == "figure"
    assert parse(draw_timeline([], [], "t", "d", WORDS)).tag == "figure"


def test_timeline_that_ends_in_a_new_year_has_room_for_its_number() -> None:
    root = parse(draw_timeline([Moment(date(1994, 1, 1), date(2025, 12, 31), "")], [], "t", "d", WORDS))

    last = max(float(one.get("x", "")) for one in with_class(root, "year"))

    # Four bold figures at the size they have on the narrowest screens.
    assert last + 48 <= WIDTH
