"""Words that stand beside each other are apart for those who hear or copy a page, and not by style alone."""

from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from tests.pages.page_reading import XHTML, read_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped"), pytest.mark.slow]

# What stands in a line with what is beside it.
IN_LINE = {f"{XHTML}{tag}" for tag in ("a", "span", "strong", "code", "em", "time", "cite", "q", "label", "button")}
PAGES = (
    "/?as_of=2023-10-30",
    "/accessions/?as_of=2023-10-30",
    "/accessions/SWE/?as_of=2023-10-30",
    "/accessions/SWE/TUR/?as_of=2023-10-30",
    "/accessions/SWE/table/",
    "/accessions/SWE/timeline/",
    "/accessions/SWE/scenario/?as_of=2023-10-30&act=TUR",
    "/accessions/SWE/commitments/",
    "/accessions/SWE/embed/",
    "/states/",
    "/states/TUR/",
    "/events/?accession=SWE",
    "/events/fi2022-hu-vote/",
    "/commitments/",
    "/commitments/extraditions/",
    "/commitments/se-hu-gripen/",
    "/changes/",
    "/rectifications/",
    "/compare/",
    "/methodology/",
    "/status/",
    "/subscribe/",
    "/search/?q=sweden",
    "/check/?accession=SWE&ally=HUN&act=ratified&on=2024-02-26",
)


def run_together(root: ET.Element) -> Iterator[str]:
    """The ends of two elements in one line with nothing between them, where a word would grow out of two."""
    for parent in root.iter():
        for one, following in pairwise(parent):
            if one.tail or one.tag not in IN_LINE or following.tag not in IN_LINE:
                continue
            end, start = "".join(one.itertext())[-1:], "".join(following.itertext())[:1]
            if end.isalnum() and start.isalnum():
                yield f"{''.join(one.itertext())[-20:]}|{''.join(following.itertext())[:20]}"


def test_words_of_two_elements_in_one_line_do_not_run_together(client: Client) -> None:
    responses = {address: client.get(address) for address in PAGES}
    found = [
        f"{address}: {words}"
        for address, response in responses.items()
        for words in run_together(read_page(response.content).root)
    ]

    assert [address for address, response in responses.items() if response.status_code not in {200, 404}] == []
    assert found == []
