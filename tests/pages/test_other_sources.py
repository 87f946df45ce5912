"""What other sources say, and since when an ally was needed: told in the language of the page, and once."""

import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped")]


@pytest.mark.parametrize(("prefix", "told"), [("", "Date: 24 January 2024"), ("/fr", "Date : 24 janvier 2024")])
def test_other_date_of_a_vote_is_told_in_words_and_once_a_source(client: Client, prefix: str, told: str) -> None:
    page = client.get(f"{prefix}/accessions/SWE/TUR/").content.decode()

    sources = re.findall(r"<li>(.*?)</li>", page.split('id="votes"')[1].split('id="acts"')[0], re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in sources if "nofollow" in one]
    assert any(one.startswith(told) for one in words)
    assert "<strong>date</strong>" not in page


@pytest.mark.parametrize(("ally", "is_later"), [("FIN", True), ("DEU", False)])
def test_ally_that_joined_after_the_signature_became_required_and_did_not_sign(
    client: Client, ally: str, is_later: bool
) -> None:
    page = client.get(f"/accessions/SWE/{ally}/").content.decode()

    assert ("Approval became required" in page) is is_later
