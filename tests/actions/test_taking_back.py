"""What is taken back leaves the rows that its entries tell of, wherever the log is replayed."""

from typing import Any

import pytest
from django.db import transaction

from tests.exchange.dataset.test_log import rows
from tests.facts import begin, check_ratification, commitment
from tracker.actions import (
    Justification,
    checks_standing,
    correct_commitment,
    log_transaction,
    record_commitment,
    replay_entries,
    retract_check,
)
from tracker.domain.exceptions import NotOnRecord, ReasonMissing
from tracker.models import Change, Commitment
from tracker.models.facts_of_rows import commitment_fact
from tracker.readmodel.record import current_edition

pytestmark = pytest.mark.django_db


def taken_back() -> None:
    """A check that was a mistake, and a source of a commitment that was none, replaced and named again."""
    begin()
    for _ in range(2):
        check_ratification("SWE", "HUN")
    with log_transaction() as log:
        retract_check(log, current_edition(), "Another ally was meant.")
    with log_transaction() as log:
        record_commitment(log, commitment())
    other = first().sources[0].model_copy(update={"url": "https://example.org/other"})
    for sources in ([other], [*first().sources, other], [other]):
        with log_transaction() as log:
            correct_commitment(log, first(), Justification("It says nothing of it."), sources=sources)


def first() -> Any:
    return commitment_fact(Commitment.objects.with_parts().get())


def test_replaying_what_was_taken_back_gives_the_same_rows() -> None:
    with transaction.atomic():
        taken_back()
        entries, written = list(Change.objects.order_by("position")), rows()
        transaction.set_rollback(True)

    replay_entries(entries)

    assert rows() == written
    assert [one.url for one in first().sources] == ["https://example.org/other"]


@pytest.mark.parametrize(("offset", "reason", "refusal"), [(0, " ", ReasonMissing), (5, "A slip.", NotOnRecord)])
def test_check_is_not_taken_back_without_a_reason_nor_what_is_none(
    offset: int, reason: str, refusal: type[Exception]
) -> None:
    begin()
    check_ratification("SWE", "HUN")
    edition = current_edition()

    with pytest.raises(refusal), log_transaction() as log:
        retract_check(log, edition + offset, reason)

    assert [one.position for one in checks_standing("SWE", "HUN")] == [edition]
