"""Bringing the copies up to date with what the events say, and telling the log what that changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tracker.actions.accessions import ActIndex, open_act_index
from tracker.actions.changelog import LogTransaction
from tracker.domain.dates import PartialDate
from tracker.domain.standing import (
    Act,
    Limit,
    Process,
    StageDate,
    counted_in,
    date_ally,
    required_allies,
    stand_accession,
    stand_ratification,
)
from tracker.domain.standing.documents import milestones_document, ratification_document
from tracker.domain.vocabulary import ALLY_ACTS, MILESTONE_OF, ChangeType, EventKind, Milestone, Origin, Stage
from tracker.models import Accession, Ratification


class Settler:
    """The copies of some accessions, kept equal to their acts while acts are entered.

    Rows are read once and written once, however many acts come in between.
    """

    def __init__(self, log: LogTransaction, act_index: ActIndex, codes: Iterable[str], today: date) -> None:
        self._log = log
        self._act_index = act_index
        self._today = today
        self._accessions = {row.code: row for row in Accession.objects.filter(pk__in=set(codes))}
        rows = Ratification.objects.filter(accession__in=self._accessions)
        self._ratifications = {(row.accession_id, row.ally_id): row for row in rows}
        self._changed: set[Accession | tuple[str, str]] = set()

    def enter(self, act: Act) -> None:
        """Add the act, and settle what it may have moved."""
        self._act_index.add(act)
        if act.kind is EventKind.ACCEDED:
            self._settle_new_ally(act)
        if act.accession is None:
            return
        # A place in the count limits the days of all.
        if act.kind in MILESTONE_OF or self._act_index.process(act.accession).has_ordinals:
            self.settle(act.accession)
        elif act.kind in ALLY_ACTS:
            self._settle_one(self._act_index.process(act.accession), act.actor)

    def settle(self, code: str) -> None:
        """Bring one accession and all its ratifications up to date."""
        process = self._act_index.process(code)
        self._settle_accession(process)
        needed = required_allies(process, self._act_index.memberships)
        known = {ally for accession, ally in self._ratifications if accession == code}
        self._settle_ratifications(process, sorted(known | set(needed)), needed)

    def close(self) -> None:
        """Write the copies that moved."""
        rows = [self._ratifications[pair] for pair in self._changed if isinstance(pair, tuple)]
        accessions = [row for row in self._changed if isinstance(row, Accession)]
        Ratification.objects.bulk_create([row for row in rows if row.pk is None], batch_size=500)
        fields = ["required", "stage", "standing", "settled_on"]
        Ratification.objects.bulk_update([row for row in rows if row.pk], fields, batch_size=200)
        Accession.objects.bulk_update(accessions, ["status", "standing", "settled_on"], batch_size=200)

    def _settle_new_ally(self, act: Act) -> None:
        """A new ally has to approve every protocol that is signed and not in force when it joins."""
        for code in self._accessions:
            in_force = self._act_index.process(code).in_force.occurred
            if code != act.accession and (
                in_force is None or in_force.latest is None or _may_follow(in_force, act.occurred)
            ):
                self._settle_one(self._act_index.process(code), act.actor)

    def _settle_one(self, process: Process, ally: str) -> None:
        needed = required_allies(process, self._act_index.memberships)
        if ally in needed or (process.code, ally) in self._ratifications:
            self._settle_ratifications(process, [ally], needed)

    def _settle_accession(self, process: Process) -> None:
        row = self._accessions[process.code]
        standing = stand_accession(process, {}, {}, self._today)
        document = milestones_document(standing.milestones, self._today)
        if (row.standing, row.status) == (document, standing.status):
            return
        payload = {"accession": row.code, "from": row.status, "to": standing.status.value, "milestones": document}
        turn = _moved(_members(row.standing), document)
        row.status, row.standing, row.settled_on = standing.status, document, self._today
        self._changed.add(row)
        self._log.append(
            ChangeType.ACCESSION_CHANGED,
            payload,
            occurred=standing.milestones[Milestone(turn)].occurred,
            origin=Origin.RULE,
            accession=row.code,
        )

    def _settle_ratifications(self, process: Process, allies: Iterable[str], needed: Mapping[str, StageDate]) -> None:
        # Dates every ally where acts have places in the count, so it is asked once and not for each ally.
        counted = counted_in(process, needed, self._act_index.rules)
        for ally in allies:
            self._settle_ratification(process, ally, needed.get(ally), counted.get(ally))

    def _settle_ratification(
        self, process: Process, ally: str, needed: StageDate | None, counted: Mapping[Stage, Limit] | None
    ) -> None:
        key = (process.code, ally)
        row = self._ratifications.get(key)
        if row is None:
            row = self._ratifications[key] = Ratification(accession_id=process.code, ally_id=ally, required=False)
        if needed is None:
            self._release(row)
            return
        dates = date_ally(process, ally, self._act_index.rules.get(ally), needed, counted)
        standing = stand_ratification(ally, needed, dates, self._today)
        self._update(row, standing.required, standing.stage, ratification_document(standing))

    def _release(self, row: Ratification) -> None:
        """The protocol turned out not to need this ally."""
        if not row.required:
            return
        row.required, row.settled_on = False, self._today
        self._log_change(row, ChangeType.REQUIREMENT_REMOVED, {}, None)

    def _update(self, row: Ratification, required: bool, stage: Stage, document: dict[str, Any]) -> None:
        before, was_required, was = row.standing, row.required, row.stage
        if (before, was_required, was) == (document, required, stage):
            return
        row.required, row.stage, row.standing, row.settled_on = required, stage, document, self._today
        self._changed.add((row.accession_id, row.ally_id))
        if required and not was_required:
            self._log_change(row, ChangeType.REQUIREMENT_ADDED, document, _interval(document["required_from"]))
        elif was_required and not required:
            self._log_change(row, ChangeType.REQUIREMENT_REMOVED, document, _interval(document["required_from"]))
        elif required:
            moved = _moved(_part(before, "stages"), document["stages"])
            payload = {"from": was, "to": stage.value, "moved": moved, **document}
            self._log_change(row, ChangeType.STAGE_CHANGED, payload, _interval(document["stages"][moved]))

    def _log_change(
        self, row: Ratification, type_: ChangeType, document: dict[str, Any], occurred: PartialDate | None
    ) -> None:
        self._changed.add((row.accession_id, row.ally_id))
        payload = {"accession": row.accession_id, "ally": row.ally_id, **document}
        self._log.append(
            type_, payload, occurred=occurred, origin=Origin.RULE, accession=row.accession_id, ally=row.ally_id
        )


def settle_all(log: LogTransaction, today: date, only: Sequence[str] | None = None) -> int:
    """Bring every copy up to date with the events as of that day, or those of `only`; how many entries that took.

    Finds dates that have come due since the last time, and any drift between a copy and its events.
    Safe to call at any time, and again.
    """
    codes = list(Accession.objects.values_list("pk", flat=True)) if only is None else list(only)
    settler = Settler(log, open_act_index(codes, log.position), codes, today)
    before = log.position
    for code in codes:
        settler.settle(code)
    settler.close()
    return log.position - before


def settle_again(log: LogTransaction, codes: set[str]) -> None:
    """Bring these accessions up to date after something that they rested on was put right."""
    settler = Settler(log, open_act_index(codes, log.position), codes, log.today)
    for code in sorted(codes):
        settler.settle(code)
    settler.close()


def _members(copy: Any) -> dict[str, Any]:
    """What a copy says; nothing where it has become something else altogether, which is drift like any other."""
    return copy if isinstance(copy, dict) else {}


def _part(copy: Any, name: str) -> dict[str, Any]:
    return _members(_members(copy).get(name))


def _moved(before: dict[str, Any], after: dict[str, Any]) -> str:
    """The last of the stages or milestones that are told differently now."""
    moved = [name for name, date_ in after.items() if before.get(name) != date_]
    return moved[-1] if moved else next(reversed(after))


def _interval(document: dict[str, Any]) -> PartialDate | None:
    return PartialDate.parse(document["date"]) if document["date"] else None


def _may_follow(late: PartialDate, early: PartialDate) -> bool:
    return late.latest is None or early.latest is None or late.latest >= early.latest
