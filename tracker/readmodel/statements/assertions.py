"""Statements on promises and motives: who said what can be looked up, and the rest is told as each party tells it."""

from collections.abc import Sequence

from tracker.domain.checking import Clause, Matter
from tracker.domain.vocabulary import ALLIANCE
from tracker.readmodel.search import HitKind, search
from tracker.readmodel.statements.part import Part


def saying_clauses(part: Part, before: Sequence[Clause]) -> list[Clause] | None:
    """What is said of a commitment or a motive; None where the part is about an act."""
    signs = part.signs
    if not (signs.is_about("judgement") or signs.is_about("cause")):
        return None
    accession = _accession(part)
    said_by = _speaker(part)
    if signs.is_about("saying") and said_by and signs.claims():
        return [Clause(Matter.CLAIM, accession, window=part.window, party=said_by, status=signs.claims()[0])]
    act = Matter.CAUSE if signs.is_about("cause") else Matter.COMMITMENT
    return [Clause(act, accession, window=part.window, commitment=_commitment(part), party=said_by)]


def _accession(part: Part) -> str:
    """The applicant that is named."""
    codes = [party.code for party in part.signs.parties if party.code in part.edition.processes]
    waiting = [code for code in codes if part.edition.processes[code].milestones]
    recent = sorted(waiting, key=lambda code: str(part.edition.processes[code].start), reverse=True)
    return recent[0] if recent else ""


def _speaker(part: Part) -> str:
    """Who is quoted: the party named before the word of saying, or the alliance by those who speak for it."""
    says = [one.start for one in part.signs.of("about:saying")]
    end = says[0] if says else len(part.signs.words)
    spoke = [party.code for party in part.signs.parties if party.start < end]
    if any(one.start < end for one in part.signs.of("alliance")):
        return ALLIANCE
    return spoke[0] if spoke and says else ""


def _commitment(part: Part) -> str:
    """The commitment that the words find first; none where they find none."""
    hits = search(part.edition, part.as_of, part.rest).of(HitKind.COMMITMENT)
    return hits[0].key if hits else ""
