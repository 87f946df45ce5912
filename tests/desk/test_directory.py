"""The fields of the desk read the names that editors type, and say what they may have meant."""

import pytest
from django.core.exceptions import ValidationError

from tests.desk.conftest import LogIn
from tracker.desk.forms.fields import Directory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Turkiye", "TUR"),
        ("isveç", "SWE"),
        ("ISVEÇ", "SWE"),
        ("İSVEÇ", "SWE"),
        ("UK", "GBR"),
        ("The Netherlands", "NLD"),
        ("United States of America", "USA"),
        ("FYROM", "MKD"),
        ("swe", "SWE"),
    ],
)
def test_party_is_read_by_any_name_however_it_is_typed(typed: str, code: str) -> None:
    assert Directory().find(typed).code == code


@pytest.mark.parametrize("typed", ["Swedan", "Hungery", "Nowray"])
def test_name_with_a_slip_is_refused_with_what_was_meant(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"did you mean (Sweden \(SWE\)|Hungary \(HUN\)|Norway \(NOR\))\?"):
        Directory().find(typed)


def test_name_of_nobody_is_refused_with_what_to_write() -> None:
    with pytest.raises(ValidationError, match="write a name, or a code such as TUR"):
        Directory().find("Ruritania")


def test_what_a_field_shows_is_read_back_as_the_same_party() -> None:
    directory = Directory()

    assert {code: directory.find(directory.text(code)).code for code in directory.parties} == {
        code: code for code in directory.parties
    }


@pytest.mark.parametrize(("typed", "code"), [("Turkiye", "TUR"), ("UK", "GBR"), ("isveç", "SWE"), ("Hungery", "HUN")])
def test_list_of_parties_is_searched_by_any_name(log_in: LogIn, typed: str, code: str) -> None:
    page = log_in("reviewer").get("/admin/tracker/party/", {"q": typed})

    assert [party.code for party in page.context["cl"].result_list] == [code]
