"""The acts at hand while an action works: what is on record, and what the action is about to add."""

from collections import defaultdict
from collections.abc import Iterable

from tracker.domain.standing import Act, Membership, Process, Rules, memberships_in, process_of
from tracker.domain.vocabulary import EventKind
from tracker.models import Event
from tracker.readmodel.record import Record, load_acts


class ActIndex:
    """The acts of some accessions and all memberships, to compute standing from without asking the database again."""

    def __init__(self, acts: Iterable[Act], rules: dict[str, Rules]) -> None:
        self.rules = rules
        self._acts: dict[str, list[Act]] = defaultdict(list)
        self._joined: list[Act] = []
        self._processes: dict[str, Process] = {}
        self._memberships: dict[str, Membership] | None = None
        for act in acts:
            self.add(act)

    def add(self, act: Act) -> None:
        """Enter one act."""
        if act.accession:
            self._acts[act.accession].append(act)
            self._processes.pop(act.accession, None)
        if act.kind is EventKind.ACCEDED:
            self._joined.append(act)
            self._memberships = None

    def process(self, code: str) -> Process:
        """What the books say of one accession."""
        if code not in self._processes:
            self._processes[code] = process_of(code, self._acts[code])
        return self._processes[code]

    @property
    def memberships(self) -> dict[str, Membership]:
        """Who was an ally since when, by code."""
        if self._memberships is None:
            self._memberships = memberships_in(self._joined)
        return self._memberships


def acts_on_record(codes: Iterable[str], edition: int) -> list[Act]:
    """The acts known at that edition on these accessions, and every state's becoming a member. One query."""
    events = Event.objects.known_at(edition)
    return load_acts(events.serving(sorted(set(codes))) | events.filter(kind=EventKind.ACCEDED))


def open_act_index(codes: Iterable[str], edition: int) -> ActIndex:
    """The books of these accessions as they stand at that edition."""
    return ActIndex(acts_on_record(codes, edition), Record(edition).rules)
