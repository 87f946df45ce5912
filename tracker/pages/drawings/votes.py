"""The bar of a vote in a chamber."""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.domain.dates import in_use
from tracker.domain.facts import ChamberFact, EventFact, ProcedureVersion
from tracker.language.words import labelled
from tracker.pages.figures.votes import Option, Share, draw_votes


def draw_vote(fact: EventFact, procedure: ProcedureVersion | None) -> SafeString:
    """The tally as a bar; whoever is left of the seats did not vote, where the size of the day is known."""
    votes = fact.votes
    if votes is None:
        return SafeString("")
    counted = [
        (Option.YES, votes.yes, _("For")),
        (Option.NO, votes.no, _("Against")),
        (Option.ABSTAIN, votes.abstain, _("Abstained")),
    ]
    shares = [Share(option, count, label) for option, count, label in counted if count is not None]
    absent = votes.absent if votes.absent is not None else _left(fact, shares, procedure)
    if absent:
        shares.append(Share(Option.NOT_VOTING, absent, _("Did not vote")))
    desc = ", ".join(labelled(share.label, str(share.count)) for share in shares)
    title = _("Vote: %(office)s") % {"office": fact.office or fact.title}
    return draw_votes(shares, title, desc, identity=f"votes-{fact.key}")


def _left(fact: EventFact, shares: list[Share], procedure: ProcedureVersion | None) -> int:
    seats = seats_on(fact.office, fact.occurred.latest, procedure)
    counted = sum(share.count for share in shares)
    # A part of the tally that no source gives would look like members who stayed away.
    return max(0, seats - counted) if seats and len(shares) == len(Option) - 1 else 0


def seats_on(office: str, day: date | None, procedure: ProcedureVersion | None) -> int | None:
    """How many seats the chamber had on that day, None where that is not on record."""
    if procedure is None or day is None:
        return None
    chamber = next((one for one in procedure.chambers if office in (one.name, one.native)), None)
    return _size(chamber, day) if chamber else None


def _size(chamber: ChamberFact, day: date) -> int | None:
    earlier = (one.seats for one in chamber.seats_earlier if in_use(day, "", one.until))
    return next(earlier, chamber.seats)
