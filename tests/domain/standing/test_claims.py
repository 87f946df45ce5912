"""What each party said last of a commitment."""

from datetime import date

from tracker.domain.dates import PartialDate
from tracker.domain.standing import Assessed, claims_on
from tracker.domain.vocabulary import Claim, ClaimBasis


def said(key: str, by: str, status: Claim, on: str, recorded: int = 0) -> Assessed:
    return Assessed(key, by, status, ClaimBasis.STATED, PartialDate.parse(on), recorded)


def test_of_two_claims_of_one_day_the_key_decides_whichever_was_recorded_last() -> None:
    first = said("a", "TUR", Claim.DISPUTED, "2023-01-10", recorded=9)
    second = said("b", "TUR", Claim.FULFILLED, "2023-01-10", recorded=1)

    for order in ([first, second], [second, first]):
        assert [(one.latest.key, len(one.earlier)) for one in claims_on(order, date(2023, 1, 10))] == [("b", 1)]


def test_a_later_day_outweighs_any_key() -> None:
    claims = [said("z", "TUR", Claim.DISPUTED, "2023-01-09"), said("a", "TUR", Claim.FULFILLED, "2023-01-10")]

    assert claims_on(claims, date(2023, 1, 10))[0].latest.key == "a"


def test_a_claim_counts_from_the_last_day_it_may_have_been_made_on() -> None:
    claims = [said("a", "TUR", Claim.DISPUTED, "2023-01")]

    assert claims_on(claims, date(2023, 1, 30)) == ()
    assert claims_on(claims, date(2023, 1, 31))[0].by == "TUR"
