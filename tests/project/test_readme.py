"""What the README says the API answers, asked of the API over the shipped data."""

import json
import re

import pytest
from django.test import Client

from tests.project.sources import ROOT

pytestmark = pytest.mark.django_db


def test_curl_example_gets_the_answer_that_is_printed_below_it(shipped: None, client: Client) -> None:
    readme = (ROOT / "README.md").read_text()
    asked = re.search(r'curl "http://localhost:8000(/[^"]+)"', readme)
    printed = re.search(r"```json\n(.*?)```", readme, re.DOTALL)
    assert asked is not None
    assert printed is not None

    data = client.get(asked[1]).json()["data"]

    expected = json.loads(printed[1])["data"]
    assert {name: data[name] for name in expected} == expected
