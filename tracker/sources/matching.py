"""From a headline to accession, ally and kind of act, where the words leave no choice; nothing where they do.

A wrong suggestion costs a reviewer more than none. So an act counts only where the words affirm that it was done, by a
body that does such acts, and on accession to the alliance; else the part stays open. `docs/headlines.md` tells the
rules, and `manage.py score_headlines` how well they do on a corpus.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from tracker.domain.vocabulary import EventKind
from tracker.sources.actors import allies_of, applicants_of, is_topic, owners
from tracker.sources.acts import act_of, kind_by_ally, kind_by_applicant
from tracker.sources.findings import Suggestion
from tracker.sources.reading import WHOSE, Reading, read
from tracker.sources.tables import Table, table_of

# Applicants whose protocol is or may come under way; the caller passes those that are open on the day.
APPLICANTS: Final = frozenset({"SWE", "FIN", "UKR", "GEO", "BIH"})

# Headlines and first paragraphs; further down, texts speak of other things as well.
_READ: Final = 600


@dataclass(frozen=True, slots=True)
class Match:
    """What a text is about, part by part; empty where its words do not settle it."""

    accessions: tuple[str, ...] = ()
    allies: tuple[str, ...] = ()
    kind: EventKind | None = None

    @property
    def accession(self) -> str | None:
        """The accession, or the first of those that one act concerns."""
        return self.accessions[0] if self.accessions else None

    @property
    def suggestion(self) -> Suggestion:
        """The same as what a reviewer is offered."""
        return Suggestion(self.accession, self.ally, self.kind, also=self.accessions[1:])

    @property
    def ally(self) -> str | None:
        """The ally, if only one acts."""
        return self.allies[0] if len(self.allies) == 1 else None


NOTHING: Final = Match()


def match(
    text: str,
    *,
    language: str,
    ally: str | None = None,
    applicants: Collection[str] = APPLICANTS,
    day: str | None = None,
) -> Match:
    """What the text is about. `ally` is whose source it is, where the operator said so; `day` is when it was written.

    A source of one ally that speaks of another leaves it open who acted.
    """
    table = table_of(language)
    if table is None:
        return NOTHING
    reading = read(text[:_READ], table, day)
    if not _is_about_accession(reading, is_official=ally is not None):
        return NOTHING
    waiting = frozenset(applicants) - {ally}
    accessions = applicants_of(reading, waiting)
    if not accessions and not reading.has("enlargement"):
        return NOTHING
    settled = _settle(reading, table, accessions, waiting, ally)
    # Of a round whose states are not named, an act is told; what is only said of it is everybody's.
    return settled if accessions or (settled.allies and settled.kind) else NOTHING


def match_first(
    texts: Iterable[str],
    *,
    language: str,
    ally: str | None = None,
    applicants: Collection[str] = APPLICANTS,
    day: str | None = None,
) -> Match:
    """What the first of these texts is about that is about an accession."""
    matches = (match(text, language=language, ally=ally, applicants=applicants, day=day) for text in texts)
    return next((said for said in matches if said != NOTHING), NOTHING)


def _settle(
    reading: Reading, table: Table, accessions: tuple[str, ...], waiting: Collection[str], ally: str | None
) -> Match:
    act = act_of(reading, accessions)
    is_shared = act is not None and act.is_shared(reading)
    allies = allies_of(reading, waiting, act.clause if act else None, is_shared=is_shared)
    if not allies and not owners(reading, accessions) and not is_topic(reading, accessions):
        allies = _at_home(reading, table, accessions, ally)
    if ally and allies and allies != (ally,):
        return Match(accessions)
    if allies:
        return Match(accessions, allies, kind_by_ally(reading, act, allies) if act else None)
    return Match(accessions, (), kind_by_applicant(reading, act, accessions) if act else None)


def _is_about_accession(reading: Reading, *, is_official: bool) -> bool:
    """Whether it is the alliance that is joined: a word of both, or of the protocols in the papers of a parliament."""
    if reading.has("other"):
        return False
    if reading.has("alliance"):
        return reading.has("joining", "enlargement", "protocol", "support", "join", "apply", "invite", "protocols")
    return is_official and reading.has("joining") and reading.has("protocol")


def _at_home(reading: Reading, table: Table, accessions: tuple[str, ...], ally: str | None) -> tuple[str, ...]:
    """The ally whose source it is, or, where a body is named without saying whose, the one of the language."""
    if ally:
        return (ally,)
    is_home = table.home and table.home not in accessions and reading.has("home")
    if any(mention.code in table.neighbours for mention in reading.of(*WHOSE)):
        return ()
    return (table.home,) if is_home else ()
