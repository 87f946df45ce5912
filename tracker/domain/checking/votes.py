"""The votes that a statement claims, beside those that are on record."""

from tracker.domain.checking.verdicts import Truth, Why
from tracker.domain.facts import Tally


def tally_is(votes: Tally | None, claimed: tuple[int | None, int | None] | None) -> Truth:
    """Whether the tally has the numbers for and against that are claimed; None in the claim for what it leaves out."""
    if claimed is None:
        return Truth(True)
    if votes is None:
        return Truth(None, Why.NOT_ON_RECORD)
    pairs = [(votes.yes, claimed[0]), (votes.no, claimed[1])]
    if any(said is not None and said != own for own, said in pairs if own is not None):
        return Truth(False, Why.WRONG_TALLY)
    return Truth(None, Why.NOT_ON_RECORD) if any(s is not None and o is None for o, s in pairs) else Truth(True)
