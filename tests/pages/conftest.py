"""What every test of a page starts from."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation


@pytest.fixture(autouse=True)
def default_language() -> Iterator[None]:
    """Addresses are those of the default language, whichever page another test has read last."""
    with translation.override(settings.LANGUAGE_CODE):
        yield
