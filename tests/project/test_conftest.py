"""The frame of the tests itself: emptied tables get their triggers back."""

import pytest
from django.db import connection

from tracker import append_only


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_triggers_when_a_test_before_has_emptied_the_tables_are_there_again(run: int) -> None:
    assert append_only.missing(connection.alias) == []
