"""The two clocks of a request: what is read, what is refused, and what would be right."""

from datetime import date

import pytest
import time_machine

from tests.facts import begin, consent, record_event
from tracker.domain.exceptions import BadParameter
from tracker.readmodel.clock import read_clock
from tracker.readmodel.record import current_edition

pytestmark = pytest.mark.django_db


def test_without_parameters_it_is_today_and_now() -> None:
    begin()

    clock = read_clock({})

    assert clock.is_today
    assert clock.is_current
    assert clock.edition == current_edition()


def test_a_moment_is_the_edition_that_readers_saw_then() -> None:
    with time_machine.travel("2024-02-25T12:00:00Z"):
        begin()
        before = current_edition()
    with time_machine.travel("2024-02-26T12:00:00Z"):
        record_event(consent(), by=None)

    with time_machine.travel("2024-03-01T12:00:00Z"):
        assert read_clock({"known_at": "2024-02-25"}).edition == before
        assert read_clock({"known_at": "2024-02-26T12:00:00+02:00"}).edition == before
        assert read_clock({"known_at": "2024-02-26T12:00:00 02:00"}).edition == before
        assert read_clock({"known_at": "2024-02-26"}).edition == current_edition()
        assert read_clock({"known_at": str(before)}).edition == before
        with pytest.raises(BadParameter, match="the record began on 2024-02-25, with edition 1-"):
            read_clock({"known_at": "2024-02-24"})


def test_an_edition_may_be_named_with_its_root_and_is_refused_where_it_is_another() -> None:
    begin()
    newest = read_clock({})
    first = read_clock({"known_at": "1"})

    assert newest.edition_name == f"{newest.edition}-{newest.root[:8]}"
    for clock in (newest, first):
        assert read_clock({"known_at": clock.edition_name}).root == clock.root
        assert read_clock({"known_at": f"{clock.edition}-{clock.root}"}).edition == clock.edition
    with pytest.raises(BadParameter, match=f"is {first.edition_name} here; the one you name is of another record"):
        read_clock({"known_at": f"1-{newest.root[:8]}"})


@pytest.mark.parametrize(
    ("name", "value", "because"),
    [
        ("as_of", "2023-02-30", "28 days"),
        ("as_of", "0000-00-00", "year is outside"),
        ("as_of", "99999-01-01", "not written as"),
        ("as_of", "2022", "not one day"),
        ("as_of", "1948-12-31", "1949-01-01 to 2099-12-31"),
        ("as_of", "2100-01-01", "1949-01-01 to 2099-12-31"),
        ("as_of", "2099-12-31", "begun nowhere on Earth"),
        ("as_of", "today", "not written as"),
        ("as_of", "2023-10-30\0", "not written as"),
        ("known_at", "999999999999999999999", "newest edition"),
        ("known_at", "-1", "not written as"),
        ("known_at", "1-abc", "not written as"),
        ("known_at", "999999-8bb374be", "newest edition"),
        ("known_at", "2023-10-30T25:00:00Z", "write an edition"),
        ("known_at", "9999-12-31T23:59:59-14:00", "write an edition"),
        ("known_at", "0001-01-01T00:00:00+14:00", "write an edition"),
        ("known_at", "2099-01-01", "still to come"),
        ("known_at", "2099-01-01T00:00:00Z", "still to come"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_would_be_right(name: str, value: str, because: str) -> None:
    with pytest.raises(BadParameter, match=because) as refusal:
        read_clock({name: value})

    assert refusal.value.name == name
    assert str(refusal.value).startswith(f"{name}=“")


def test_a_day_that_is_not_over_is_read_as_now() -> None:
    begin()

    assert read_clock({"known_at": date.today().isoformat()}).edition == current_edition()  # noqa: DTZ011
