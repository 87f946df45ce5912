"""Accessions: opening one, checks of one and their taking back, and the acts at hand while an action works on them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.actions.changelog import LogTransaction
from tracker.domain.exceptions import NotAnApplicant, NotOnRecord, ReasonMissing
from tracker.domain.standing import Act, Membership, Process, Rules, memberships_in, process_of
from tracker.domain.standing.documents import milestones_document
from tracker.domain.vocabulary import ChangeType, EventKind, Origin, PartyKind
from tracker.models import Accession, Change, Event, Party, Ratification
from tracker.readmodel.record import Record, load_acts


def open_accessions(log: LogTransaction, codes: Iterable[str]) -> set[str]:
    """Open those accessions that are not on record yet; all the codes that were given. Raises `NotAnApplicant`."""
    wanted = set(codes)
    known = set(Accession.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    new = sorted(wanted - known)
    check_can_accede(new)
    for code in new:
        position = log.append(ChangeType.ACCESSION_OPENED, {"accession": code}, origin=Origin.RULE, accession=code)
        Accession.objects.create(
            applicant_id=code, recorded=position, standing=before_anything(code, log.today), settled_on=log.today
        )
    return wanted


def check_can_accede(codes: Iterable[str]) -> None:
    """Refuse a code that no applicant can have. One query. Raises `NotAnApplicant`."""
    codes = set(codes)
    able = Party.objects.filter(code__in=codes, kind=PartyKind.STATE).exclude(founding_member=True)
    if unable := sorted(codes - set(able.values_list("code", flat=True))):
        raise NotAnApplicant(unable[0])


def before_anything(code: str, day: date) -> dict[str, Any]:
    """The milestones of an accession of which nothing is on record yet."""
    return milestones_document(process_of(code, ()).milestones, day)


def check_ratification(log: LogTransaction, *, accession: str, ally: str) -> Ratification:
    """Say in the open that one ally's ratification was looked at and nothing new was found.

    Raises `NotOnRecord` where the protocol does not need this ally.
    """
    ratification = Ratification.objects.filter(accession_id=accession, ally_id=ally, required=True).first()
    if ratification is None:
        raise NotOnRecord("ratification", f"{accession}/{ally}")
    ratification.last_checked_at = log.now
    ratification.save(update_fields=["last_checked_at"])
    payload = {"accession": accession, "ally": ally, "checked_at": log.now.isoformat()}
    log.append(ChangeType.SOURCE_CHECKED, payload, accession=accession, ally=ally)
    return ratification


def retract_check(log: LogTransaction, position: int, reason: str) -> Ratification:
    """Take back that a ratification was looked at, as the entry at that position says: it was another's, or nobody's.

    The day of the check before it holds again. Raises `NotOnRecord` where no such check stands, and `ReasonMissing`.
    """
    if not reason.strip():
        raise ReasonMissing
    entry = Change.objects.filter(type=ChangeType.SOURCE_CHECKED, position=position).first()
    standing = checks_standing(entry.accession, entry.ally) if entry else []
    if entry is None or entry not in standing:
        raise NotOnRecord("check", str(position))
    ratification = Ratification.objects.get(accession_id=entry.accession, ally_id=entry.ally)
    before = next((one for one in standing if one != entry), None)
    ratification.last_checked_at = before.recorded_at if before else None
    ratification.save(update_fields=["last_checked_at"])
    payload = {
        "accession": entry.accession,
        "ally": entry.ally,
        "checked_at": before.payload["checked_at"] if before else None,
        "retracted": position,
        "reason": reason.strip(),
    }
    log.append(ChangeType.CHECK_RETRACTED, payload, accession=entry.accession, ally=entry.ally)
    return ratification


def checks_standing(accession: str, ally: str) -> list[Change]:
    """The entries that say that this ratification was looked at, the newest first, without those taken back."""
    about = Change.objects.filter(accession=accession, ally=ally)
    retracted = about.filter(type=ChangeType.CHECK_RETRACTED).values_list("payload", flat=True)
    gone = {payload["retracted"] for payload in retracted}
    checks = about.filter(type=ChangeType.SOURCE_CHECKED).select_related("by").order_by("-position")
    return [one for one in checks if one.position not in gone]


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
        """The acts of one accession, in order."""
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
    """The acts of these accessions at that edition."""
    return ActIndex(acts_on_record(codes, edition), Record(edition).rules)
